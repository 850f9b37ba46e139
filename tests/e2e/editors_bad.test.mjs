// Boxes that do not hold still, hide or refuse: all of a draft goes in or none, and it stays to be copied.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Chat, World, until } from './harness.mjs';
import { EditorPage } from './page.mjs';
import { buildPages } from './pages/build.mjs';

const TYPED = 'Hi Mara, ';
const DRAFT = 'gladly, and I bring\nsome cake along';

let world;
before(async () => {
  world = await World.open({}, { fixtures: await buildPages('bad') });
});
afterEach(() => world.reset());
after(() => world.close());

const hostile = (box) => EditorPage.open(world.browser, `${world.lab.origin}/fixtures/hostile.html?box=${box}`, { box: '#place', text: TYPED, back: 0 });
const arm = (page) => page.page.evaluate(() => globalThis.arm());

// A box that was drawn anew has lost the focus, and a person clicks into it.
const hasFocus = (page) => page.page.evaluate(() => document.querySelector('#place').contains(document.activeElement));
const clickInto = (page) => until('the box has the focus', async () => (await hasFocus(page)) || (await page.chat.box.click()));

for (const box of ['redrawn_on_focus', 'redrawn_on_input', 'open_shadow', 'closed_shadow']) {
  test(`takes the draft: ${box}`, async () => {
    const page = await hostile(box);
    await arm(page);
    await clickInto(page);
    await page.chat.open();
    assert.deepEqual(await page.tell({ kind: 'insert', text: 'gladly' }), { done: true });
    assert.equal(await page.model(), `${TYPED}gladly`);
    assert.deepEqual(await world.lab.sent(), []);
  });
}

const REFUSERS = { vanishes: undefined, vanishes_on_input: undefined, locks: TYPED, read_only: TYPED, refuses: TYPED, swallows: TYPED, limited: TYPED, cuts: TYPED, reverts: TYPED };

for (const [box, left] of Object.entries(REFUSERS)) {
  // The box is as it was, and the card offers the draft to be copied.
  test(`unchanged and reported: ${box}`, async () => {
    const page = await hostile(box);
    await page.chat.ask();
    const draft = await page.chat.draft();
    await arm(page);
    await page.chat.press('Insert');
    await until('the card says so', async () => (await page.chat.text()).includes('paste it yourself'));
    if (left !== undefined) assert.equal(await page.model(), left);
    await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.lab.origin });
    await page.chat.press('Copy');
    await until('the draft is on the clipboard', async () => (await page.chat.clipboard()) === draft);
    assert.deepEqual(await world.lab.sent(), []);
  });
}

test('of two unfocused boxes, neither', async () => {
  const page = await Chat.open(world.browser, `${world.lab.origin}/plain`, { box: '#area' });
  const target = new EditorPage(world.browser, page);
  assert.deepEqual(await target.tell({ kind: 'insert', text: DRAFT }), { done: false });
  assert.equal(await page.page.locator('#area').inputValue(), '');
});

// It has a launcher of its own and takes the draft.
test('a box in a frame works', async () => {
  const chat = await Chat.open(world.browser, `${world.lab.origin}/fixtures/frame.html`);
  const frame = chat.page.frameLocator('iframe');
  await frame.locator('[role=textbox]').click();
  await chat.page.keyboard.type(TYPED);
  await frame.locator('html > [popover]').waitFor({ state: 'attached' });
  const frames = await world.browser.desk.evaluate(async () => {
    const [{ id }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    const results = await chrome.scripting.executeScript({ target: { tabId: id, allFrames: true }, func: () => location.pathname });
    return results.map(({ frameId, result }) => [result, frameId]);
  });
  const inner = frames.find(([path]) => path.endsWith('whatsapp.html'))[1];
  const page = new EditorPage(world.browser, chat);
  assert.deepEqual(await page.tell({ kind: 'insert', text: DRAFT }, inner), { done: true });
  const model = await chat.page.frames()[1].evaluate(() => globalThis.model());
  assert.equal(model, TYPED + DRAFT);
  assert.deepEqual(await page.tell({ kind: 'insert', text: DRAFT }, 0), { done: false });
});

test('scripted clicks and keys do nothing', async () => {
  const page = await EditorPage.open(world.browser, `${world.lab.origin}/fixtures/whatsapp.html`);
  await page.page.evaluate(() => document.querySelector('html > [popover]').click());
  await page.chat.inHost((root) => root.querySelector('button').click());
  assert.equal(await page.chat.isOpen(), false);
  await page.chat.ask();
  await page.chat.draft();
  const pressAll = (root) => {
    for (const button of root.querySelectorAll('button')) button.click();
    const field = root.querySelector('textarea, input') ?? root.querySelector('.card');
    for (const key of ['Enter', 'Escape']) field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  };
  await page.chat.inCard(pressAll);
  await page.page.evaluate(() => document.querySelector('html > [popover]').click());
  // What a press would have changed is given the time that a real press takes.
  await page.chat.press('Copy');
  await page.chat.sees('.note, .draft');
  assert.equal(await page.chat.isOpen(), true);
  assert.equal(await page.model(), 'Hi Mara, see you');
  assert.equal((await world.lab.calls()).length, 1);
});
