// The switch of languages: the same page in another language, by mouse and keyboard, and what is remembered of the choice.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, serve, violations } from "./site.mjs";

let site, browser;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

async function open(path, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(site.base + path);
  return page;
}

const pathOf = (page) => page.url().slice(site.base.length);

test("every name leads to its language", async () => {
  const page = await open("reference/offline.html");
  for (const { tag, folder, messages } of LANGUAGES) {
    await page.locator("button.languages").click();
    await page.getByRole("link", { name: messages.site_language_name.message, exact: true }).click();
    await page.waitForURL(`${site.base}${folder}reference/offline.html`);
    assert.equal(await page.evaluate(() => document.documentElement.lang), tag);
    assert.equal(await page.locator("h1").textContent(), messages.offline_name.message);
  }
  await page.context().close();
});

test("the keyboard switches it, too", async () => {
  const page = await open("demo.html");
  await page.getByRole("button", { name: "Language: English" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Deutsch" }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("link", { name: "Deutsch" }).isVisible(), false);
  await page.keyboard.press("Enter");
  for (const name of ["English", "Bahasa Indonesia", "Deutsch"]) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL("**/de/demo.html");
  await page.context().close();
});

test("what was pasted goes along", async () => {
  const page = await open("playground.html#paste=insufficient_quota");
  await page.locator("[data-cause=quota_exhausted]").waitFor();
  await page.locator("button.languages").click();
  await page.getByRole("link", { name: "日本語" }).click();
  await page.waitForURL("**/ja/playground.html#paste=insufficient_quota");
  await page.locator("[data-cause=quota_exhausted]").waitFor();
  await page.context().close();
});

test("the front page remembers the choice", async () => {
  const page = await open("de/index.html");
  await page.locator("button.languages").click();
  await page.getByRole("link", { name: "עברית" }).click();
  await page.waitForURL("**/he/index.html");
  await page.goto(site.base);
  await page.waitForURL("**/he/index.html");
  assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
  await page.goto(`${site.base}fr/index.html`);
  assert.equal(pathOf(page), "fr/index.html");
  await page.locator("button.languages").click();
  await page.getByRole("link", { name: "English" }).click();
  await page.waitForURL(`${site.base}index.html`);
  await page.reload();
  assert.equal(pathOf(page), "index.html");
  assert.deepEqual(await page.context().cookies(), []);
  await page.context().close();
});

test("a first visit follows the browser", async () => {
  for (const [locale, path] of [
    ["zh-HK", "zh-TW/index.html"],
    ["zh", "zh-CN/index.html"],
    ["pt-PT", "pt-BR/index.html"],
    ["de-AT", "de/index.html"],
  ]) {
    const page = await open("index.html", { locale });
    await page.waitForURL(`**/${path}`);
    await page.context().close();
  }
  const page = await open("index.html", { locale: "pl-PL" });
  assert.equal(pathOf(page), "index.html");
  await page.context().close();
});

test("without scripts the switch works", async () => {
  const page = await open("index.html", { javaScriptEnabled: false });
  await page.locator("button.languages").click();
  await page.getByRole("link", { name: "Tiếng Việt" }).click();
  await page.waitForURL("**/vi/index.html");
  await page.context().close();
});

// Even where all names are open.
test("nothing scrolls sideways in any language", async () => {
  const page = await open("index.html", { viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
  for (const { tag, folder } of LANGUAGES) {
    for (const path of ["index.html", "demo.html", "playground.html", "reference/index.html", "reference/steps.html", "reference/api_403.html"]) {
      await page.goto(`${site.base}${folder}${path}`);
      await page.locator("button.languages").click();
      const wide = await page.evaluate(() => [document.documentElement, document.getElementById("languages")].map((one) => Math.round(one.scrollWidth - one.clientWidth)));
      assert.deepEqual(wide, [0, 0], `${tag} ${path}`);
    }
  }
  await page.context().close();
});
