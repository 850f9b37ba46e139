// Gradio's chat as a web app that the person added: its failures are told by their cause, its answers get no banner.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Chat, World } from '../../e2e/harness.mjs';
import { Engine, TARGET, freePort } from '../messengers/engine.mjs';

const APP = fileURLToPath(new URL('gradio_app.py', import.meta.url));
const SITE = 'http://ai.test';

let world;
let engine;
let url;
before(async () => {
  const port = await freePort();
  engine = await Engine.start(join(TARGET, 'real/gradio/bin/python'), [port], () => [APP, String(port)], { GRADIO_ANALYTICS_ENABLED: 'False' });
  url = `${SITE}:${port}/`;
  world = await World.open();
  await world.browser.addApp(SITE);
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  await engine?.stop();
});

/** The app after a good answer. */
async function answered() {
  const page = await world.browser.context.newPage();
  await page.goto(url);
  const chat = await Chat.attach(world.browser, page, 'textarea');
  await chat.box.waitFor();
  await ask(chat, 'Are you there?');
  await page.getByText('Fine, at eight.').waitFor();
  return chat;
}

async function ask(chat, text) {
  await chat.type(text);
  await chat.page.keyboard.press('Enter');
}

test('good answers get no banner', async () => {
  const chat = await answered();
  await ask(chat, 'Once more');
  await chat.page.getByText('Fine, at eight.').nth(1).waitFor();
  assert.equal(await chat.isOpen(), false);
});

// What is told stands on the page alone: the call itself went well.
test('a limit behind the app', async () => {
  const chat = await answered();
  await ask(chat, 'Your limit, please');
  await world.explains(chat, { cause: 'rate_limited' });
});
