// The page of health: real calls to the lab are on it and in what it saves, filtered, and an outage is told while it lasts and after.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';

import { isAccessible } from './audit.mjs';
import { World, until } from './harness.mjs';
import { monthOf } from './month.mjs';

let world;
let kept;
const settings = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
before(async () => {
  world = await World.open();
  await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const [lab] = (await settings()).sources;
  await world.browser.changeSettings({ policy: { attempts: 1 }, sources: [{ ...lab, name: 'Lab' }] });
  kept = await settings();
});
afterEach(async () => {
  await world.browser.changeSettings(kept);
  await world.reset();
});
after(() => world.close());

async function open(query = '') {
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url(`health.html${query}`));
  await page.locator('.history h1').waitFor();
  return page;
}

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** By keys, as a person may: what a script changes is no press. */
async function choose(page, label, option) {
  const box = page.getByRole('combobox', { name: label, exact: true });
  const at = (await box.locator('option').allTextContents()).indexOf(option);
  await box.press('Home');
  for (let step = 0; step < at; step += 1) await box.press('ArrowDown');
  await until(`${option} is chosen`, async () => (await box.locator('option:checked').textContent()) === option);
}

/** The lines of a CSV file without quoted cells, by the names of its columns. */
function lines(csv) {
  const [head, ...rows] = csv.trim().split('\r\n').map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [head[at], cell])));
}

const sum = (rows, name) => rows.reduce((all, row) => all + Number(row[name] ?? 0), 0);

async function someCalls() {
  for (const fault of [undefined, undefined, 'server_error', 'invalid_api_key', 'server_error']) {
    if (fault) await world.lab.fail(fault);
    else await world.lab.healthy();
    const chat = await world.chat();
    await chat.ask();
    await (fault ? chat.diagnosis() : chat.draft());
    await chat.page.close();
  }
}

test('before anything was asked', async () => {
  const page = await open();
  await page.getByText('No requests yet.').waitFor();
  assert.equal(await page.locator('select').count(), 0);
});

test('what is saved are the calls', async () => {
  await someCalls();
  const calls = await world.lab.calls();
  assert.equal(calls.length, 5);
  const page = await open();
  await page.getByText('Requests: 5, failed: 3.').waitFor();
  const { name, text } = await saved(page, 'Save as CSV');
  assert.match(name, /^unstuck-health-day-\d{4}-\d\d-\d\d\.csv$/);
  const rows = lines(text);
  const counted = ['requests', 'answered', 'failed', 'failed_server_error', 'failed_invalid_api_key', 'tries'].map((column) => sum(rows, column));
  assert.deepEqual(counted, [5, 2, 3, 2, 1, 5]);
  assert.ok(rows.every(({ first_word_p50_ms: ms, answered }) => answered === '0' || Number(ms) > 0));
  const json = await saved(page, 'Save as JSON');
  const { span, ais, incidents } = JSON.parse(json.text);
  const parts = ais.flatMap((ai) => ai.parts);
  assert.deepEqual([span, sum(parts, 'requests'), sum(parts, 'answered'), sum(parts, 'failed'), incidents.length], ['day', 5, 2, 3, 0]);
  for (const told of [text, json.text]) {
    for (const secret of [world.lab.key, 'Mara', '127.0.0.1']) assert.ok(!told.includes(secret), `${secret} is saved`);
  }
  // The table says the same.
  await page.getByText('As a table').click();
  const cells = await page.locator('.numbers td[data-name=Requests]').allTextContents();
  assert.equal(cells.reduce((all, cell) => all + Number(cell), 0), 5);
});

test('filters narrow page and files', async () => {
  await someCalls();
  await world.addSource({ id: 'two', name: 'Second' });
  const page = await open();
  await choose(page, 'Failed because', 'Trouble inside the service');
  await page.getByText('Requests: 5, failed: 2.').waitFor();
  assert.deepEqual(lines((await saved(page, 'Save as CSV')).text).map(({ failed }) => Number(failed)).reduce((a, b) => a + b), 2);
  for (const span of ['Last 7 days', 'Last 30 days']) {
    await choose(page, 'Time', span);
    await page.getByText('Days begin at midnight UTC.').waitFor();
    await page.getByText('Requests: 5, failed: 2.').waitFor();
  }
  await page.reload();
  await page.getByText('Requests: 5, failed: 2.').waitFor();
  assert.equal(await page.getByRole('combobox', { name: 'Time' }).inputValue(), 'month', 'a reload forgets nothing');
  await choose(page, 'AI', 'Second');
  await page.getByText('Nothing matches.').waitFor();
  // The worker may die while the page is open.
  await world.browser.killWorker();
  await choose(page, 'AI', 'All');
  await page.getByText('Requests: 5, failed: 2.').waitFor();
});

test('new calls appear by themselves', async () => {
  const page = await open();
  await page.getByText('No requests yet.').waitFor();
  await world.lab.healthy();
  const chat = await world.chat();
  await chat.ask();
  await chat.draft();
  await page.getByText('Requests: 1, failed: 0.').waitFor();
});

test('an outage while it lasts', async () => {
  let chat;
  for (let at = 0; at < 3; at += 1) {
    await world.lab.fail('server_error');
    chat = await world.chat();
    await chat.ask();
    await chat.diagnosis();
  }
  const page = await open();
  const card = page.locator('.outage');
  await card.waitFor();
  const told = await card.innerText();
  assert.match(told, /does not answer/);
  assert.match(told, /Began at \d{1,2}:\d\d\s[AP]M\./);
  assert.match(told, /Asks that failed: 3 of 3/);
  assert.match(told, /What you can do/);
  assert.ok((await card.getByRole('button').count()) <= 2);
  await isAccessible(page, 'an outage');
  // And on the card of the next call that fails.
  await world.lab.fail('server_error');
  const next = await world.chat();
  await next.ask();
  await next.diagnosis();
  const more = await next.inCard((root) => root.querySelector('.more').textContent);
  assert.match(more, /Outage: began at .+, 4 of 4 requests failed\./);
  await page.getByRole('button', { name: 'Add an AI' }).click();
  await until('the options open', () => world.browser.context.pages().some((other) => other.url().endsWith('options.html')));
});

test('a post-mortem of an outage', async () => {
  await monthOf(world, kept.sources);
  const page = await open('?span=month');
  const over = page.locator('.outages article').first();
  await over.waitFor();
  assert.match(await over.innerText(), /did not answer|answered only now and then|answered slowly/);
  await over.getByRole('button', { name: /^Copy post-mortem/ }).click();
  const text = await until('it is copied', async () => {
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    return copied.startsWith('# Post-mortem') && copied;
  });
  for (const part of ['## Summary', '## Timeline', '(`server_error`)', '## Who was told\n\nNobody was told.', '_To be filled in_', '## Actions']) assert.ok(text.includes(part), part);
  await over.getByRole('button', { name: /^Copied/ }).waitFor();
  // The charts are as high as their numbers say.
  const heights = await page.locator('.stack').evaluateAll((stacks) =>
    stacks.map((stack) => [...stack.children].reduce((all, bar) => all + bar.getBoundingClientRect().height, 0) / stack.getBoundingClientRect().height),
  );
  assert.ok(Math.max(...heights) > 0.95 && Math.max(...heights) <= 1.01, `${Math.max(...heights)}`);
});

test('ways there by keyboard', async () => {
  await someCalls();
  const chat = await world.chat();
  const popup = await world.browser.popup(chat.page);
  await popup.locator('summary.health').focus();
  await popup.keyboard.press('Enter');
  const shown = world.browser.context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Charts and outages' }).focus();
  await popup.keyboard.press('Enter');
  const page = await shown;
  await page.getByText('Requests: 5, failed: 3.').waitFor();
  assert.match(page.url(), /health\.html\?source=/);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'source');
  const options = await world.browser.options('Your data');
  const again = world.browser.context.waitForEvent('page');
  await options.getByRole('button', { name: 'Charts and outages' }).click();
  await (await again).getByText('Requests: 5, failed: 3.').waitFor();
});
