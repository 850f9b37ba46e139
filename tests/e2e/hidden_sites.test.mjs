// A person who wants to be left alone on a site: the launcher goes at once, stays away, and comes back where they say so.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

const HOUR_MS = 3_600_000;

let world;
before(async () => {
  world = await World.open();
});
afterEach(async () => {
  await world.browser.switchOnSite('http://127.0.0.1');
  await world.reset();
});
after(() => world.close());

const hidden = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings.hidden ?? []);

const isGone = (chat) => until('the launcher is gone', async () => !(await chat.isOpen()) && !(await chat.isOffered()));

/** No launcher, although the box has the focus. */
async function staysAway(chat) {
  await chat.box.click();
  await chat.page.waitForTimeout(700);
  assert.equal(await chat.isOffered(), false);
}

async function hides(label) {
  const other = await world.chat();
  const chat = await world.chat();
  const box = await chat.readBox();
  await chat.open();
  await chat.press(label);
  await isGone(chat);
  await chat.boxBecomes({ ...box, focused: true });
  await staysAway(chat);
  await other.page.bringToFront();
  await staysAway(other);
  await chat.page.bringToFront();
  await chat.page.reload();
  await staysAway(chat);
  return { chat, other };
}

test('hidden until it is shown again', async () => {
  const { other } = await hides('Not on this site');
  assert.deepEqual(await hidden(), [{ site: 'http://127.0.0.1', until_ms: null }]);
  const options = await world.browser.options('Where');
  const row = options.getByRole('listitem').filter({ hasText: 'http://127.0.0.1' });
  await row.getByText('Hidden', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'Show again on http://127.0.0.1' }).click();
  await until('nothing is hidden', async () => (await hidden()).length === 0);
  await row.getByText('Hidden', { exact: true }).waitFor({ state: 'detached' });
  await other.page.bringToFront();
  await other.page.locator('#box').blur();
  await other.box.focus();
  await until('the launcher is back', () => other.isOffered());
  const chat = await world.chat();
  await until('the launcher is back', () => chat.isOffered());
});

test('an hour of hiding ends itself', async () => {
  const before = Date.now();
  const { chat } = await hides('Hide for an hour');
  const [{ site, until_ms }] = await hidden();
  assert.equal(site, 'http://127.0.0.1');
  assert.ok(until_ms >= before + HOUR_MS && until_ms <= Date.now() + HOUR_MS, String(until_ms));
  const options = await world.browser.options('Where');
  await options.getByText('Hidden for an hour').waitFor();
  await options.close();
  const alarm = await world.browser.desk.evaluate(() => chrome.alarms.get('shown again'));
  assert.equal(Math.round(alarm.scheduledTime), until_ms);
  // The hour is over.
  await world.browser.changeSettings({ hidden: [{ site, until_ms: Date.now() - 1 }] });
  await world.browser.wake();
  await world.browser.inWorker(() => chrome.alarms.onAlarm.dispatch({ name: 'shown again' }));
  await until('nothing is hidden', async () => (await hidden()).length === 0);
  await chat.page.bringToFront();
  await chat.box.blur();
  await chat.box.focus();
  await until('the launcher is back without a reload', () => chat.isOffered());
});

test('a failed ask offers it too', async () => {
  await world.lab.fail('invalid_api_key', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  await chat.press('Not on this site');
  await isGone(chat);
  assert.equal((await hidden()).length, 1);
});

// The keys of the person's own press open it wherever they are.
test('the shortcut still opens it', async () => {
  const { chat } = await hides('Not on this site');
  const [{ id, url }] = await world.browser.desk.evaluate(() => chrome.tabs.query({ active: true, lastFocusedWindow: true }));
  await world.browser.wake();
  await chat.box.click();
  await world.browser.inWorker((tab) => chrome.commands.onCommand.dispatch('draft', tab), { id, url });
  await until('the card is open', () => chat.isOpen());
  await chat.sees('textarea');
  await chat.press('Close');
  await isGone(chat);
});
