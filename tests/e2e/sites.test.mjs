// The adapters, on pages in the markup of their messengers, under the messengers' own addresses.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { until } from './harness.mjs';
import { MESSENGERS, SITES, hostOf, messengersWorld, openMessenger } from './messengers.mjs';
import { BOX, EditorPage } from './page.mjs';

const talk = (mara, me) => [
  { from: 'them', name: mara, text: 'Are we still on for seven?' },
  { from: 'me', name: me, text: 'Yes 🎉' },
  { from: 'them', name: mara, text: 'Great. At the usual place?' },
];
const split = ([first, second, { text, ...third }]) => [first, second, ...text.split(/(?<=\.) /).map((part) => ({ ...third, text: part }))];

// Each adapter, the page that it is tried on, and what is said there.
const FIXTURES = [
  ['whatsapp', 'whatsapp', talk('Mara Lind', 'Sam')],
  ['telegram_k', 'telegram_k', talk('Mara Lind', '')],
  ['telegram_a', 'telegram_a', talk('Mara Lind', '')],
  ['discord', 'discord', split(talk('Mara Lind', 'Sam'))],
  ['slack', 'slack', split(talk('Mara Lind', 'Sam'))],
  ['messenger', 'messenger', talk('Mara Lind', '')],
  ['teams', 'teams', talk('Mara Lind', '')],
  ['linkedin', 'linkedin', talk('Mara Lind', 'Sam')],
  ['google_chat', 'google_chat', split(talk('Mara Lind', 'You'))],
  ['wechat', 'wechat', talk('Mara Lind', '')],
  ['wechat_file_transfer', 'file_transfer', [{ from: 'me', name: '', text: 'A note to myself' }]],
  ['x', 'x', talk('', '')],
  ['x', 'x_chat', talk('', '')],
];
// A host of a known messenger that is never switched on.
const OFF = 'ptb.discord.com';

let world;
before(async () => {
  world = await messengersWorld('sites', [OFF]);
});
afterEach(() => world.reset());
after(() => world.close());

const open = (...args) => openMessenger(world, ...args);

/** What the content script told the worker when the card was opened. */
async function told(page) {
  await page.browser.desk.evaluate(() => {
    globalThis.heard = [];
    chrome.runtime.onMessage.addListener((message) => void globalThis.heard.push(message));
  });
  await page.chat.open();
  return until('the card is asked for', () => page.browser.desk.evaluate(() => globalThis.heard.find(({ kind }) => kind === 'open')?.fields));
}

for (const [id, name, messages] of FIXTURES) {
  // The adapter fits, reads the last messages and puts a draft in.
  test(`${name}: adapter reads and inserts`, async () => {
    const page = await open(id, name);
    assert.deepEqual(await told(page), { adapter: id });
    assert.deepEqual((await page.tell({ kind: 'read_messages', count: 20 })).messages, messages);
    assert.deepEqual((await page.tell({ kind: 'read_messages', count: 1 })).messages, messages.slice(-1));
    assert.deepEqual((await page.tell({ kind: 'read_messages', count: 0 })).messages, []);
    assert.equal((await page.tell({ kind: 'insert', text: ' gladly 🎉\n\nSam,' })).done, true);
    assert.equal(await page.model(), 'Hi Mara, gladly 🎉\n\nSam, see you');
    await page.undo();
    await page.holds('Hi Mara, see you');
    assert.deepEqual(await world.lab.sent(), []);
  });
}

// The popup names the adapter that found no box.
test('generic adapter replaces a missing box', async () => {
  const page = await EditorPage.open(world.browser, `https://${hostOf('slack')}/fixtures/linkedin.html`);
  assert.deepEqual(await told(page), { adapter: 'generic', missed: 'slack' });
  const popup = await world.browser.popup(page.page);
  await popup.getByText('Click into the message box of Slack first').waitFor();
  await popup.close();
  assert.equal((await page.tell({ kind: 'insert', text: ' gladly,' })).done, true);
  assert.equal(await page.model(), 'Hi Mara, gladly, see you');
});

test('a found box is no news', async () => {
  const page = await open('slack');
  await told(page);
  const popup = await world.browser.popup(page.page);
  assert.equal(await popup.getByText('Click into the message box').count(), 0);
});

// It is switched on and off in the options.
test('a messenger is switched by name', async () => {
  const options = await world.browser.options('Where');
  const offers = options.getByRole('heading', { name: 'Messengers Unstuck knows' }).locator('xpath=following-sibling::ul[1]');
  assert.equal(await offers.getByRole('button', { name: 'Slack' }).count(), 0);
  const remove = options.getByRole('button', { name: 'Remove https://app.slack.com' });
  await remove.click();
  await offers.getByRole('button', { name: 'Slack' }).waitFor();
  const off = await EditorPage.open(world.browser, `https://${hostOf('slack')}/fixtures/slack.html`);
  assert.equal(await off.chat.isOffered(), false);
  await options.bringToFront();
  await offers.getByRole('button', { name: 'Slack' }).click();
  await remove.waitFor();
  const page = await open('slack');
  assert.deepEqual(await told(page), { adapter: 'slack' });
});

test('switched-off messengers get nothing', async () => {
  const page = await world.browser.context.newPage();
  const worlds = [];
  const devtools = await world.browser.context.newCDPSession(page);
  devtools.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.origin));
  await devtools.send('Runtime.enable');
  await page.goto(`https://${OFF}/fixtures/discord.html`);
  await page.locator(BOX).click();
  await page.keyboard.type('Hi');
  assert.equal(await page.locator('html > [popover]').count(), 0);
  assert.deepEqual(worlds.filter((origin) => origin.startsWith('chrome-extension:')), []);
});

test('unknown pages are read by roles', async () => {
  const page = await EditorPage.open(world.browser, `${world.lab.origin}/fixtures/prosemirror.html`);
  assert.deepEqual(await told(page), { adapter: 'generic' });
  assert.deepEqual((await page.tell({ kind: 'read_messages', count: 5 })).messages, [{ from: 'them', name: '', text: 'Are we still on for seven?' }]);
});

// Several may be open beside each other; what is read is the one with the box.
test('another open chat stays unread', async () => {
  const page = await EditorPage.open(world.browser, `${world.lab.origin}/fixtures/prosemirror.html`);
  await page.page.evaluate(() => {
    const beside = document.body.appendChild(document.createElement('section'));
    const log = beside.appendChild(Object.assign(document.createElement('div'), { role: 'log' }));
    log.append(Object.assign(document.createElement('article'), { textContent: 'Somebody else' }));
    beside.append(Object.assign(document.createElement('textarea'), { id: 'beside' }));
  });
  const read = async () => (await page.tell({ kind: 'read_messages', count: 5 })).messages.map(({ text }) => text);
  assert.deepEqual(await read(), ['Are we still on for seven?']);
  await page.page.locator('#beside').click();
  assert.deepEqual(await read(), ['Somebody else']);
});

test('a never focused box is found', async () => {
  const page = await open('whatsapp', 'whatsapp', { text: '' });
  await page.page.reload();
  await page.page.locator(BOX).waitFor();
  assert.equal((await page.tell({ kind: 'insert', text: 'Gladly' })).done, true);
  assert.equal(await page.model(), 'Gladly');
});

// Only two versions of one messenger may share a host. Those without a host are tried in `tests/real/messengers/`.
test('adapters are complete and hosts unique', () => {
  const seen = new Map();
  for (const { id, name, hosts = [], box, way, messages } of SITES) {
    assert.ok(box && ['paste', 'type', 'lines'].includes(way) && messages.row, id);
    for (const host of hosts) {
      assert.ok((seen.get(host) ?? name) === name, `${host}: ${seen.get(host)} and ${name}`);
      seen.set(host, name);
    }
  }
  assert.deepEqual(FIXTURES.map(([id, page]) => [id, page]), MESSENGERS);
  const known = [...new Set(FIXTURES.map(([id]) => id))];
  assert.deepEqual(SITES.filter(({ hosts }) => hosts).map(({ id }) => id), known);
  assert.deepEqual(SITES.map(({ id }) => id).slice(0, known.length), known, 'those of a host come first');
  assert.equal(SITES.at(-1).id, 'generic');
});
