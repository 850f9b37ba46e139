// Open WebUI as a web app that the person added: its server asks the model, and says by socket.io what came of it.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { join } from 'node:path';

import { TARGET } from '../messengers/engine.mjs';
import { ChatApp, SITE, behaves, isGone, refuses } from './chat_app.mjs';

// Its slim edition: no local model, nobody signs in, and nothing is fetched. It asks the model once for each question.
const SETTINGS = {
  USE_SLIM_DOCKER: true,
  WEBUI_AUTH: false,
  WEBUI_SECRET_KEY: 'of these tests',
  OFFLINE_MODE: true,
  HF_HUB_OFFLINE: 1,
  DO_NOT_TRACK: true,
  ANONYMIZED_TELEMETRY: false,
  RAG_EMBEDDING_ENGINE: 'openai',
  ENABLE_OLLAMA_API: false,
  ENABLE_TITLE_GENERATION: false,
  ENABLE_TAGS_GENERATION: false,
  ENABLE_FOLLOW_UP_GENERATION: false,
};

let app;
let data;
before(async () => {
  // It knows its chats again after a new start.
  data = await mkdtemp(join(TARGET, 'real/open-webui-'));
  const settings = Object.entries({ ...SETTINGS, DATA_DIR: data }).map((pair) => pair.join('='));
  const command = (port) => [...settings, join(TARGET, 'real/open-webui/bin/open-webui'), 'serve', '--host', '127.0.0.1', '--port', String(port)];
  app = await ChatApp.open(command, 'stream_interrupted', '#chat-input');
  await readNews();
});
afterEach(() => app.world.reset());
after(async () => {
  await app?.close();
  await rm(data, { recursive: true, force: true });
});

/** Its news come up once, before the first chat. */
async function readNews() {
  const page = await app.world.browser.context.newPage();
  await page.goto(`${SITE}:${app.port}/`);
  const kept = page.waitForResponse(/\/settings\/update$/, { timeout: 60_000 });
  await page.getByRole('button', { name: "Okay, Let's Go!" }).click({ timeout: 60_000 });
  await kept;
  await page.close();
}

behaves(() => app);

// What is told stands in the chat, in a box of its own.
for (const [fault, cause] of [
  ['insufficient_quota', 'quota_exhausted'],
  ['context_too_long', 'context_too_long'],
  ['model_not_found', 'model_not_found'],
  ['server_error', 'server_error'],
  ['stream_reset', 'stream_interrupted'],
]) {
  refuses(() => app, fault, cause);
}

// All that it says of a model that cannot be reached is `Server Connection Error`.
test('the model is gone', async () => {
  const chat = await app.answered();
  await app.world.lab.fail('connection_reset', { times: -1 });
  await app.ask(chat, 'Once more');
  const { confidence } = await app.world.explains(chat, { cause: 'server_error' });
  assert.ok(confidence < 0.6, `confidence ${confidence}`);
});

test('a question about errors', async () => {
  const chat = await app.answered();
  await app.ask(chat, 'What does this mean? Error code: 429 - Rate limit reached for gpt-4o on requests per min (RPM): Limit 3, Used 3.');
  await chat.page.waitForTimeout(6_000);
  assert.equal(await chat.isOpen(), false);
});

test('its retry, in vain and well', async () => {
  const chat = await app.answered();
  await app.world.lab.fail('overloaded', { times: 2 });
  await app.ask(chat, 'Once more');
  await app.world.explains(chat, { cause: 'model_overloaded' });
  await chat.type('Half a thought');
  await again(chat);
  await isGone(chat);
  await app.world.explains(chat, { cause: 'model_overloaded' });
  await again(chat);
  await isGone(chat);
  assert.equal((await chat.readBox()).text, 'Half a thought');
});

/** By a key: the banner may lie over its menu. */
async function again(chat) {
  await chat.page.getByRole('button', { name: 'Regenerate' }).last().click();
  await chat.page.getByRole('button', { name: 'Try Again' }).press('Enter');
}

// The page knows a question then of which the server never heard, and the next one is refused by a 409.
test('asked while the server is away', async () => {
  const chat = await app.answered();
  await app.die();
  await app.ask(chat, 'Somebody there?');
  await app.world.explains(chat, { cause: 'connection_refused' });
  await app.start();
  await isGone(chat);
  await app.ask(chat);
  await app.world.explains(chat, { cause: 'conflict' });
});
