// The front page: what Unstuck is in one screen, and a moving picture that a person can stop.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, serve } from "./site.mjs";

let site, browser;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${site.base}index.html`);
  return page;
}

const seen = (page) => page.locator("#picture").innerText();

test("one screen says what it is", async () => {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    const page = await open({ viewport });
    for (const part of [".pitch h1", ".pitch .lead", ".doors", "#picture", "#pause"]) {
      const { y, height } = await page.locator(part).boundingBox();
      assert.ok(y >= 0 && y + height <= viewport.height, `${part} ends at ${y + height} of ${viewport.height}`);
    }
    await page.context().close();
  }
});

test("every story ends with an answer", async () => {
  const page = await open({ viewport: { width: 1280, height: 800 } });
  for (const story of ["Your credit at OpenAI is used up.", "OpenAI got too many requests at once.", "You’re offline."]) {
    await page.locator("#picture", { hasText: story }).waitFor({ timeout: 30_000 });
    await page.locator("#typed.filled").waitFor({ timeout: 30_000 });
    assert.match(await page.locator("#typed").textContent(), /^Friday at ten/);
  }
  await page.context().close();
});

test("pause stops the picture", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Pause" }).click();
  const before = await seen(page);
  await page.waitForTimeout(4_000);
  assert.equal(await seen(page), before);
  assert.equal(await page.evaluate(() => document.getAnimations().filter((one) => one.playState === "running").length), 0);
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForTimeout(4_000);
  assert.notEqual(await seen(page), before);
  await page.context().close();
});

test("reduced motion keeps it still", async () => {
  const page = await open({ reducedMotion: "reduce" });
  const before = await seen(page);
  await page.waitForTimeout(4_000);
  assert.equal(await seen(page), before);
  assert.match(before, /Your credit at OpenAI is used up/);
  await page.getByRole("button", { name: "Play" }).waitFor();
  await page.context().close();
});

test("without scripts the picture stands", async () => {
  const page = await open({ javaScriptEnabled: false });
  assert.match(await page.locator("#picture").textContent(), /Your credit at OpenAI is used up/);
  assert.equal(await page.locator("#pause").isVisible(), false);
  await page.context().close();
});

// The picture cannot be reached, read out piece by piece, or pressed.
test("the picture is one image", async () => {
  const page = await open();
  assert.equal(await page.getByRole("img", { name: /A moving picture of a chat/ }).count(), 1);
  const reached = [];
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => Boolean(document.activeElement.closest("#picture"))));
  }
  assert.ok(!reached.includes(true));
  await page.context().close();
});
