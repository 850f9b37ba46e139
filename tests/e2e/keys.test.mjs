// A key is safe: it is in no file of the profile, in no message to a page, and no page can ask for what is stored.
// Each check is tried on a planted key first, so that it is known to see one.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { World, until } from './harness.mjs';

const AREAS = ['local', 'session', 'sync', 'managed'];

const newKey = () => `sk-canary-${randomBytes(24).toString('base64url')}`;

/** Every way in which the bytes of a key can lie in a file. */
function encodings(key) {
  const utf16 = Buffer.from(key, 'utf16le');
  // Whatever stands before it, the key begins at one of three places in a group; the edges depend on the neighbours.
  const aligned = (before) => Buffer.from('x'.repeat(before) + key).toString('base64').slice(before ? 4 : 0, -4);
  return {
    'UTF-8': Buffer.from(key),
    'UTF-16LE': utf16,
    'UTF-16BE': Buffer.from(utf16).swap16(),
    'base64 at 0': Buffer.from(aligned(0)),
    'base64 at 1': Buffer.from(aligned(1)),
    'base64 at 2': Buffer.from(aligned(2)),
    hex: Buffer.from(Buffer.from(key).toString('hex')),
    HEX: Buffer.from(Buffer.from(key).toString('hex').toUpperCase()),
  };
}

/** In which encodings each of the keys lies in the files below a folder. */
async function search(folder, keys) {
  const sought = keys.map((key) => Object.entries(encodings(key)));
  const found = keys.map(() => new Set());
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath ?? entry.path, entry.name));
    for (const [at, forms] of sought.entries()) for (const [name, form] of forms) if (bytes.includes(form)) found[at].add(name);
  }
  return found.map((names) => [...names].sort());
}

/** Whether a text holds ten characters of the key in a row. */
const holdsPart = (text, key) => [...key].some((_, at) => at + 10 <= key.length && text.includes(key.slice(at, at + 10)));

/** Keeps all that reaches a place by messages, and what it hears of the stores. */
const RECORD = `() => {
  globalThis.record = { reached: [], changes: [] };
  const note = (what) => record.reached.push(JSON.stringify(what) ?? '');
  chrome.runtime.onMessage.addListener((message) => note(message));
  const send = chrome.runtime.sendMessage;
  chrome.runtime.sendMessage = (...message) => send(...message).then((reply) => (note(reply), reply));
  chrome.storage.onChanged.addListener((...change) => record.changes.push(JSON.stringify(change)));
}`;

/** The world in which our content script runs inside a page, with a record of all that reaches it. */
async function contentWorld(browser, page) {
  const devtools = await browser.context.newCDPSession(page);
  const worlds = [];
  devtools.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
  await devtools.send('Runtime.enable');
  const { uniqueId } = await until('our content script is there', () => worlds.find(({ origin }) => origin === `chrome-extension://${browser.id}`));
  const run = async (script, ...args) => {
    const expression = `(${script})(...${JSON.stringify(args)})`;
    const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', { expression, uniqueContextId: uniqueId, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await run(RECORD);
  return { run, record: () => run('() => record') };
}

/** What each storage area gives to whoever asks in this place: its content, or the reason why not. */
const READ = `async (areas) => {
  const read = (area) => chrome.storage[area].get(null).then((content) => ({ content }), ({ message }) => ({ refused: message }));
  return Object.fromEntries(await Promise.all(areas.map(async (area) => [area, await read(area)])));
}`;

let world;
before(async () => {
  world = await World.open();
});
beforeEach(async () => {
  await world.reset();
  await world.browser.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'popup', tab: 0 })); // Wakes the worker.
});
after(() => world.close());

// No message to a page holds ten characters of a key, and no page of ours shows one.
test('no message reveals a key', async () => {
  const { browser, lab } = world;
  const [key, planted] = [newKey(), newKey()];
  const chat = await world.chat();
  const content = await contentWorld(browser, chat.page);
  await browser.setUpSource(lab.baseUrl, key);
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: lab.origin });

  // What a leak would look like, once in a message and once in a reply.
  const leaks = async () => (await content.record()).reached.filter((text) => holdsPart(text, planted)).length;
  const tab = await browser.desk.evaluate(async (url) => (await chrome.tabs.query({})).find((one) => one.url === url).id, chat.page.url());
  await browser.inWorker(([id, text]) => chrome.tabs.sendMessage(id, { kind: 'leak', text }).catch(() => {}), [tab, planted.slice(7, 17)]);
  await until('the planted message is seen', async () => (await leaks()) === 1);
  await browser.inWorker((text) => {
    globalThis.leak = (_message, _sender, reply) => reply(text);
    chrome.runtime.onMessage.addListener(globalThis.leak);
  }, planted.slice(20, 31));
  await content.run(`() => chrome.runtime.sendMessage({ kind: 'online' }).then(() => {})`);
  await browser.inWorker(() => chrome.runtime.onMessage.removeListener(globalThis.leak));
  assert.equal(await leaks(), 2, 'a planted reply is seen');

  await chat.page.bringToFront();
  await chat.open();
  await chat.inCard(RECORD);
  await chat.write('Say yes, gladly.');
  await chat.press('Draft');
  await world.explains(chat, { cause: 'invalid_api_key' });
  await chat.press('Copy report');
  const report = await until('a report is on the clipboard', () => chat.clipboard());
  assert.match(report, /invalid_api_key/);
  assert.ok(!holdsPart(report, key));
  const reached = [...(await content.record()).reached, ...(await chat.inCard('() => record.reached'))];
  assert.ok(reached.some((text) => text.includes('data-cause')), 'the card was painted by messages that were recorded');
  assert.deepEqual(reached.filter((text) => holdsPart(text, key)), []);

  const options = await browser.options();
  await options.getByRole('button', { name: /^Edit / }).click();
  const shown = () => options.evaluate(() => document.body.innerHTML + [...document.querySelectorAll('input')].map(({ value }) => value).join());
  assert.ok(!holdsPart(await shown(), key));
  await options.getByLabel(/^Key/).fill(planted);
  assert.ok(holdsPart(await shown(), planted), 'a key that is shown is seen');
});

// They can read none of its areas and hear of no change.
test('content scripts cannot read storage', async () => {
  const { browser } = world;
  const chat = await world.chat();
  const content = await contentWorld(browser, chat.page);
  const refused = async () => Object.values(await content.run(READ, AREAS)).filter((answer) => answer.refused).length;
  const lock = (accessLevel) => browser.inWorker((level) => chrome.storage.local.setAccessLevel({ accessLevel: level }), accessLevel);

  const own = await browser.desk.evaluate(`(${READ})(${JSON.stringify(AREAS)})`);
  assert.deepEqual(Object.entries(own).filter(([, { refused: why }]) => why), [], 'a page of ours may read all of them');
  assert.ok(own.local.content.settings, 'and there is something to be read');

  await lock('TRUSTED_AND_UNTRUSTED_CONTEXTS');
  assert.equal(await refused(), AREAS.length - 1, 'an area that is not locked can be read');
  await browser.setUpSource(world.lab.baseUrl, newKey());
  await until('changes of an area that is not locked are heard', async () => (await content.record()).changes.length > 0);

  await lock('TRUSTED_CONTEXTS');
  for (const life of ['the same life', 'the next life']) {
    assert.equal(await refused(), AREAS.length, `in ${life} of the worker`);
    const { changes } = await content.record();
    const heard = await browser.desk.evaluate(() => {
      globalThis.heard ??= [];
      chrome.storage.onChanged.addListener((change) => globalThis.heard.push(change));
      return globalThis.heard.length;
    });
    await browser.setUpSource(world.lab.baseUrl, newKey());
    await browser.desk.evaluate(() => chrome.storage.session.set({ probe: Math.random() }));
    await until('our own page hears of it', () => browser.desk.evaluate((before) => globalThis.heard.length > before, heard));
    assert.deepEqual((await content.record()).changes, changes, `in ${life} of the worker`);
    await browser.killWorker();
  }
});

// Neither in the clear nor encoded.
test('no profile file holds a key', async () => {
  const { browser, lab } = world;
  const [key, planted] = [newKey(), newKey()];
  await browser.setUpSource(lab.baseUrl, key);
  const chat = await world.chat();
  await chat.ask();
  await world.explains(chat, { cause: 'invalid_api_key' });
  const texts = Object.entries(encodings(planted)).filter(([name]) => !name.startsWith('UTF-16'));
  await browser.desk.evaluate(async ([text, forms]) => {
    await chrome.storage.local.set({ planted: forms });
    // The store of the browser writes the key of a record in one order of bytes, and a text beyond Latin-1 in the other.
    const opening = indexedDB.open('planted');
    opening.onupgradeneeded = () => opening.result.createObjectStore('texts');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const write = opening.result.transaction('texts', 'readwrite', { durability: 'strict' });
    write.objectStore('texts').put(`☃${text}`, text);
    await new Promise((resolve) => (write.oncomplete = resolve));
  }, [planted, texts.map(([, bytes]) => bytes.toString())]);
  await browser.context.close();
  const [of, ofPlanted] = await search(browser.profile, [key, planted]);
  assert.deepEqual(ofPlanted, Object.keys(encodings(planted)).sort(), 'a planted key is found in every encoding');
  assert.deepEqual(of, []);
});
