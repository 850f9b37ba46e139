// The page of drafts: a field that finds them by their words while one types.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { World, until } from './harness.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = new URL('../../target/states/', import.meta.url);

let world;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const PLACES = ['Lisbon', 'Zürich', 'Oslo', 'Kraków', 'Porto'];
beforeEach(() => {
  const drafts = Array.from({ length: 50 }, (_, at) => ({
    at_ms: Date.now() - at * 60_000,
    task: 'reply',
    site: 'https://chat.example',
    source: 'Lab',
    text: `Yes, gladly: ${PLACES[at % 5]} on day ${at + 1}. ${'We could take the train and walk from there. '.repeat(3)}`,
  }));
  return world.browser.inside(({ vault }, kept) => vault.keepDrafts(kept), drafts);
});

async function open() {
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('drafts.html'));
  await page.locator('article').first().waitFor();
  return page;
}

const shown = (page) => page.locator('article .draft').allTextContents();
const shows = (page, count) => until(`${count} are shown`, async () => (await shown(page)).length === count);

test('typing narrows, Escape shows all', async () => {
  const page = await open();
  assert.equal((await shown(page)).length, 50);
  await page.keyboard.press('Tab');
  await page.keyboard.type('zÜRICH');
  await shows(page, 10);
  assert.ok((await shown(page)).every((text) => text.includes('Zürich')));
  await page.getByText('10 of 50 drafts').first().waitFor();
  await page.keyboard.type(' day 12.');
  await shows(page, 1);
  await until('it is said', async () => (await page.getByRole('status').first().textContent()) === '1 of 50 drafts');
  await page.keyboard.type('x');
  await page.getByText('No draft has these words.').first().waitFor();
  assert.equal(await page.locator('input[name=search]').inputValue(), 'zÜRICH day 12.x', 'what is typed stays');
  await page.keyboard.press('Escape');
  await shows(page, 50);
});

// The worker may have died between the search and the press.
test('a found draft is copied, erased', async () => {
  const page = await open();
  await page.getByRole('searchbox', { name: 'Search your drafts' }).fill('oslo day 18.');
  await shows(page, 1);
  const [text] = await shown(page);
  await world.browser.killWorker();
  await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: /^Copy: / }).click();
  await until('it is copied', async () => (await page.evaluate(() => navigator.clipboard.readText())) === text);
  assert.equal((await shown(page)).length, 1, 'the search still holds');
  await page.getByRole('button', { name: /^Erase: / }).click();
  await page.getByText('No draft has these words.').first().waitFor();
  const kept = await world.browser.inside(({ vault }) => vault.drafts());
  assert.equal(kept.length, 49, 'the others are kept');
  assert.ok(!kept.some((draft) => draft.text === text));
});

test('a search leaves no trace', async () => {
  const page = await open();
  const before = await world.browser.desk.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)));
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('searchbox').pressSequentially('lisbon');
  await shows(page, 10);
  assert.equal(await world.browser.desk.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null))), before);
  assert.deepEqual(asked, []);
});

test('the drafts are accessible', async () => {
  const page = await open();
  await mkdir(PICTURES, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const sought of ['', 'lisbon', 'nowhere']) {
      await page.getByRole('searchbox').fill(sought);
      await shows(page, sought ? { lisbon: 10, nowhere: 0 }[sought] : 50);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], `${colorScheme} ${sought}`);
      await page.screenshot({ path: fileURLToPath(new URL(`drafts_${sought || 'all'}_${colorScheme}.png`, PICTURES)) });
    }
  }
});
