// The extension was updated under an open page: nothing that was typed there is lost, and nothing is sent.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { World, until } from './harness.mjs';
import { update, updateAndGoOn } from './update.mjs';

const ASK = 'Tell Mara that Friday suits me.';

let world;
afterEach(() => world.close());

/** A page with text in its box and in the card, whose extension was loaded anew. */
async function orphaned({ write = ASK } = {}) {
  world = await World.open();
  const chat = await world.chat();
  await chat.open();
  if (write) await chat.write(write);
  // The last letters are on their way to the worker.
  await chat.page.waitForTimeout(500);
  await update(world.browser);
  await chat.page.bringToFront();
  await chat.becomesCutOff();
  return chat;
}

const focusIsInNotice = (chat) => chat.inHost((root) => Boolean(root.activeElement?.closest('.notice')));

test('the notice can be closed', async () => {
  const chat = await orphaned();
  assert.ok(await focusIsInNotice(chat), 'the focus is in the notice');
  const box = await chat.readBox();
  for (let presses = 0; presses < 2; presses += 1) await chat.page.keyboard.press('Enter');
  assert.equal((await chat.readBox()).text, box.text);
  assert.deepEqual(await world.lab.sent(), []);
  await chat.pressNotice('Close');
  await until('the notice is gone', async () => (await chat.notice()) === '');
  await until('the box has the focus', async () => (await chat.readBox()).focused);
});

test('Escape closes the notice', async () => {
  const chat = await orphaned();
  await chat.page.keyboard.press('Escape');
  await until('the notice is gone', async () => (await chat.notice()) === '');
});

test('a reload brings both texts back', async () => {
  const chat = await orphaned();
  const { text } = await chat.readBox();
  await Promise.all([chat.page.waitForEvent('load'), chat.pressNotice('Reload and keep my text')]);
  await until('the box has its text', async () => (await chat.readBox()).text === text);
  await chat.sees('[name=prompt]');
  assert.equal(await chat.inCard((root) => root.querySelector('[name=prompt]').value), ASK);
  assert.equal(await chat.page.evaluate(() => sessionStorage.length), 0, 'nothing stays in the page');
  assert.deepEqual(await world.lab.sent(), []);
  assert.deepEqual(await world.lab.calls(), []);
});

test('the page never gets the ask', async () => {
  const chat = await orphaned();
  await chat.page.addInitScript(() => (globalThis.stored = JSON.stringify({ ...sessionStorage, ...localStorage })));
  await Promise.all([chat.page.waitForEvent('load'), chat.pressNotice('Reload and keep my text')]);
  const stored = await chat.page.evaluate(() => globalThis.stored);
  assert.match(stored, /Hi Mara/);
  assert.doesNotMatch(stored, /Friday/);
});

// Somebody who presses in the page meanwhile may be in another chat: the text is shown to be copied, not put there.
test('no text goes into another chat', async () => {
  const chat = await orphaned({ write: '' });
  const { text } = await chat.readBox();
  // Another address.
  await chat.page.evaluate(() => history.replaceState(null, '', '?chat=other'));
  await chat.page.addInitScript(() => self === top && history.replaceState(null, '', '?chat=third'));
  await Promise.all([chat.page.waitForEvent('load'), chat.pressNotice('Reload and keep my text')]);
  await until('the card shows the text', () => chat.inCard((root, wanted) => root.querySelector('textarea')?.value === wanted, text));
  assert.equal((await chat.readBox()).text, '');
});

// The page that comes up is no reload any more: the text is looked for when the card opens.
test('a redirected reload keeps the text', async () => {
  const chat = await orphaned({ write: '' });
  const { text } = await chat.readBox();
  await chat.page.addInitScript(() => self === top && performance.navigation.type === 1 && location.replace('?chat=third'));
  await Promise.all([chat.page.waitForURL(/third/), chat.pressNotice('Reload and keep my text')]);
  await chat.open();
  await until('the card shows the text', () => chat.inCard((root, wanted) => root.querySelector('textarea')?.value === wanted, text));
  assert.equal((await chat.readBox()).text, '');
});

// The ask is in the card again and goes out at a press; keys, settings and drafts are there.
test('an update in mid-call loses nothing', async () => {
  world = await World.open();
  const { browser, lab } = world;
  const first = await world.chat();
  await first.ask();
  const draft = await first.draft();
  await first.page.close();

  const chat = await world.chat();
  const { text } = await chat.readBox();
  await lab.fail('never_answers');
  await chat.ask(ASK);
  await until('the call has come', async () => (await lab.calls()).length === 2);
  const kept = () => browser.desk.evaluate(() => chrome.storage.local.get(['settings', 'format']));
  const before = await kept();
  await updateAndGoOn(browser);
  assert.deepEqual(await kept(), before);
  const drafts = await browser.inside(({ vault }) => vault.drafts());
  assert.deepEqual(drafts.map((one) => one.text), [draft]);

  await chat.page.bringToFront();
  await chat.becomesCutOff();
  await Promise.all([chat.page.waitForEvent('load'), chat.pressNotice('Reload and keep my text')]);
  await until('the box has its text', async () => (await chat.readBox()).text === text);
  await chat.sees('[name=prompt]');
  assert.equal(await chat.inCard((root) => root.querySelector('[name=prompt]').value), ASK);
  assert.equal((await lab.calls()).length, 2, 'nothing was sent by itself');
  await chat.press('Draft');
  await chat.draft();
  assert.equal((await lab.calls()).length, 3);
});
