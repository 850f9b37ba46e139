// What an audit of the pages would count, on every page, wide and narrow, light and dark: bytes, requests, shifts, names, targets.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, SITE, launch, serve, violations } from "./site.mjs";

const KB = 1024;
// What a first visit loads, all files of the page together. Two thirds of what the demo loads are the extension's own core.
const ENGLISH = {
  "index.html": { budget: 115 * KB, requests: 10 },
  "demo.html": { budget: 540 * KB, requests: 12 },
  "playground.html": { budget: 300 * KB, requests: 11 },
  "reference/index.html": { budget: 80 * KB, requests: 9 },
  "reference/rate_limited.html": { budget: 60 * KB, requests: 8 },
  "reference/steps.html": { budget: 60 * KB, requests: 8 },
};
// Of other languages a sample: letters that take more bytes, longer words, no spaces, from right to left.
const SAMPLE = ["ar/index.html", "hi/demo.html", "de/playground.html", "ja/reference/index.html", "ru/reference/rate_limited.html", "he/reference/steps.html"];
const MORE_BYTES = 30 * KB;
const PAGES = { ...ENGLISH };
for (const path of SAMPLE) {
  const { budget, requests } = ENGLISH[path.replace(/^\w+\//, "")];
  PAGES[path] = { budget: budget + MORE_BYTES, requests };
}
const tagOf = (path) => (SAMPLE.includes(path) ? path.split("/")[0] : "en");
// One letter of Chinese or Japanese says as much as two of ours.
const lettersOf = (text, tag) => text.length * (/^(ja|ko|zh)/.test(tag) ? 2 : 1);

const VIEWS = [1280, 390].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));
const SMALLEST_TARGET = 24;

let site, browser;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

// Opens a page in a fresh profile, and tells of all that it asked for and complained of.
async function visit(address, { width = 1280, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 800 }, ...options });
  const page = await context.newPage();
  const [complaints, loaded] = [[], []];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("response", (response) => loaded.push(response));
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(address);
  return { page, complaints, loaded, close: () => context.close() };
}

async function staysPut(path, view) {
  const { budget, requests } = PAGES[path];
  const { page, complaints, loaded, close } = await visit(site.base + path, view);
  // Longer than two pictures of the moving one.
  await page.waitForTimeout(3_500);
  const bytes = (await Promise.all(loaded.map((one) => one.body()))).reduce((sum, body) => sum + body.length, 0);
  assert.ok(bytes > 0 && bytes <= budget, `${bytes} bytes`);
  assert.ok(loaded.length <= requests, `${loaded.length} requests`);
  for (const one of loaded) assert.ok(one.url().startsWith(site.base) && one.status() === 200, one.url());
  assert.equal(await page.evaluate(() => window.shifts), 0, `${path} shifts at ${view.width} pixels`);
  assert.deepEqual(complaints, []);
  await close();
}

for (const path of Object.keys(PAGES)) {
  // Mostly waits, so all at once.
  test(`${path} is light and stays put`, () => Promise.all(VIEWS.map((view) => staysPut(path, view))));

  test(`${path} names all it has`, async () => {
    for (const view of VIEWS) {
      const { page, close } = await visit(site.base + path, { ...view, reducedMotion: "reduce" });
      const head = await page.evaluate(() => ({
        title: document.title,
        description: document.querySelector("meta[name=description]")?.content ?? "",
        lang: document.documentElement.lang,
        viewport: document.querySelector("meta[name=viewport]")?.content,
      }));
      const [title, description] = [head.title, head.description].map((text) => lettersOf(text, tagOf(path)));
      assert.ok(title >= 10 && title <= 70, `a title of ${title} letters`);
      assert.ok(description >= 25 && description <= 170, `a description of ${description} letters`);
      assert.equal(head.lang, tagOf(path));
      assert.equal(head.viewport, "width=device-width");
      assert.deepEqual(await violations(page), [], `${path} ${view.width} ${view.colorScheme}`);
      assert.deepEqual(await page.evaluate(tooSmall, SMALLEST_TARGET), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= view.width);
      await close();
    }
  });
}

test("every page works from a file", async () => {
  for (const path of Object.keys(PAGES)) {
    const { page, complaints, close } = await visit(`file://${SITE}${path}`);
    if (path.endsWith("demo.html")) await page.locator("body[data-ready]").waitFor();
    if (path.endsWith("playground.html")) {
      await page.locator("#paste").fill("ChatGPT error 401: invalid_api_key");
      await page.locator("[data-cause=invalid_api_key]").waitFor();
    }
    if (path.endsWith("reference/index.html")) await page.getByRole("searchbox").waitFor();
    assert.deepEqual(complaints, [], path);
    await close();
  }
});

test("the skip link comes first", async () => {
  for (const path of Object.keys(PAGES)) {
    const { page, close } = await visit(site.base + path);
    await page.keyboard.press("Tab");
    const { text, target } = await page.evaluate(() => ({ text: document.activeElement.textContent, target: document.activeElement.getAttribute("href") }));
    const { messages } = LANGUAGES.find(({ tag }) => tag === tagOf(path));
    assert.deepEqual({ text, target }, { text: messages.reference_skip.message, target: "#text" }, path);
    await close();
  }
});

// Nothing is thrown out of place where a page is mirrored.
test("mirrored pages fit their width", async () => {
  for (const path of Object.keys(ENGLISH)) {
    const { page, close } = await visit(site.base + path, { width: 390, reducedMotion: "reduce" });
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    const lost = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility() && !one.closest(".said, .specimen, [inert]") && one.getBoundingClientRect().left < -1).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(lost, [], path);
    await close();
  }
});

// Links inside a sentence are not counted (WCAG 2.5.8, inline).
function tooSmall(least) {
  const isInline = (one) => one.localName === "a" && one.closest("p, dd, figcaption, li") && getComputedStyle(one).display === "inline";
  const shown = [...document.querySelectorAll("a[href], button, input, textarea, summary")].filter((one) => one.checkVisibility() && !one.closest("[inert], .skip"));
  const small = shown.filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return !isInline(one) && !one.matches(".skip") && Math.min(width, height) < least;
  });
  return small.map((one) => one.outerHTML.slice(0, 100));
}
