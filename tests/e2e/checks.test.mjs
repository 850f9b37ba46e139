// Checks that nobody asked anything: off until they are switched on, never sooner than every five minutes, and what they see.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

const MODELS = { path: '/v1/models', body: JSON.stringify({ object: 'list', data: [{ id: 'lab-small', object: 'model' }] }) };
const ROUND_MS = 6 * 60_000;

let world;
let kept;
const settings = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
before(async () => {
  world = await World.open();
  kept = await settings();
});
afterEach(async () => {
  await world.browser.changeSettings(kept);
  await world.reset();
});
after(() => world.close());

/** Time passes on the worker's clock, and the alarm rings. */
const pass = (ms) =>
  world.browser.inWorker(async (more) => {
    const now = Date.now;
    Date.now = () => now() + more;
    // The browser's own clock stands still: what is past for it rings at once.
    await chrome.alarms.create('wake', { when: 1 });
  }, ms);

const checks = async () => (await world.lab.asked()).length;
const switches = (page) => page.getByRole('switch', { name: /^Check .+ every 5 minutes$/ });

/** The popup of a page, and what it says of the first source. */
async function popup() {
  const shown = await world.browser.popup((await world.chat()).page);
  return { says: (told) => until(`the popup says ${told}`, async () => told.test(await shown.locator('.health .told').first().innerText())) };
}

test('checks are off until chosen', async () => {
  await world.lab.stage(MODELS);
  const page = await world.browser.options('How');
  assert.equal(await switches(page).getAttribute('aria-checked'), 'false');
  await switches(page).click();
  await until('it is switched on', async () => (await switches(page).getAttribute('aria-checked')) === 'true');
  await pass(ROUND_MS);
  await until('the source was checked', async () => (await checks()) === 1);
  const [asked] = await world.lab.asked();
  assert.equal(asked.authorization, `Bearer ${world.lab.key}`);
  assert.equal((await world.lab.calls()).length, 0, 'nothing was asked');
  await pass(4 * 60_000);
  await switches(page).click();
  await until('it is switched off', async () => (await switches(page).getAttribute('aria-checked')) === 'false');
  await pass(10 * ROUND_MS);
  // Opened after what the alarm has led to.
  await (await popup()).says(/^Answering$/);
  assert.equal(await checks(), 1);
});

test('outages are seen without an ask', async () => {
  const [lab] = kept.sources;
  await world.browser.changeSettings({ sources: [{ ...lab, checked: true }] });
  const { says } = await popup();
  let rounds = 0;
  const round = async () => {
    await pass(ROUND_MS);
    rounds += 1;
    await until(`check ${rounds}`, async () => (await checks()) === rounds);
  };
  await world.lab.stage({ ...MODELS, status: 503, body: 'Service Unavailable' });
  for (let nth = 0; nth < 3; nth += 1) await round();
  await says(/^Failing: /);
  await world.lab.stage(MODELS);
  for (let nth = 0; nth < 4; nth += 1) await round();
  await says(/^Answering$/);
  assert.equal((await world.lab.calls()).length, 0, 'nothing was asked');
});

// Nobody else would wake it: what rings is gone once it has rung.
test('a death leaves an alarm', async () => {
  const [lab] = kept.sources;
  await world.browser.changeSettings({ sources: [{ ...lab, checked: true }] });
  await popup();
  await world.browser.inWorker(() => {
    chrome.storage.session.set = () => {
      globalThis.stopped = true;
      return new Promise(() => {});
    };
  });
  await pass(ROUND_MS);
  await until('the alarm has rung', () => world.browser.inWorker(() => globalThis.stopped === true));
  await world.browser.killWorker();
  assert.equal(await checks(), 0, 'it died before the check');
  assert.ok(await world.browser.desk.evaluate(() => chrome.alarms.get('wake')), 'the next life begins');
});
