// An AI that answered before and was set to something else since: the card and the popup say what has changed, and lead back.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';

import { Chat, World, until } from './harness.mjs';

// Nothing but the page itself may run, be shown or be framed here.
const STRICT = "default-src 'none'; frame-src 'none'; script-src 'none'; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const PAGE = '<!doctype html><title>Chat</title><main><textarea id="box" rows="3" cols="60"></textarea></main>';
const CHANGED = 'Since the last answer, the model changed from lab-small to lab-smal';

let world;
let server;
before(async () => {
  world = await World.open();
  server = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': STRICT }).end(PAGE));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  await world.useLab();
  await world.reset();
});
after(async () => {
  await world?.close();
  server?.close();
});

const page = () => `http://127.0.0.1:${server.address().port}/`;

/** A strict page on which the source has answered; the worker, and what it held in memory, is gone since. */
async function answered() {
  const chat = await Chat.open(world.browser, page());
  await chat.type('Hi ');
  await chat.ask('Say yes');
  await chat.draft();
  await world.browser.killWorker();
  return chat;
}

async function askAgain(chat) {
  await chat.press('Edit the request');
  await chat.sees('textarea');
  await chat.write('Say no');
  await chat.press('Draft');
}

const models = async () => (await world.lab.calls()).map(({ model }) => model);
const model = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings.sources[0].model);
const labels = async (chat) => (await chat.buttons()).map(({ label }) => label);
const upFront = (chat) => chat.inCard((root) => root.querySelector('.changed')?.textContent);

test('another model is told, and undone', async () => {
  const chat = await answered();
  await world.browser.setUpSource(world.lab.baseUrl, world.lab.key, 'lab-smal');
  await world.lab.fail('model_not_found');
  await askAgain(chat);
  const shown = await chat.diagnosis();
  assert.equal(shown.cause, 'model_not_found');
  assert.equal(await upFront(chat), CHANGED);
  const popup = await world.browser.popup(chat.page);
  assert.equal(await popup.locator('.changed').first().textContent(), CHANGED);
  await popup.getByRole('button', { name: 'Go back' }).waitFor();
  await popup.close();
  await chat.page.bringToFront();

  await chat.press('Go back');
  await chat.draft();
  assert.deepEqual(await models(), ['lab-small', 'lab-smal', 'lab-small']);
  assert.equal(await model(), 'lab-small');
  const [, second, third] = await world.lab.calls();
  assert.deepEqual(third.messages, second.messages, 'what was typed is asked again');
  await chat.press('Undo');
  await until('the model is as it was', async () => (await model()) === 'lab-smal');
  assert.ok((await chat.text()).includes('Undone.') && (await labels(chat)).includes('Insert'), 'and the draft is there');
});

test('the popup leads back, too', async () => {
  const chat = await answered();
  await world.browser.setUpSource(world.lab.baseUrl, world.lab.key, 'lab-smal');
  await world.lab.fail('model_not_found');
  await askAgain(chat);
  await chat.diagnosis();
  const popup = await world.browser.popup(chat.page);
  await popup.getByRole('button', { name: 'Go back' }).click();
  await until('it is asked again', async () => (await models()).length === 3);
  await popup.close();
  await chat.page.bringToFront();
  await chat.draft();
  assert.equal(await model(), 'lab-small');
});

// Nobody keeps the old key, and the new one goes to no place for which it was not entered.
test('a replaced key leads to settings', async () => {
  const chat = await answered();
  await world.browser.setUpSource(world.lab.baseUrl, 'sk-another-key-0000', 'lab-small');
  await askAgain(chat);
  assert.equal((await chat.diagnosis()).cause, 'invalid_api_key');
  assert.equal(await upFront(chat), 'Since the last answer, the key was replaced');
  assert.ok((await labels(chat)).includes('Fix the key'));
  assert.ok(!(await labels(chat)).includes('Go back'));
  await world.browser.setUpSource(`${page()}v1`, 'sk-another-key-0000', 'lab-small');
  await chat.retry();
  await until('the address is told', async () => (await chat.text()).includes(`the address changed from ${world.lab.baseUrl} to ${page()}v1`));
  assert.ok(!(await labels(chat)).includes('Go back'), 'to another site with another key');
});

test('the same key is no change', async () => {
  const chat = await answered();
  await world.useLab();
  await world.lab.fail('invalid_api_key');
  await askAgain(chat);
  await chat.diagnosis();
  assert.ok(!(await chat.text()).includes('Since the last answer'));
});
