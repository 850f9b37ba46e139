// The popup: that it fits in every state, what it and the icon tell at a glance, and what it does with presses.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';
import { fits, isClear } from './popup_room.mjs';

let world;
let kept;
before(async () => {
  world = await World.open();
  kept = await settings();
});
afterEach(async () => {
  await world.browser.changeSettings(kept);
  await world.reset();
});
after(() => world.close());

const withoutFirstButton = (node) => {
  const at = node.children?.findIndex((child) => child.tag === 'button') ?? -1;
  if (at >= 0) return Boolean(node.children.splice(at, 1));
  return Boolean(node.children?.some((child) => typeof child === 'object' && withoutFirstButton(child)));
};

test('a moved button takes no press', async () => {
  await world.lab.fail('invalid_api_key');
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  const popup = await world.browser.popup(chat.page);
  const tab = Number(new URL(popup.url()).searchParams.get('tab'));
  const { view } = await world.browser.desk.evaluate((id) => chrome.runtime.sendMessage({ kind: 'popup', tab: id }), tab);
  const tabs = () => world.browser.context.pages().length;
  const before = tabs();

  const keyPage = popup.getByRole('button', { name: 'Make a new key' });
  const { x, y, width, height } = await keyPage.boundingBox();
  // One button less beside it, in the moment in which the finger comes down.
  const section = view.root.children.find(({ tag }) => tag === 'section');
  assert.ok(withoutFirstButton(section.children.find(({ tag }) => tag === 'article')), 'there is a button to take away');
  await world.browser.desk.evaluate(([id, changed]) => chrome.runtime.sendMessage({ kind: 'paint_popup', tab: id, view: changed }), [tab, view]);
  await popup.mouse.click(x + width / 2, y + height / 2);
  assert.equal(tabs(), before, 'the press was meant for the button that was there before');

  await until('a press that was aimed opens the page', async () => {
    await keyPage.click();
    return tabs() > before;
  }, { every: 500 });
});

// --- room, and what is told at a glance --------------------------------------------------------------------------------

const settings = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);

/** So many sources with long names, the first of them as it is. */
async function manySources(count) {
  const [first] = (await settings()).sources;
  const more = Array.from({ length: count - 1 }, (_, at) => ({ ...first, id: `more${at}`, name: `The model of the long corridor, number ${at + 1}` }));
  await world.browser.changeSettings({ sources: [first, ...more] });
}

/** Asks until the call has failed and no wait runs. */
async function failed(fault, knobs) {
  await world.lab.fail(fault, { times: -1, ...knobs });
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  return chat;
}

async function look(page, name) {
  const popup = await world.browser.popup(page);
  await fits(popup, name);
  await isClear(popup, name);
  return popup;
}

test('it fits without any failure', async () => {
  const chat = await world.chat();
  await look(chat.page, 'one source').then((popup) => popup.getByText('Not tried yet').waitFor());
  await manySources(14);
  const popup = await look(chat.page, 'many sources');
  await popup.getByText('4 more', { exact: true }).click();
  assert.equal(await popup.locator('.health:visible').count(), 14);
  await world.browser.changeSettings({ sources: [] });
  const bare = await look(chat.page, 'no source');
  const options = world.browser.context.waitForEvent('page');
  await bare.getByRole('button', { name: 'Choose an AI' }).click();
  await (await options).waitForURL(/options\.html/);
});

test('it fits with several failures', async () => {
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await manySources(14);
  await failed('server_error');
  const chat = await failed('context_too_long');
  for (const fault of ['insufficient_quota', 'invalid_api_key']) await failed(fault);
  const popup = await look(chat.page, 'several failures');
  assert.equal(await popup.locator('article:visible').count(), 1);
  await popup.getByText('3 earlier failures').click();
  assert.equal(await popup.locator('article:visible').count(), 4);
  assert.equal(await popup.getByText('In other tabs').isVisible(), true);
  await popup.getByRole('button', { name: 'Clear list' }).click();
  await popup.getByText('All good.').waitFor();
  await fits(popup, 'cleared');
});

test('it fits with a long name', async () => {
  const name = 'The one that my colleague set up for the whole department last year';
  await world.browser.changeSettings({ policy: { attempts: 1 }, sources: kept.sources.map((source) => ({ ...source, name })) });
  const chat = await failed('connection_reset');
  await look(chat.page, 'long name');
});

test('health of a source in words', async () => {
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  const chat = await failed('insufficient_quota');
  const told = async () => {
    const popup = await world.browser.popup(chat.page);
    const text = await popup.locator('.health .told').first().textContent();
    await popup.close();
    return text;
  };
  assert.equal(await told(), 'Failing: Credit used up');
  await world.lab.healthy();
  await chat.page.bringToFront();
  await chat.retry();
  await chat.draft();
  assert.equal(await told(), 'Answering');
  await world.lab.fail('rate_limited', { retry_after: 600, times: -1 });
  const waits = await world.chat();
  await waits.ask();
  await waits.diagnosis();
  const popup = await look(waits.page, 'a wait');
  assert.match(await popup.locator('.health .told').first().textContent(), /^Waiting until (\w{3} )?\d{1,2}:\d\d\s(AM|PM)$/);
});

// The number is of what the person has to do; what goes on by itself is a sign.
test('the badge says what waits', async () => {
  const badge = async ({ page }) => {
    await page.bringToFront();
    return world.browser.desk.evaluate(async () => {
      const [{ id: tabId }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      return [await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })];
    });
  };
  const becomes = (chat, text, title) => until(`the badge is '${text}'`, async () => {
    const [shown, told] = await badge(chat);
    return shown === text && told === title;
  });
  await world.browser.changeSettings({ policy: { attempts: 3 } });
  const chat = await failed('invalid_api_key');
  await becomes(chat, '1', 'Unstuck: 1 request waits for you');
  const other = await failed('invalid_api_key');
  await becomes(other, '1', 'Unstuck: 1 request waits for you');
  const popup = await world.browser.popup(other.page);
  await popup.getByRole('button', { name: 'Clear list' }).click();
  await becomes(other, '', 'Unstuck');
  await becomes(chat, '', 'Unstuck');
  await world.lab.fail('never_answers', { times: -1 });
  await chat.retry();
  await becomes(chat, '…', 'Unstuck is on it');
  await chat.press('Stop');
  await becomes(chat, '', 'Unstuck');
  await world.lab.healthy();
  await chat.press('Draft');
  await chat.draft();
  await becomes(chat, '', 'Unstuck');
  await world.lab.fail('rate_limited', { retry_after: 20 });
  await chat.press('New draft');
  await chat.sees('.countdown');
  await becomes(chat, '…', 'Unstuck is on it');
});

