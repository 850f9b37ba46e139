// The tabs of the options, the way to a setting by its words, and how much is in sight at once.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';

import { World, turnTo, until, words } from './harness.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TABS = ['AI', 'Where', 'How', 'Your data'];

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

const chosen = (page) => page.getByRole('tab', { selected: true }).allTextContents();
const isChosen = (page, tab) => until(`${tab} is chosen`, async () => (await chosen(page)).join() === tab);
const at = async (part) => {
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url(`options.html#${part}`));
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
};
const inSight = (page, part) => until('it is in sight', () => page.locator(part).evaluate((found) => {
  const { top, bottom } = found.getBoundingClientRect();
  return bottom > top && top >= 0 && top < innerHeight;
}));

test('the address names the tab', async () => {
  const page = await world.browser.options();
  assert.deepEqual(await page.getByRole('tab').allTextContents(), TABS);
  await turnTo(page, 'How');
  await turnTo(page, 'Where');
  await page.goBack();
  await isChosen(page, 'How');
  await page.reload();
  await isChosen(page, 'How');
  await page.goBack();
  await isChosen(page, 'AI');
  assert.equal(await page.getByRole('tabpanel').count(), 1);
});

test('arrow keys lead through tabs', async () => {
  const page = await world.browser.options();
  await page.getByRole('tab', { name: 'AI' }).focus();
  const length = await page.evaluate(() => history.length);
  for (const [key, tab] of [['ArrowRight', 'Where'], ['End', 'Your data'], ['ArrowRight', 'AI'], ['ArrowLeft', 'Your data'], ['Home', 'AI']]) {
    await page.keyboard.press(key);
    await isChosen(page, tab);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), tab);
  }
  assert.equal(await page.evaluate(() => history.length), length, 'no trail is left');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest('[role=tabpanel]'))), true, 'one stop for all tabs');
});

test('links lead into their tab', async () => {
  const { sources } = await world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
  for (const [part, tab] of [['retry', 'How'], ['sources', 'AI'], ['apps', 'Where'], ['data', 'Your data']]) {
    const page = await at(part);
    await isChosen(page, tab);
    await inSight(page, `#${part}`);
    await page.close();
  }
  const page = await at(`rules-${sources[0].id}`);
  await page.locator('details[open] > summary:focus').waitFor();
  await inSight(page, 'summary:focus');
});

// What is typed in one tab is there after a look at another, and so is the Undo.
test('tabs keep what is open', async () => {
  const page = await world.browser.options();
  await page.getByRole('button', { name: /^Edit / }).click();
  await page.getByLabel(/^Model/).fill('half a na');
  await turnTo(page, 'Your data');
  await page.getByRole('switch', { name: /second site/ }).click();
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).waitFor();
  await turnTo(page, 'AI');
  assert.equal(await page.getByLabel(/^Model/).inputValue(), 'half a na');
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await page.locator('.toast .note', { hasText: 'Undone' }).waitFor();
});

test('search leads to a setting', async () => {
  const page = await world.browser.options();
  const search = page.getByRole('searchbox', { name: 'Find a setting' });
  const results = page.locator('.matches a');
  await search.pressSequentially('dark');
  await search.press('Enter');
  await isChosen(page, 'How');
  await inSight(page, '#options_theme');
  assert.ok(await page.locator('#options_theme button:focus').count(), 'the setting has the focus');
  assert.equal(await search.inputValue(), '');
  assert.equal(await results.count(), 0);

  await search.fill('backup');
  await page.getByRole('status').filter({ hasText: words('options_search_found') }).waitFor();
  await results.filter({ hasText: 'Restore a backup' }).click();
  await page.locator('#import[open] > summary:focus').waitFor();
  // The same once more, with the address as it is.
  await turnTo(page, 'Your data');
  await page.goBack();
  await page.locator('#import > summary').click();
  await search.fill('Restore a');
  await search.press('Enter');
  await page.locator('#import[open] > summary:focus').waitFor();

  await search.fill('gravity');
  await page.locator('.note', { hasText: words('options_search_none') }).waitFor();
  await search.press('Escape');
  await until('nothing is said any more', async () => (await page.locator('header .note').count()) === 0);
});

// It opens beside the page; what was typed stays.
test('each service leads to its keys', async () => {
  const page = await world.browser.options();
  await page.getByRole('button', { name: 'Add an AI' }).click();
  await page.getByRole('button', { name: 'OpenAI', exact: true }).click();
  await page.getByLabel(/^Model/).fill('gpt');
  await page.getByRole('button', { name: 'Get a key' }).click();
  const devtools = await world.browser.context.browser().newBrowserCDPSession();
  const open = async () => (await devtools.send('Target.getTargets')).targetInfos.map(({ url }) => url);
  await until('the page for keys is open', async () => (await open()).includes('https://platform.openai.com/api-keys'));
  await page.bringToFront();
  assert.equal(await page.getByLabel(/^Model/).inputValue(), 'gpt');
});

/** Words and controls that can be seen without opening anything. */
const inView = (page) => page.evaluate(() => {
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const controls = [...document.querySelectorAll('.stage :is(a, button, input, textarea, select, summary)')].filter(isSeen);
  return { words: document.querySelector('.stage').innerText.split(/\s+/).filter(Boolean).length, controls: controls.length };
});

// Half of the 566 words and 67 controls that the page had in one piece.
test('few words at first sight', async () => {
  await world.addSource({ id: 'two', name: 'Second' });
  const page = await world.browser.options();
  for (const tab of TABS) {
    await turnTo(page, tab);
    const seen = await inView(page);
    assert.ok(seen.words <= 283 && seen.controls <= 34, `${tab}: ${JSON.stringify(seen)}`);
  }
});

test('every tab is accessible', async () => {
  const page = await world.browser.options();
  for (const tab of TABS) {
    await turnTo(page, tab);
    await page.getByRole('searchbox').fill('key');
    await page.locator('.matches').waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], `${tab}, ${colorScheme}`);
    }
  }
});

test('forced colours show the tab', async () => {
  const page = await world.browser.options();
  await page.emulateMedia({ forcedColors: 'active' });
  const grounds = await page.getByRole('tab').evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).backgroundColor));
  assert.equal(grounds.filter((ground) => ground === grounds[0]).length, 1, grounds.join());
});

// 320 pixels wide, and with the largest text.
test('nothing is cut when narrow', async () => {
  const page = await world.browser.options();
  await page.setViewportSize({ width: 320, height: 640 });
  for (const size of ['Normal', 'Larger']) {
    await turnTo(page, 'How');
    await page.getByRole('button', { name: size, exact: true }).click();
    await until('the size is taken', async () => (await page.locator('html').getAttribute('data-size')) === size.toLowerCase());
    for (const tab of TABS) {
      await turnTo(page, tab);
      const cut = await page.evaluate(() => [...document.querySelectorAll('.stage *')].filter((element) => {
        const { width, left, right } = element.getBoundingClientRect();
        return width > 0 && element.checkVisibility() && (left < 0 || right > document.documentElement.clientWidth + 0.5);
      }).map((element) => element.outerHTML.slice(0, 120)));
      assert.deepEqual(cut, [], `${tab}, ${size}`);
    }
  }
  await turnTo(page, 'How');
  await page.getByRole('button', { name: 'Normal', exact: true }).click();
  await until('the size is as before', async () => (await page.locator('html').getAttribute('data-size')) === 'normal');
});
