// The profiles that earlier builds have left, each as it lay on the disk: what was kept there holds, and is kept on.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';

import { Chat, World, until } from './harness.mjs';
import { updateAndGoOn } from './update.mjs';

const PROFILES = new URL('../data/profiles/', import.meta.url);
// Whose health this build still reads.
const HEALTH_READ = ['format_2_health_2.json'];
const CHAT = 'https://chat.example';
const API = 'https://api.example';

/** What a profile has kept: `local` is its `storage.local`, `master` the key of its vault, which a browser never gives out. */
const read = async (name) => JSON.parse(await readFile(new URL(name, PROFILES), 'utf8'));

/** Puts a profile in place of what is kept, and this build upon it, as an update does. */
async function takeOver(world, { master, local }) {
  await world.browser.desk.evaluate(async ([raw, kept]) => {
    const key = await crypto.subtle.importKey('raw', Uint8Array.fromBase64(raw), 'AES-GCM', false, ['encrypt', 'decrypt']);
    const opening = indexedDB.open('vault');
    opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const change = opening.result.transaction('keys', 'readwrite');
    change.objectStore('keys').put(key, 'master');
    await new Promise((resolve) => (change.oncomplete = resolve));
    opening.result.close();
    await chrome.storage.local.clear();
    await chrome.storage.local.set(kept);
  }, [master, local]);
  await updateAndGoOn(world.browser);
}

for (const name of await readdir(PROFILES)) {
  const profile = await read(name);
  describe(name, () => {
    let world;
    before(async () => {
      world = await World.open(({ ports }) => ({
        hosts: [`${CHAT}/*`, `${API}/*`],
        rules: [CHAT, API].map((origin) => `MAP ${new URL(origin).host} 127.0.0.1:${ports.https}`),
        args: ['--ignore-certificate-errors'],
      }));
      await takeOver(world, profile);
    });
    afterEach(() => Promise.all(world.browser.context.pages().map((page) => page === world.browser.desk || page.close())));
    after(() => world.close());

    const kept = () => world.browser.desk.evaluate(() => chrome.storage.local.get());

    test('its settings are shown', async () => {
      const options = await world.browser.options();
      const names = await options.locator('.order .entry').allTextContents();
      for (const [at, { name }] of profile.local.settings.sources.entries()) assert.ok(names[at].includes(name), names[at]);
      assert.equal(await options.locator('html').getAttribute('data-theme'), 'dark');
      const shown = await options.locator('body').innerHTML();
      for (const one of ['chat.example', 'Support']) assert.ok(shown.includes(one), one);
    });

    // Its bytes begin with a number of their own. Those of another number are not read: counting begins anew.
    if (profile.local.health) test('its health is read or forgotten', async () => {
      const [known, written] = await world.browser.inside(async ({ load, vault }, health) => {
        const core = await load();
        // The worker may have written its own by now.
        await chrome.storage.local.set({ health });
        const bytes = await vault.health();
        core.take_health(bytes, 0.5);
        return [bytes.toHex(), core.health().toHex()];
      }, profile.local.health);
      const tells = (hex) => Buffer.from(hex, 'hex').includes(profile.local.settings.sources[0].id);
      assert.ok(tells(known), 'it tells of the first AI');
      if (HEALTH_READ.includes(name)) assert.equal(written, known);
      else assert.ok(!tells(written), 'nothing is half read');
    });

    test('its keys and asks are there', async () => {
      const chat = await Chat.open(world.browser, `${CHAT}/messenger`);
      await chat.box.click();
      await chat.open();
      const prompt = () => chat.inCard((root) => root.querySelector('[name=prompt]').value);
      await until('the ask is in the card', async () => (await prompt()) === 'Tell Mara that Friday suits me.');
      await chat.press('Draft');
      await chat.draft();
      const calls = await world.lab.calls();
      assert.deepEqual(calls.map(({ key, model }) => [key, model]), [['accepted', 'lab-small']]);
    });

    test('its drafts can be found', async () => {
      const page = await world.browser.context.newPage();
      await page.goto(world.browser.url('drafts.html'));
      await page.getByText('See you on Friday.').waitFor();
    });

    test('nothing of it was changed', async () => {
      const now = await kept();
      assert.deepEqual(now.settings, profile.local.settings);
      for (const name of Object.keys(profile.local).filter((name) => name.startsWith('key:'))) assert.deepEqual(now[name], profile.local[name]);
      assert.ok(now.format > 1, 'the format is written down');
    });
  });
}
