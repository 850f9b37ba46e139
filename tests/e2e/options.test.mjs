// The options page: every change is kept at once and can be taken back, and each section does what it says.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, turnTo, until, words } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

const kept = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
const keys = () => world.browser.desk.evaluate(async () => Object.keys(await chrome.storage.local.get()).filter((name) => /^key/.test(name)));
const note = (page, text) => page.locator('.toast .note', { hasText: text }).waitFor();
const undo = (page) => page.locator('.toast').getByRole('button', { name: 'Undo' });

async function commit(page, name, value) {
  const field = page.locator(`input[name="${name}"]`);
  await field.fill(value);
  await field.press('Tab');
}

// It does so even if the worker died meanwhile.
test('undo restores source and key', async () => {
  const before = await kept();
  const page = await world.browser.options();
  await page.locator('.order').getByRole('button', { name: /^Remove / }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await note(page, 'removed');
  assert.deepEqual([(await kept()).sources, await keys()], [[], ['keys_aside']]);
  await world.browser.killWorker();
  await undo(page).click();
  await note(page, 'Undone');
  assert.deepEqual(await kept(), before);
  assert.deepEqual(await keys(), [`key:${before.sources[0].id}`]);
  await page.close();
  const chat = await world.chat();
  await chat.ask();
  await chat.draft();
});

// It does not matter which of our pages is opened or closed, or which tab of this one was shown.
test('other pages leave undo alone', async () => {
  const page = await world.browser.options();
  await turnTo(page, 'How');
  await turnTo(page, 'AI');
  await page.locator('.order').getByRole('button', { name: /^Remove / }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await note(page, 'removed');
  await (await world.browser.options()).close();
  const guided = await world.browser.context.newPage();
  await guided.goto(world.browser.url('welcome.html'));
  await guided.getByRole('heading', { level: 1 }).waitFor();
  await guided.close();
  await undo(page).click();
  await note(page, 'Undone');
  assert.equal((await keys()).length, 1);
});

// No key is left behind for an undo that cannot come.
test('closing forgets what undo kept', async () => {
  const page = await world.browser.options();
  await page.getByRole('button', { name: /^Edit / }).click();
  await page.getByRole('button', { name: 'Forget the key' }).click();
  await note(page, 'key');
  assert.deepEqual(await keys(), ['keys_aside']);
  await page.close({ runBeforeUnload: false });
  const next = await world.browser.options();
  assert.deepEqual(await keys(), []);
  await next.close();
  await world.useLab();
});

// A change in one tab ends what the other could undo.
test('each tab has its state', async () => {
  const first = await world.browser.options();
  const second = await world.browser.options('Your data');
  await first.getByRole('button', { name: 'Add an AI' }).click();
  await second.getByRole('switch', { name: /on this computer/ }).click();
  await note(second, 'Saved');
  assert.ok(await first.getByRole('button', { name: 'OpenRouter' }).isVisible(), 'what is open there stays open');
  await turnTo(first, 'Your data');
  await first.getByRole('switch', { name: /second site/ }).click();
  await note(first, 'Saved');
  await undo(second).click();
  await note(second, 'Something else changed');
  await undo(first).click();
  await note(first, 'Undone');
  const { local_fallback, second_host } = await kept();
  assert.deepEqual([local_fallback, second_host], [true, true]);
  await first.getByRole('switch', { name: /on this computer/ }).click();
  await note(first, 'Saved');
});

test('an open form survives the worker', async () => {
  const page = await world.browser.options();
  await page.getByRole('button', { name: 'Add an AI' }).click();
  await page.getByRole('button', { name: 'Ollama' }).click();
  await page.getByLabel(/^Model/).fill('lab-small');
  await world.browser.killWorker();
  await page.getByLabel(/^Address/).fill(world.lab.origin);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await note(page, 'Saved');
  assert.equal((await kept()).sources.length, 2);
  await undo(page).click();
  await note(page, 'Undone');
});

// A value that makes no sense is refused with the reason.
test('retries per source and for all', async () => {
  const page = await world.browser.options('How');
  await commit(page, 'tries', '0');
  await note(page, 'Saved');
  const [{ id }] = (await kept()).sources;
  await page.locator('summary', { hasText: 'Only for' }).click();
  await commit(page, `silence-${id}`, '7');
  await until('the source has a rule of its own', async () => (await kept()).sources[0].rules.stall_ms === 7_000);
  assert.equal((await kept()).policy.attempts, 1);
  for (const [name, value, key] of [
    ['tries', '9', 'options_tries_wrong'],
    ['longest_wait', 'soon', 'options_longest_wait_wrong'],
    ['first_byte', '', 'options_first_byte_wrong'],
    ['silence', '1.5', 'options_silence_wrong'],
  ]) {
    await commit(page, name, value);
    await page.locator(`#${name}-hint.problem`).filter({ hasText: words(key) }).waitFor();
    assert.equal(await page.locator(`input[name="${name}"]`).inputValue(), value, 'what was typed is still there');
  }
  await page.close();
  await world.lab.fail('server_error', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  await until('the retry is the person\'s', async () => (await chat.buttons()).some(({ label }) => /try again/i.test(label)));
  assert.equal((await world.lab.calls()).length, 1, 'nothing is tried again by itself');

  const again = await world.browser.options('How');
  await commit(again, 'tries', '2');
  await note(again, 'Saved');
  await commit(again, `silence-${id}`, '');
  await until('the source follows the rule for all', async () => (await kept()).sources[0].rules.stall_ms === null);
});

// The options, the popup and the card change at once.
test('theme and size apply everywhere', async () => {
  const chat = await world.chat({ colorScheme: 'light' });
  await chat.open();
  const page = await world.browser.options('How');
  await page.emulateMedia({ colorScheme: 'light' });
  const ground = (target) => target.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground(page);
  await page.getByRole('button', { name: 'Dark' }).click();
  await until('the page is dark', async () => (await ground(page)) !== light);
  await page.getByRole('button', { name: 'Larger' }).click();
  await until('the size is kept', async () => (await kept()).text_size === 'larger');
  const popup = await world.browser.popup(chat.page);
  await popup.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(popup), await ground(page));
  await chat.page.bringToFront();
  const look = () => chat.inCard((root) => {
    const card = root.querySelector('.card');
    return [getComputedStyle(card).backgroundColor, getComputedStyle(card.parentElement).zoom];
  });
  const dark = await ground(page);
  await until('the open card is dark and large', async () => (await look()).join() === [dark, '1.35'].join());
  await page.bringToFront();
  await page.getByRole('button', { name: 'Match system' }).click();
  await page.getByRole('button', { name: 'Normal' }).click();
  await until('all is as before', async () => (await kept()).text_size === 'normal' && (await ground(page)) === light);
});

// A button leads to the browser's page for them.
test('shortcuts are shown and linked', async () => {
  const page = await world.browser.options('Where');
  const commands = await world.browser.desk.evaluate(() => chrome.commands.getAll());
  const { description, shortcut } = commands.find(({ name }) => name === 'draft');
  const row = page.locator('#shortcuts li', { hasText: description });
  assert.equal(await row.locator('kbd, .hint').textContent(), shortcut || 'Not set');
  await page.getByRole('button', { name: 'Change' }).click();
  await until('the page is open', () => world.browser.context.pages().some((open) => open.url() === 'chrome://extensions/shortcuts'));
});

// What this version does not know stays as it is.
test('newer settings are kept and used', async () => {
  const before = await kept();
  const newer = {
    ...before,
    dreams: { deep: true },
    theme: 'sepia',
    sources: [{ ...before.sources[0], mood: 'calm' }, { id: 'future', name: 'Future', dialect: 'telepathy', base_url: 'https://future.test/v9', model: 'm' }],
  };
  await world.browser.changeSettings(newer);
  try {
    const page = await world.browser.options();
    assert.deepEqual(await page.locator('.known > bdi').allTextContents(), [before.sources[0].name], 'a source that cannot be asked is not shown');
    await turnTo(page, 'Your data');
    await page.getByRole('switch', { name: /second site/ }).click();
    await note(page, 'Saved');
    await turnTo(page, 'How');
    await commit(page, 'tries', '1');
    await until('the change is kept', async () => (await kept()).policy.attempts === 2);
    const after = await kept();
    assert.deepEqual([after.dreams, after.theme, after.second_host], [newer.dreams, 'sepia', !before.second_host]);
    assert.deepEqual(after.sources, newer.sources);
    await page.close();
  } finally {
    await world.browser.desk.evaluate((settings) => chrome.storage.local.set({ settings }), before);
    await world.browser.killWorker();
  }
});
