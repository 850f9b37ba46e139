// The search of the error reference.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, serve } from "./site.mjs";

let site, browser, page;

before(async () => {
  site = await serve();
  browser = await launch();
  page = await browser.newPage();
  await page.goto(`${site.base}reference/index.html`);
});

after(async () => {
  await browser?.close();
  await site?.close();
});

const found = () => page.locator("main li a").evaluateAll((links) => links.filter((link) => link.checkVisibility()).map((link) => link.getAttribute("href").replace(".html", "")));
const search = (text) => page.getByLabel("Search by code, name or words").fill(text);

test("a code finds its pages", async () => {
  await search("429");
  assert.ok((await found()).includes("api_429") && (await found()).includes("chatgpt_429"), (await found()).join());
  assert.ok(!(await found()).includes("api_503"));
  await page.getByText(`Pages found: ${(await found()).length}.`).waitFor();
});

test("words of a cause find it", async () => {
  await search("CREDIT used");
  assert.ok((await found()).includes("quota_exhausted"), (await found()).join());
  await search("invalid_api_key");
  assert.ok((await found()).includes("invalid_api_key"), (await found()).join());
});

test("nothing found says where else", async () => {
  await search("zzzz");
  assert.deepEqual(await found(), []);
  await page.getByText("Nothing found. Paste the error into the playground instead.").waitFor();
  const headings = await page.locator("main :is(h2, h3)").evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
  assert.equal(headings, 0);
  await search("");
  assert.ok((await found()).length > 80);
});
