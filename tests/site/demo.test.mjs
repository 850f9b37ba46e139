// The live demo: the extension's own core in a page, a scripted service, and the card as a person presses it.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { words } from "../e2e/words.mjs";
import { launch, serve, violations } from "./site.mjs";

// What each fault on the list comes to, and the loudest thing to press; nothing where it goes on by itself.
const FAULTS = {
  credit: ["quota_exhausted", "Answer with Claude"],
  key: ["invalid_api_key", "Fix the key"],
  busy: ["model_overloaded", "Try again"],
  break: ["rate_limited", null],
  offline: ["offline", null],
  cut: ["stream_interrupted", "Continue"],
  session: ["session_expired", "Sign in to OpenAI"],
  bot: ["bot_challenge", "Open OpenAI"],
  portal: ["captive_portal", "Open the sign-in page"],
  cors: ["blocked_by_cors", "Open settings"],
  long: ["context_too_long", "Edit the request"],
  unknown: ["unknown", "Check again"],
};
const ANSWER = "Friday at ten works for me. I’ll bring the signed contract. See you then!";

let site, browser, context, page, complaints, asked;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  [complaints, asked] = [[], []];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${site.base}demo.html`);
  await page.locator("body[data-ready]").waitFor();
});

afterEach(async () => {
  assert.deepEqual(complaints, []);
  assert.deepEqual(asked.filter((url) => !url.startsWith(site.base) && !url.startsWith("data:")), [], "nothing leaves the page");
  await context.close();
});

const choose = (fault) => page.locator(`#faults button[value=${fault}]`).click();
const press = (name) => page.locator("#stage").getByRole("button", { name, exact: true }).click();
const shows = (cause) => page.locator(`#stage [data-cause="${cause}"]`).waitFor({ timeout: 15_000 });
const arrives = () => page.locator("#stage .draft", { hasText: ANSWER }).waitFor({ timeout: 20_000 });

test("every fault shows its card", async () => {
  const listed = await page.locator("#faults button").evaluateAll((buttons) => buttons.map((button) => button.value));
  assert.deepEqual(listed, Object.keys(FAULTS));
  for (const [fault, [cause, primary]] of Object.entries(FAULTS)) {
    await choose(fault);
    await shows(cause);
    if (fault === "busy") await page.locator("#stage button.primary").waitFor({ timeout: 15_000 });
    const loud = page.locator("#stage .diagnosis button.primary");
    assert.equal((await loud.count()) ? await loud.textContent() : null, primary, fault);
    assert.ok(await page.locator("#stage .icon").count(), fault);
  }
});

test("another AI answers in its place", async () => {
  await choose("credit");
  await shows("quota_exhausted");
  await press("Answer with Claude");
  await arrives();
  await press("Insert");
  const box = page.getByRole("textbox", { name: "Message" });
  assert.equal(await box.inputValue(), ANSWER);
  await page.getByRole("button", { name: "Send" }).click();
  assert.equal(await page.locator(".mine").last().textContent(), ANSWER);
  assert.match(await page.locator("#wire").innerText(), /429\n→ api\.anthropic\.com\n← 200/);
});

test("a wait counts down, then answers", async () => {
  await choose("break");
  await shows("rate_limited");
  const left = async () => Number((await page.locator("#stage .run").innerText()).match(/\d+/)[0]);
  const before = await left();
  await page.waitForTimeout(2_200);
  assert.ok((await left()) < before);
  await arrives();
});

test("trying again succeeds", async () => {
  await choose("busy");
  await page.locator("#stage .diagnosis button.primary").waitFor({ timeout: 15_000 });
  await press("Try again");
  await arrives();
});

test("the mended key answers", async () => {
  await choose("key");
  await shows("invalid_api_key");
  await press("Fix the key");
  await page.getByText(words("site_demo_opened")).waitFor();
  await page.getByRole("button", { name: words("site_demo_back") }).click();
  await press("Try again");
  await arrives();
});

test("the network comes back", async () => {
  await choose("offline");
  await shows("offline");
  const network = page.getByRole("switch", { name: "Network" });
  assert.equal(await network.getAttribute("aria-checked"), "false");
  await network.click();
  await arrives();
});

test("a cut answer is continued", async () => {
  await choose("cut");
  await shows("stream_interrupted");
  await press("Continue");
  await arrives();
});

test("a shorter text goes through", async () => {
  await choose("long");
  await shows("context_too_long");
  await press("Edit the request");
  // As fast as fingers type: a press within 350 ms after the card has moved does not count.
  await page.locator("#stage textarea[name=prompt]").fill("");
  await page.locator("#stage textarea[name=prompt]").pressSequentially("Friday is fine", { delay: 40 });
  await press("Draft");
  await arrives();
});

// That the service answers a look says nothing of an error that names no network.
test("something odd stays unknown", async () => {
  await choose("unknown");
  await page.locator("#wire li", { hasText: "← 204" }).nth(1).waitFor();
  await page.waitForTimeout(1_000);
  assert.deepEqual(await page.locator("#stage [data-cause]").evaluateAll((all) => all.map(({ dataset }) => dataset.cause)), ["unknown"]);
});

test("the keyboard alone suffices", async () => {
  await page.locator("#faults button").first().focus();
  await page.keyboard.press("Enter");
  await shows("quota_exhausted");
  await page.locator("#stage .diagnosis button.primary").focus();
  await page.keyboard.press("Enter");
  await arrives();
  await page.keyboard.press("Escape");
  await page.locator("#stage .card").waitFor({ state: "detached" });
});

for (const colorScheme of ["light", "dark"]) {
  test(`no accessibility violations in ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [fault, cause] of [["credit", "quota_exhausted"], ["break", "rate_limited"], ["cut", "stream_interrupted"]]) {
      await choose(fault);
      await shows(cause);
      await page.waitForTimeout(300);
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violations(page), [], fault);
      // Axe itself tries a style that the policy of the page forbids.
      complaints.length = 0;
    }
  });
}
