// In every messenger: whoever presses Enter once more than the card needs sends nothing of the message in the box.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { until } from './harness.mjs';
import { MESSENGERS, messengersWorld, openMessenger } from './messengers.mjs';
import { BOX } from './page.mjs';

const UNFINISHED = 'Hi Mara, see you';

let world;
before(async () => {
  world = await messengersWorld('two_enters');
  await world.browser.changeSettings({ policy: { attempts: 1 } });
});
afterEach(() => world.reset());
after(() => world.close());

/** A messenger that takes every key nobody else gets to its box, as several do. */
const routeKeys = (page) =>
  page.evaluate((selector) => {
    addEventListener('keydown', () => document.activeElement === document.body && document.querySelector(selector).focus(), true);
  }, BOX);

async function nothingIsSent({ page, holds }) {
  await page.waitForTimeout(500);
  assert.deepEqual(await world.lab.sent(), []);
  await holds(UNFINISHED);
}

const hasFocus = (chat, selector) => chat.inCard((root, wanted) => root.hasFocus() && Boolean(root.activeElement.closest(wanted)), selector);

/** Tab, until this button of the card has the focus. */
async function tabTo(chat, label) {
  const isThere = () => chat.inCard((root, wanted) => root.activeElement.textContent === wanted, label);
  for (let presses = 0; presses < 12 && !(await isThere()); presses += 1) await chat.page.keyboard.press('Tab');
  assert.ok(await isThere(), `Tab leads to ${label}`);
}

for (const [id, name] of MESSENGERS) {
  test(`${name}: Enter after a failure`, async () => {
    await world.lab.fail('server_error', { times: -1 });
    const messenger = await openMessenger(world, id, name);
    const { chat, page } = messenger;
    await routeKeys(page);
    await chat.open();
    await chat.write('Say yes, gladly.');
    await page.keyboard.press('Enter');
    await chat.diagnosis();
    for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press('Enter');
    await nothingIsSent({ page, holds: (text) => messenger.holds(text) });
    assert.ok(await hasFocus(chat, '.card'), 'the card has the focus');

    // The button that is pressed is gone while the call runs, and comes back as another one.
    const before = (await world.lab.calls()).length;
    await tabTo(chat, 'Try again');
    await page.keyboard.press('Enter');
    await until('it was tried again', async () => (await world.lab.calls()).length > before);
    for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press('Enter');
    await chat.diagnosis();
    await nothingIsSent({ page, holds: (text) => messenger.holds(text) });
    assert.ok(await hasFocus(chat, '.card'), 'the card has the focus');
  });
}

// The key that inserts is still down, or comes twice, when the box has the focus again.
for (const [id, name] of MESSENGERS) {
  test(`${name}: Enter after Insert`, async () => {
    const messenger = await openMessenger(world, id, name);
    const { chat, page } = messenger;
    await chat.open();
    await chat.write('Say yes, gladly.');
    await page.keyboard.press('Enter');
    const draft = await chat.draft();
    await tabTo(chat, 'Insert');
    await page.waitForTimeout(1_000);
    await page.keyboard.down('Enter');
    await until('the draft is in the box', async () => {
      await page.keyboard.down('Enter');
      return (await messenger.model()).includes(draft.split('\n')[0]);
    });
    for (let repeats = 0; repeats < 5; repeats += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.waitForTimeout(500);
    assert.deepEqual(await world.lab.sent(), []);
    await messenger.holds(`Hi Mara,${draft} see you`);
    // It was meant for the box then.
    await page.keyboard.press('Enter');
    await until('the message is sent', async () => (await world.lab.sent()).length === 1);
  });
}
