// An ask that took long is told of where the person is, once they have switched that on.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open({ permissions: ['notifications'] });
});
afterEach(async () => {
  await world.browser.desk.evaluate(async () => Promise.all(Object.keys(await chrome.notifications.getAll()).map((id) => chrome.notifications.clear(id))));
  await world.reset();
});
after(() => world.close());

const shown = () => world.browser.desk.evaluate(() => chrome.notifications.getAll());

const inFront = () => world.browser.desk.evaluate(async () => (await chrome.tabs.query({ active: true }))[0].url ?? '');

/** An ask that waits for the service; meanwhile more than a minute passes on the worker's clock. */
async function longAsk() {
  await world.lab.fail('rate_limited', { retry_after: 3 });
  const chat = await world.chat();
  await chat.ask();
  await chat.sees('.countdown');
  await world.browser.context.serviceWorkers()[0].evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 61_000;
  });
  return chat;
}

async function switchOn() {
  const page = await world.browser.options('How');
  const toggle = page.getByRole('switch', { name: 'Notify me after long waits' });
  await toggle.click();
  await until('it is on', async () => (await toggle.getAttribute('aria-checked')) === 'true');
  await page.close();
}

test('a long ask out of sight', async () => {
  await switchOn();
  const chat = await longAsk();
  await world.browser.desk.bringToFront();
  const tab = await until('a notification is shown', async () => Object.keys(await shown())[0]);
  assert.equal(Number(tab), await world.browser.desk.evaluate(async (url) => (await chrome.tabs.query({ url }))[0].id, `${new URL(chat.page.url()).origin}/*`));
});

test('an ask in sight is silent', async () => {
  await world.browser.changeSettings({ notify: true });
  const chat = await longAsk();
  await chat.page.bringToFront();
  await chat.draft();
  assert.deepEqual(await shown(), {});
});

// Only what is not the person's own fault.
test('an outage is told', async () => {
  await world.browser.changeSettings({ notify_outages: true, policy: { attempts: 1 } });
  await world.lab.fail('server_error', { times: 3 });
  for (const _ of [1, 2, 3]) {
    const chat = await world.chat();
    await chat.ask();
    await chat.diagnosis();
    await chat.page.close();
  }
  const id = await until('it is told', async () => Object.keys(await shown())[0]);
  assert.match(id, /^outage /);
  const press = (button) => world.browser.inWorker(([of, at]) => chrome.notifications.onButtonClicked.dispatch(of, at), [id, button]);
  const [opened] = await Promise.all([world.browser.context.waitForEvent('page'), press(1)]);
  assert.match(opened.url(), /health\.html$/, 'the pages of the requests are gone');
  await world.lab.fail('server_error');
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  for (const button of [1, 0]) {
    await world.browser.desk.bringToFront();
    await press(button);
    await until('the request is in sight', async () => (await inFront()).startsWith(world.lab.origin));
    if (button === 1) assert.equal((await world.lab.calls()).length, 4, 'Open asks nothing');
  }
  await chat.draft();
});

// An attempt at the time when a limit opens again is hours away.
test('the card leads to the switch', async () => {
  await world.browser.changeSettings({ notify: false });
  await world.lab.fail('usage_cap');
  const chat = await world.chat();
  await chat.ask();
  const schedule = await until('a time is offered', async () => (await chat.buttons()).find(({ label }) => /^Try (at|on) /.test(label)));
  await chat.press(schedule.label);
  await chat.sees('.countdown');
  const [page] = await Promise.all([world.browser.context.waitForEvent('page'), chat.press('Notify me when done')]);
  await page.getByRole('switch', { name: 'Notify me after long waits' }).waitFor();
  await page.close();
});
