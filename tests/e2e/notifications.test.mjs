// An ask that took long is told of where the person is, once they have switched that on.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open({ permissions: ['notifications'] });
});
afterEach(() => world.reset());
after(() => world.close());

const shown = () => world.browser.desk.evaluate(() => chrome.notifications.getAll());

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
  const [[tab, title]] = await until('a notification is shown', async () => {
    const ids = Object.keys(await shown());
    return ids.length > 0 && ids.map((id) => [id]);
  });
  assert.equal(title, undefined);
  assert.equal(Number(tab), await world.browser.desk.evaluate(async (url) => (await chrome.tabs.query({ url }))[0].id, `${new URL(chat.page.url()).origin}/*`));
});

test('an ask in sight is silent', async () => {
  await switchOn();
  const chat = await longAsk();
  await chat.page.bringToFront();
  await chat.draft();
  assert.deepEqual(await shown(), {});
});

test('the card leads to the switch', async () => {
  await world.lab.fail('rate_limited', { retry_after: 70 });
  const chat = await world.chat();
  await chat.ask();
  const opened = world.browser.context.waitForEvent('page');
  await chat.press('Notify me when done');
  const page = await opened;
  await page.getByRole('switch', { name: 'Notify me after long waits' }).waitFor();
  await page.close();
});
