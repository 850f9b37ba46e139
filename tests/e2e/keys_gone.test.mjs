// What becomes of keys that cannot be kept, and of the key of all keys once everything is deleted.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { World, until, words } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
after(() => world.close());

/** In which files below a folder these bytes lie. */
async function holders(folder, bytes) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path).catch(() => Buffer.alloc(0))).includes(bytes)) found.push(path);
  }
  return found;
}

test('a full storage is told', async () => {
  const { browser, lab } = world;
  const kept = () => browser.desk.evaluate(async () => JSON.stringify(Object.entries(await chrome.storage.local.get()).filter(([name]) => name !== 'filler')));
  const before = await kept();
  await browser.desk.evaluate(async () => {
    const room = chrome.storage.local.QUOTA_BYTES - (await chrome.storage.local.getBytesInUse());
    await chrome.storage.local.set({ filler: 'x'.repeat(room - 100) });
  });
  const page = await browser.options();
  await page.getByRole('button', { name: 'Add an AI' }).click();
  await page.getByRole('button', { name: 'Another service' }).click();
  const fields = { '^Address': lab.baseUrl, '^Key': 'lab-key-two', '^Model': 'lab-large' };
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(RegExp(label)).fill(value);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.note', { hasText: words('options_unsaved') }).waitFor();
  for (const [label, value] of Object.entries(fields)) assert.equal(await page.getByLabel(RegExp(label)).inputValue(), value, 'what was typed is still there');
  assert.equal(await kept(), before, 'nothing is kept by half');

  await browser.desk.evaluate(() => chrome.storage.local.remove('filler'));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.note', { hasText: 'Saved' }).waitFor();
  assert.equal(await page.locator('.known > bdi').count(), 2);
  await page.close();
});

// "Delete everything" takes the key of all keys out of the files.
test('the master key leaves the disk', async () => {
  const { browser, lab } = world;
  const raw = randomBytes(32);
  await browser.inside(({ vault }) => vault.destroy());
  await browser.killWorker();
  await browser.wake();
  await browser.inWorker(async (bytes) => {
    const known = await crypto.subtle.importKey('raw', Uint8Array.from(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']);
    crypto.subtle.generateKey = async () => known;
  }, [...raw]);
  await browser.setUpSource(lab.baseUrl, lab.key);
  await until('the key is seen in a file', async () => (await holders(browser.profile, raw)).length > 0);

  const page = await browser.options('Your data');
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, delete everything' }).click();
  await page.locator('.toast .note', { hasText: 'Everything is deleted' }).waitFor({ timeout: 60_000 });
  await until('no file holds it', async () => (await holders(browser.profile, raw)).length === 0, { ms: 10_000 }).catch(() => {});
  assert.deepEqual(await holders(browser.profile, raw), []);
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
  await page.close();
});
