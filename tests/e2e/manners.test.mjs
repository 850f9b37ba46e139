// How the card behaves as a guest: focus, keyboard, clipboard, secrets, and pages that it has no business in.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';

import { Chat, World, until } from './harness.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

test('Escape restores focus and caret', async () => {
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.open();
  await chat.page.keyboard.press('Escape');
  await until('the card is closed', async () => !(await chat.isOpen()));
  await chat.boxBecomes(before);
});

test('live regions exist before any message', async () => {
  const chat = await world.chat();
  await chat.open();
  const regions = (await chat.heard()).filter(({ role }) => role === 'status' || role === 'alert');
  assert.deepEqual(regions.map(({ role, text }) => [role, text]), [['status', ''], ['alert', '']]);
});

for (const [kind, path, box] of [
  ['messenger text area', '/messenger?box=textarea', '#box'],
  ['bare text area', '/plain', '#area'],
  ['bare editable element', '/plain', '#rich'],
]) {
  // The failure leaves the box alone, and the draft lands at the caret.
  test(`failure, then draft: ${kind}`, async () => {
    await world.lab.fail('invalid_api_key', { times: -1 });
    const chat = await world.chat({ path, box });
    const before = await chat.readBox();
    await chat.ask();
    await world.explains(chat, { cause: 'invalid_api_key' });
    assert.equal((await chat.readBox()).text, before.text);
    await world.lab.healthy();
    await chat.retry();
    await world.inserts(chat, before, await chat.draft());
  });
}

// It names the cause, and holds neither the prompt nor the key.
test('a copied report omits the prompt', async () => {
  await world.lab.fail('server_error', { times: -1 });
  await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.lab.origin });
  const chat = await world.chat();
  await chat.ask('Tell Mara the secret word pomegranate.');
  await chat.diagnosis();
  await chat.press('Copy report');
  const report = await until('a report is on the clipboard', () => chat.clipboard());
  assert.match(report, /server_error/);
  for (const secret of ['pomegranate', 'Hi Mara', world.lab.key]) assert.ok(!report.includes(secret), `the report holds ${secret}`);
});

test('switched-off pages get nothing', async () => {
  const page = await world.browser.context.newPage();
  const worlds = [];
  const devtools = await world.browser.context.newCDPSession(page);
  devtools.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.origin));
  await devtools.send('Runtime.enable');
  await page.goto(`http://elsewhere.test:${world.lab.ports.http}/messenger`);
  await page.locator('#box').click();
  await page.keyboard.type('Hi');
  assert.equal(await page.locator('html > [popover]').count(), 0);
  assert.deepEqual(worlds.filter((origin) => origin.startsWith('chrome-extension:')), []);
});

// They bring the card to a page that is not switched on, too.
test('shortcut and menu work everywhere', async () => {
  const { browser, lab } = world;
  const chat = await Chat.open(browser, `http://elsewhere.test:${lab.ports.http}/messenger`);
  await chat.type('Hi');
  const before = await chat.readBox();
  const [{ id }] = await browser.desk.evaluate(() => chrome.tabs.query({ active: true, lastFocusedWindow: true }));
  // Neither can be pressed in a headless browser: the worker is told what the browser would tell it.
  await browser.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'popup', tab: -1 }));
  await browser.inWorker((tab) => chrome.commands.onCommand.dispatch('draft', { id: tab }), id);
  await until('the card is open', () => chat.isOpen());
  await chat.write('Say yes');
  await chat.press('Draft');
  await world.inserts(chat, before, await chat.draft());
});

test('popup and options are accessible', async () => {
  await world.lab.fail('invalid_api_key', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  const services = await world.browser.options();
  await services.getByRole('button', { name: 'Add an AI' }).click();
  const form = await world.browser.options();
  await form.getByRole('button', { name: /^Edit / }).click();
  await form.getByRole('button', { name: 'Test it' }).click();
  await form.locator('.models, [data-cause]').first().waitFor();
  for (const page of [await world.browser.popup(chat.page), services, form]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], `${page.url()} ${colorScheme}`);
    }
  }
});

test('a missing key has its cause', async () => {
  const options = await world.browser.options();
  await options.getByRole('button', { name: /^Edit / }).click();
  await options.getByRole('button', { name: 'Forget the key' }).click();
  await options.locator('.note').waitFor();
  await options.close();
  try {
    const chat = await world.chat();
    await chat.ask();
    await world.explains(chat, { cause: 'missing_api_key', fault: 'account' });
  } finally {
    await world.useLab();
  }
});
