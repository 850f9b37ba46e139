// llama.cpp's server itself, with a model of one sentence: killed and frozen in mid-sentence, too short of context.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { until } from '../e2e/until.mjs';
import { llamaServer, Program, versionOf } from './software.mjs';
import { writeModel } from './tiny_model.mjs';
import { openWorld, trial } from './trial.mjs';

const KEY = 'sk-own';
/** So deep that it takes minutes for what a test waits for. */
const SLOW = 1 << 15;

const serve = (model, ...options) => (folder, port) => {
  const { command, env } = llamaServer();
  // Two threads of it wait for each other by turning, which takes a busy machine ages.
  return { command: [...command, '-t', '1', '-m', `${folder}/${model}.gguf`, '--host', '127.0.0.1', '--port', String(port), '--no-ui', '-np', '1', '--api-key', KEY, ...options], env };
};
const GOOD = serve('good', '-c', '4096');

let world, program, version, url;
before(async () => {
  world = await openWorld();
  program = await Program.start('llama', async (folder, port) => {
    await writeModel(`${folder}/good.gguf`);
    await writeModel(`${folder}/endless.gguf`, { depth: SLOW, endless: true });
    return GOOD(folder, port);
  });
  const { command: [file, ...args], env } = llamaServer();
  version = await versionOf(file, [...args, '--version'], env);
  url = `http://127.0.0.1:${program.port}/v1`;
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  await program?.stop();
});

/** It listens before it has read its model. */
const ready = () => until('it has its model', async () => (await fetch(`http://127.0.0.1:${program.port}/health`)).ok, { ms: 30_000, every: 100 });
const turnTo = async (run) => {
  await program.turnTo(run);
  await ready();
};
const of = (more) => ({ software: 'llama.cpp', version, url, key: KEY, mend: () => turnTo(GOOD), ...more });
const speaks = (chat) => until('words come', () => chat.inCard((root) => root.body.textContent.includes('Yes, I will')), { ms: 15_000 });

test('llama.cpp: a wrong key', async () => {
  await turnTo(GOOD);
  await trial(world, of({ fault: '401, a wrong key', key: 'sk-wrong', cause: 'invalid_api_key', mend: () => world.browser.setUpSource(url, KEY) }));
});

test('llama.cpp: context overflow', async () => {
  await turnTo(serve('good', '-c', '256'));
  await trial(world, of({ fault: '400, the ask is longer than its context', cause: 'context_too_long' }));
});

test('llama.cpp: ended', async () => {
  await turnTo(GOOD);
  await program.end();
  await trial(world, of({ fault: 'it is not running', cause: 'connection_refused' }));
});

test('llama.cpp: killed in mid-sentence', async () => {
  await turnTo(serve('endless', '-c', '32768'));
  await trial(world, of({ fault: 'killed in mid-sentence', cause: 'stream_interrupted', meanwhile: async (chat) => {
    await speaks(chat);
    await program.end('SIGKILL');
  } }));
});

test('llama.cpp: frozen in mid-sentence', async () => {
  await turnTo(serve('endless', '-c', '32768'));
  await trial(world, of({ fault: 'frozen in mid-sentence', cause: 'stream_interrupted', meanwhile: async (chat) => {
    await speaks(chat);
    program.child.kill('SIGSTOP');
  } }));
});

test('llama.cpp: frozen before it speaks', async () => {
  await turnTo(GOOD);
  program.child.kill('SIGSTOP');
  const mend = async () => program.child.kill('SIGCONT');
  await trial(world, of({ fault: 'frozen before it speaks', cause: 'timeout', mend }));
});

// Who may read its answers is a matter of pages. The extension asks from nowhere.
test('llama.cpp: other origins alone', async () => {
  await turnTo(serve('good', '-c', '4096', '--cors-origins', 'http://elsewhere.test'));
  await world.browser.setUpSource(url, KEY);
  const chat = await world.chat();
  await chat.ask();
  assert.match(await chat.draft(), /^ Yes, I will be there/);
});
