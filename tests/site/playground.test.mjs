// The playground as a person meets it: paste, read, pass on; with the keyboard, a screen reader, a small screen.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { SITE, launch, serve, violations } from "./site.mjs";

const QUOTA = '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}';

let site, browser, context, page, complaints;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

beforeEach(async () => {
  context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  page = await context.newPage();
  complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
});

afterEach(async () => {
  await context.close();
});

// It takes a moment.
test("typed text is diagnosed without pressing", async () => {
  await open();
  await page.getByLabel("What did you see?").pressSequentially("TypeError: Failed to fetch");
  await shows("network_unknown");
  await page.getByLabel("What did you see?").fill(QUOTA);
  await shows("quota_exhausted");
  assert.deepEqual(complaints, []);
});

// A failure as JSON is read as the facts that it holds.
test("pasted JSON keeps its facts", async () => {
  await open();
  await page.getByLabel("What did you see?").fill('{"message":"Failed to fetch","online":false}');
  await shows("offline");
});

test("every example has its own cause", async () => {
  await open();
  const causes = [];
  for (const example of await page.locator(".examples button").all()) {
    await example.click();
    causes.push(await page.locator("[data-cause]").getAttribute("data-cause"));
  }
  assert.ok(causes.length >= 8 && !causes.includes("unknown"), causes.join(" "));
  assert.ok(new Set(causes).size >= 7, causes.join(" "));
});

// No server sees it.
test("a link restores the text", async () => {
  await open();
  await page.getByLabel("What did you see?").fill(QUOTA);
  await shows("quota_exhausted");
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Link copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, `${site.base}playground.html#paste=${encodeURIComponent(QUOTA)}`);

  const other = await context.newPage();
  await other.goto(link);
  await other.locator('[data-cause="quota_exhausted"]').waitFor();
  assert.equal(await other.getByLabel("What did you see?").inputValue(), QUOTA);
  assert.deepEqual(site.asked.filter((url) => /quota|paste|\?/.test(url)), []);
});

test("framed by another site: nothing works", async () => {
  const link = `${site.base}playground.html#paste=${encodeURIComponent(QUOTA)}`;
  const outer = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<iframe src="${link}" width="900" height="600"></iframe>`);
  });
  await new Promise((listening) => outer.listen(0, "127.0.0.1", listening));
  await page.goto(`http://localhost:${outer.address().port}/`);
  const frame = page.frameLocator("iframe");
  await frame.getByText("Another page shows this one inside itself, so nothing works here.").waitFor();
  assert.equal(await frame.getByLabel("What did you see?").isVisible(), false);
  await page.waitForTimeout(1_000);
  assert.equal(await frame.locator("[data-cause]").count(), 0);
  assert.equal(await frame.getByLabel("What did you see?").inputValue(), "");
  const [own] = await Promise.all([context.waitForEvent("page"), frame.getByRole("link", { name: "Open it by itself" }).click()]);
  await own.getByLabel("What did you see?").waitFor();
  assert.equal(own.url(), `${site.base}playground.html`);
  outer.closeAllConnections();
  outer.close();
});

// A changed text leaves no trace of the old one.
test("old text leaves the address", async () => {
  await open(`#paste=${encodeURIComponent(QUOTA)}`);
  await shows("quota_exhausted");
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(page.url(), `${site.base}playground.html`);
  assert.equal(await page.locator("[data-cause]").count(), 0);
});

test("a broken link is empty", async () => {
  await open("#paste=%E0%A4%A");
  await page.getByText("The diagnosis appears here").waitFor();
  assert.deepEqual(complaints, []);
});

test("works offline once loaded", async () => {
  await open("#paste=connect%20ECONNREFUSED%20127.0.0.1:11434");
  await shows("connection_refused");
  await context.setOffline(true);
  const before = site.asked.length;
  await page.getByLabel("What did you see?").fill(QUOTA);
  await shows("quota_exhausted");
  assert.equal(site.asked.length, before);
});

test("pasted HTML stays text", async () => {
  await open();
  const html = '<img src=x onerror="document.title=1"><h1>502 Bad Gateway</h1>';
  await page.getByLabel("What did you see?").fill(html);
  await shows("bad_gateway");
  assert.equal(await page.locator("#answer img").count(), 0);
  assert.match(await page.title(), /Unstuck/);
});

// The keyboard reaches an example, and a screen reader hears the headline.
test("keyboard and screen reader work", async () => {
  await open();
  const spoken = page.locator("#stage [role=status]");
  assert.equal(await spoken.textContent(), "");
  await page.getByLabel("What did you see?").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await shows("network_unknown");
  assert.equal(await spoken.textContent(), await page.locator(".diagnosis h2").textContent());
});

// A specimen on the page of the cause leads back.
test("diagnosis and reference link both ways", async () => {
  await open(`#paste=${encodeURIComponent(QUOTA)}`);
  await shows("quota_exhausted");
  await page.getByRole("link", { name: "More about this cause" }).click();
  await page.waitForURL("**/reference/quota_exhausted.html");
  await page.getByRole("link", { name: "Open in the playground" }).first().click();
  await shows("quota_exhausted");
});

test("reference and playground agree", async () => {
  await open();
  const claims = claimed();
  assert.ok(claims.size >= 58);
  for (const [fragment, cause] of claims) {
    await page.evaluate(follow, fragment);
    assert.equal(await page.locator("[data-cause]").getAttribute("data-cause"), cause, decodeURIComponent(fragment));
  }
});

test("a missing part is reported", async () => {
  await page.route("**/parts.js", (route) => route.abort());
  await open();
  await page.getByText("The diagnosis couldn’t load").waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  test(`no accessibility violations, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open();
    assert.deepEqual(await violations(page), []);
    await page.getByLabel("What did you see?").fill(QUOTA);
    await shows("quota_exhausted");
    await page.locator("#stage summary").click();
    assert.deepEqual(await violations(page), []);
    for (const id of ["index", "rate_limited", "api_429", "steps"]) {
      await page.goto(`${site.base}reference/${id}.html`);
      assert.deepEqual(await violations(page), [], id);
    }
  });
}

test("no sideways scrolling at 320 pixels", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  const pages = ["", "demo.html", `playground.html#paste=${encodeURIComponent(QUOTA)}`, "reference/index.html", "reference/api_403.html", "reference/steps.html"];
  for (const path of pages) {
    await page.goto(site.base + path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${path} is ${width} pixels wide`);
  }
});

// The links from specimens to the playground, and the cause on whose page each stands.
function claimed() {
  const claims = new Map();
  for (const file of readdirSync(`${SITE}reference`)) {
    const html = readFileSync(`${SITE}reference/${file}`, "utf8");
    const id = html.match(/<dd><code>(\w+)<\/code>/)?.[1];
    for (const [, fragment] of html.matchAll(/"\.\.\/playground\.html(#paste=[^"]*)"/g)) if (id) claims.set(fragment, id);
  }
  return claims;
}

// Runs in the page: the playground hears of the change first.
function follow(fragment) {
  return new Promise((followed) => {
    addEventListener("hashchange", followed, { once: true });
    location.hash = fragment;
  }).then(() => undefined);
}

async function open(fragment = "") {
  await page.goto(`${site.base}playground.html${fragment}`);
}

async function shows(cause) {
  await page.locator(`#stage [data-cause="${cause}"]`).waitFor({ timeout: 5000 });
}

// In their zone; with the day where it is another one, and the year where the month alone could be misread.
test("moments by the reader's clock", async () => {
  await context.close();
  context = await browser.newContext({ locale: "en-US", timezoneId: "Asia/Kolkata" });
  page = await context.newPage();
  await page.clock.setFixedTime(new Date("2026-11-29T10:00Z"));
  await open();
  for (const [moment, told] of [
    ["2026-11-29T12:00Z", "at 5:30 PM"],
    ["2026-11-30T00:30Z", "on Mon,? 6:00 AM"],
    ["2026-12-19T10:00Z", "on Dec 19, 3:30 PM"],
    ["2027-05-20T10:00Z", "on May 20, 3:30 PM"],
    ["2027-07-20T10:00Z", "on Jul 20, 2027, 3:30 PM"],
  ]) {
    const error = { type: "usage_limit_reached", plan_type: "plus", resets_at: Date.parse(moment) / 1_000 };
    const failure = { status: 429, provider: "chatgpt_web", body: JSON.stringify({ error }) };
    await page.getByLabel("What did you see?").fill(JSON.stringify(failure));
    const pattern = new RegExp(`resets ${told.replaceAll(" ", "\\s")}`);
    await page.locator("#stage details li", { hasText: pattern }).waitFor({ state: "attached" });
  }
});

test("playground and command agree", async () => {
  await open();
  const rows = ["failures", "own_failures"].flatMap((name) => readFileSync(new URL(`../data/${name}.jsonl`, import.meta.url), "utf8").trim().split("\n"));
  const failures = rows.map((row) => JSON.stringify(JSON.parse(row).failure));
  const command = new URL("../../target/debug/unstuck", import.meta.url).pathname;
  const told = execFileSync(command, ["diagnose", "--jsonl"], { input: failures.join("\n"), encoding: "utf8", maxBuffer: 1 << 26 });
  const wanted = told.trim().split("\n").map((line) => JSON.parse(line));
  const seen = await page.evaluate(async (failures) => {
    const paste = document.querySelector("#paste");
    const found = [];
    for (const failure of failures) {
      // A link is diagnosed at once, what is typed a moment later.
      history.replaceState(null, "", `#paste=${encodeURIComponent(failure)}`);
      window.dispatchEvent(new HashChangeEvent("hashchange"));
      if (paste.value !== failure) throw new Error("not taken");
      const shown = document.querySelector("[data-cause]");
      found.push([shown?.dataset.cause, [...(shown?.querySelector("details ul")?.children ?? [])].map((line) => line.textContent)]);
    }
    return found;
  }, failures);
  // The page tells a moment by the clock of whoever reads, the command in UTC.
  const clockless = (evidence) => evidence.map((line) => line.replace(/ (?:at|on) [^“”]*\d\d[\s\u202f](?:UTC|[AP]M)$/, "")).join();
  const differ = failures.filter((_, at) => seen[at][0] !== wanted[at].cause || clockless(seen[at][1]) !== clockless(wanted[at].evidence));
  assert.deepEqual(differ.map((failure) => failure.slice(0, 200)), []);
});
