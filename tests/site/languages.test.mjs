// The banner in every language, as narrow as WCAG asks for: each cause fits, and is told in that language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, serve } from "./site.mjs";

const FAILURES = new URL("../data/failures.jsonl", import.meta.url);
const MOST_LINES = 4;

// One failure of each cause that has any.
const failures = Object.values(Object.fromEntries(readFileSync(FAILURES, "utf8").trim().split("\n").map((line) => JSON.parse(line)).map(({ failure, accept }) => [accept[0], failure])));

let site, browser;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** Runs in the page: what is wrong with the banner of each failure. */
function faults([failures, mostLines]) {
  const found = [];
  for (const failure of failures) {
    history.replaceState(null, "", `#paste=${encodeURIComponent(JSON.stringify(failure))}`);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
    const banner = document.querySelector("#stage [data-cause]");
    for (const details of banner.querySelectorAll("details")) details.open = true;
    for (const part of banner.querySelectorAll("h2, .move, .why, button, summary")) {
      const { left, right, height } = part.getBoundingClientRect();
      const lines = Math.round(height / Number.parseFloat(getComputedStyle(part).lineHeight));
      const isOut = part.scrollWidth > part.clientWidth + 1 || left < 0 || right > innerWidth;
      const isLong = part.matches("h2") && lines > mostLines;
      if (isOut || isLong || /\$|^[a-z]+(_[a-z]+)+$/.test(part.textContent)) found.push(`${banner.dataset.cause}, ${lines} lines: ${part.textContent}`);
    }
  }
  return found;
}

for (const { tag, folder, messages } of LANGUAGES) {
  test(`banners fit in ${tag}`, async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    await page.goto(`${site.base}${folder}playground.html#paste=Failed%20to%20fetch`);
    await page.locator("#stage h2").waitFor();
    assert.deepEqual(await page.evaluate(faults, [failures, MOST_LINES]), []);
    assert.ok(failures.length > 40);
    const told = messages.invalid_api_key_headline.message.split("$")[0];
    await page.locator("#paste").fill("401 invalid_api_key");
    await page.locator("#stage h2", { hasText: told }).waitFor();
    await page.close();
  });
}
