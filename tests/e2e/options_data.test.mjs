// The person's data as a whole: settings out and in again, and everything gone.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { World, turnTo, until, words } from './harness.mjs';

const KEY = 'sk-canary-marmalade-0123456789abcdef';
const SITE = 'canary-marmalade.test';

let world;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const kept = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
const note = (page, text) => page.locator('.toast .note', { hasText: text }).waitFor();

async function unfold(page, title) {
  const fold = page.locator('details.fold', { hasText: title });
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click();
}

async function look(page, file) {
  await unfold(page, 'Restore a backup');
  await page.locator('textarea[name=import]').fill(typeof file === 'string' ? file : JSON.stringify(file));
  await page.getByRole('button', { name: 'Preview' }).click();
}

test('export without keys, import in place', async () => {
  await world.browser.setUpSource(world.lab.baseUrl, KEY);
  const page = await world.browser.options('Your data');
  await unfold(page, 'Back up your settings');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export to a file' }).click();
  const path = await (await download).path();
  const text = await readFile(path, 'utf8');
  assert.ok(!text.includes('marmalade') && !/sealed/.test(text), 'no key is in the file');
  const file = JSON.parse(text);
  assert.deepEqual([file.format, file.version, file.settings.sources.length], ['unstuck-settings', 1, 1]);

  const before = await kept();
  await page.getByRole('switch', { name: /second site/ }).click();
  await note(page, 'Saved');
  await unfold(page, 'Restore a backup');
  await page.getByLabel('A file').setInputFiles(path);
  await until('the file is read', async () => (await page.locator('textarea[name=import]').inputValue()) === text);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('In it: AI services 1').waitFor();
  assert.equal((await kept()).second_host, false, 'looking changes nothing');
  await page.getByRole('button', { name: 'Use these settings' }).click();
  await note(page, 'The settings are in use');
  assert.deepEqual(await kept(), before);
  const stored = await world.browser.desk.evaluate(async () => Object.keys(await chrome.storage.local.get()));
  assert.ok(stored.includes(`key:${before.sources[0].id}`), 'a source at the same address keeps its key');
  await page.close();
});

// Each error has its place and reason; what is right is taken over after a press.
test('import explains errors, keeps the rest', async () => {
  const page = await world.browser.options('Your data');
  const before = await kept();
  for (const [file, key] of [
    ['{"format":', 'import_not_json'],
    [{ some: 'thing' }, 'import_foreign'],
    [{ format: 'unstuck-settings', version: 2, settings: {} }, 'import_newer'],
  ]) {
    await look(page, file);
    await page.locator('#import-hint.problem').filter({ hasText: words(key) }).waitFor();
  }
  await look(page, {
    format: 'unstuck-settings',
    version: 1,
    settings: {
      sources: [
        { id: before.sources[0].id, name: 'Thief', dialect: 'openai', base_url: 'https://thief.test/v1', model: 'm' },
        { name: 'Nowhere' },
      ],
      sites: ['http://127.0.0.1', 'nonsense', 'http://*.test'],
      second_host: 'maybe',
      policy: { attempts: 99 },
      wings: 2,
    },
  });
  const wrong = page.locator('#data .wrong li');
  await wrong.first().waitFor();
  assert.deepEqual(await wrong.locator('code').allTextContents(), ['sources[1]', 'sites[1]', 'sites[2]', 'second_host', 'policy.attempts', 'wings']);
  assert.deepEqual(await kept(), before);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Preview' }).waitFor();
  assert.deepEqual(await kept(), before);

  await look(page, { format: 'unstuck-settings', version: 1, settings: { sources: [{ id: before.sources[0].id, name: 'Thief', base_url: 'https://thief.test/v1', model: 'm' }], theme: 'dark' } });
  await page.getByRole('button', { name: 'Use these settings' }).click();
  await note(page, 'The settings are in use');
  const { sources, theme } = await kept();
  assert.deepEqual([sources.length, theme], [1, 'dark']);
  assert.notEqual(sources[0].id, before.sources[0].id, 'no key goes to another address');
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await note(page, 'Undone');
  assert.deepEqual(await kept(), before);
  await page.close();
});

// No trace is in the storage or in the files of the profile, and the extension starts afresh.
test('deleting everything leaves no trace', async () => {
  const { browser, lab } = world;
  await browser.switchOnSite(SITE);
  await lab.fail('invalid_api_key', { times: -1 });
  const chat = await world.chat();
  await chat.ask('canary-marmalade');
  await chat.diagnosis();
  const page = await browser.options('Your data');
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, delete everything' }).click();
  await note(page, 'Everything is deleted');
  await turnTo(page, 'AI');
  await page.getByRole('button', { name: 'OpenAI', exact: true }).waitFor();
  await until('the open card is closed', async () => !(await chat.isOpen()));
  const left = await browser.desk.evaluate(async () => ({
    local: await chrome.storage.local.get(),
    session: await chrome.storage.session.get(),
    sync: await chrome.storage.sync.get(),
    scripts: await chrome.scripting.getRegisteredContentScripts(),
    alarms: await chrome.alarms.getAll(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    badges: await Promise.all((await chrome.tabs.query({})).map(({ id }) => chrome.action.getBadgeText({ tabId: id }))),
  }));
  assert.deepEqual({ ...left, badges: left.badges.join('') }, { local: {}, session: {}, sync: {}, scripts: [], alarms: [], databases: [], badges: '' });
  await chat.page.close();
  await page.close();

  const found = [];
  for (const entry of await readdir(join(browser.profile, 'Default'), { recursive: true, withFileTypes: true })) {
    // What the browser itself keeps of pages and downloads is no part of the extension.
    if (!entry.isFile() || !/Extension|IndexedDB|Storage/.test(entry.parentPath)) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    for (const canary of ['canary-marmalade', 'sealed']) {
      // The browser's own log of the scripts that were registered: no extension can clear it, and it holds the names of the
      // sites until the browser tidies it up.
      if (canary === 'canary-marmalade' && /Extension Scripts$/.test(entry.parentPath)) continue;
      if (bytes.includes(canary) || bytes.includes(Buffer.from(canary, 'utf16le'))) found.push(`${entry.parentPath}/${entry.name}: ${canary}`);
    }
  }
  assert.deepEqual(found, []);

  await lab.reset();
  await world.useLab();
  await browser.switchOnSite('http://127.0.0.1');
  const again = await browser.options('Your data');
  const agreement = again.getByRole('switch', { name: /may be sent/ });
  assert.equal(await agreement.getAttribute('aria-checked'), 'false', 'the agreement went with the rest');
  await agreement.click();
  await until('it is given again', async () => (await agreement.getAttribute('aria-checked')) === 'true');
  await again.close();
  const fresh = await world.chat();
  await fresh.ask();
  await fresh.draft();
});
