// The adapters, on pages in the markup of their messengers, under the messengers' own addresses.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';
import { BOX, EditorPage } from './page.mjs';
import { buildPages } from './pages/build.mjs';

const SITES = JSON.parse(await readFile(new URL('../../extension/sites.json', import.meta.url), 'utf8'));

const talk = (mara, me) => [
  { from: 'them', name: mara, text: 'Are we still on for seven?' },
  { from: 'me', name: me, text: 'Yes 🎉' },
  { from: 'them', name: mara, text: 'Great. At the usual place?' },
];
const split = ([first, second, { text, ...third }]) => [first, second, ...text.split(/(?<=\.) /).map((part) => ({ ...third, text: part }))];

const FIXTURES = {
  whatsapp: talk('Mara Lind', 'Sam'),
  discord: split(talk('Mara Lind', 'Sam')),
  slack: split(talk('Mara Lind', 'Sam')),
  messenger: talk('Mara Lind', ''),
  linkedin: talk('Mara Lind', 'Sam'),
  telegram_k: talk('Mara Lind', ''),
  x: talk('', ''),
  wechat_file_transfer: [{ from: 'me', name: '', text: 'A note to myself' }],
};
const FILES = { wechat_file_transfer: 'file_transfer' };
const hostOf = (id) => SITES.find((site) => site.id === id).hosts[0];

let world;
before(async () => {
  const hosts = Object.keys(FIXTURES).map(hostOf);
  world = await World.open(
    (lab) => ({
      hosts: hosts.map((host) => `https://${host}/*`),
      rules: hosts.map((host) => `MAP ${host} 127.0.0.1:${lab.ports.https}`),
      args: ['--ignore-certificate-errors'],
      ignoreHTTPSErrors: true,
    }),
    { fixtures: await buildPages('sites') },
  );
  for (const host of hosts) await world.browser.switchOnSite(`https://${host}`);
});
afterEach(() => world.reset());
after(() => world.close());

const open = (id, options) => EditorPage.open(world.browser, `https://${hostOf(id)}/fixtures/${FILES[id] ?? id}.html`, options);

/** What the content script told the worker when the card was opened. */
async function told(page) {
  await page.browser.desk.evaluate(() => {
    globalThis.heard = [];
    chrome.runtime.onMessage.addListener((message) => void globalThis.heard.push(message));
  });
  await page.chat.open();
  return until('the card is asked for', () => page.browser.desk.evaluate(() => globalThis.heard.find(({ kind }) => kind === 'open')?.fields));
}

for (const [id, messages] of Object.entries(FIXTURES)) {
  test(`${id}: its adapter fits, reads the last messages and puts a draft in`, async () => {
    const page = await open(id);
    assert.deepEqual(await told(page), { adapter: id });
    assert.deepEqual((await page.tell({ kind: 'read_messages', count: 20 })).messages, messages);
    assert.deepEqual((await page.tell({ kind: 'read_messages', count: 1 })).messages, messages.slice(-1));
    assert.deepEqual((await page.tell({ kind: 'read_messages', count: 0 })).messages, []);
    assert.equal((await page.tell({ kind: 'insert', text: ' gladly 🎉\nSam,' })).done, true);
    assert.equal(await page.model(), 'Hi Mara, gladly 🎉\nSam, see you');
    assert.deepEqual(await world.lab.sent(), []);
  });
}

test('an adapter that finds no box says so, and the generic one does its work', async () => {
  const page = await EditorPage.open(world.browser, `https://${hostOf('slack')}/fixtures/linkedin.html`);
  assert.deepEqual(await told(page), { adapter: 'generic', missed: 'slack' });
  assert.equal((await page.tell({ kind: 'insert', text: ' gladly,' })).done, true);
  assert.equal(await page.model(), 'Hi Mara, gladly, see you');
});

test('a page of no known site is read by its roles', async () => {
  const page = await EditorPage.open(world.browser, `${world.lab.origin}/fixtures/prosemirror.html`);
  assert.deepEqual(await told(page), { adapter: 'generic' });
  assert.deepEqual((await page.tell({ kind: 'read_messages', count: 5 })).messages, [{ from: 'them', name: '', text: 'Are we still on for seven?' }]);
});

test('a box that never had the focus is found by its adapter', async () => {
  const page = await open('whatsapp', { text: '' });
  await page.page.reload();
  await page.page.locator(BOX).waitFor();
  assert.equal((await page.tell({ kind: 'insert', text: 'Gladly' })).done, true);
  assert.equal(await page.model(), 'Gladly');
});

test('every adapter is whole, and no host belongs to two but by its versions', () => {
  const seen = new Map();
  for (const { id, hosts = [], box, way, messages } of SITES) {
    assert.ok(box && ['paste', 'type'].includes(way) && messages.row, id);
    for (const host of hosts) {
      const other = seen.get(host);
      assert.ok(!other || (other.startsWith('telegram_') && id.startsWith('telegram_')), `${host}: ${other} and ${id}`);
      seen.set(host, id);
    }
  }
  assert.equal(SITES.at(-1).id, 'generic');
});
