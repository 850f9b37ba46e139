// The worker's memory: what was asked leaves nothing behind but what is shown and counted. The soak measures the same over a day.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { World } from './harness.mjs';

const PARTS = 1_500;
const PRESSES = 2_000;
// Parts that left a closure behind each, or presses that left six empty places each, would leave more than twice that.
const MOST = 64 * 1024;
const SLOWLY = { ms: 60_000 };

let world;
let server;
before(async () => {
  world = await World.open();
  // Part by part, each read by itself.
  server = createServer(async (_request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' });
    for (let part = 0; part < PARTS; part += 1) {
      answer.write('data: {"choices":[{"delta":{"content":"a"}}]}\n\n');
      await new Promise((next) => setTimeout(next, 1));
    }
    answer.end('data: [DONE]\n\n');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  await world.browser.setUpSource(`http://127.0.0.1:${server.address().port}/v1`, 'key-1');
});
after(async () => {
  server.close();
  await world.close();
});

/** Bytes that a second run adds: what is made once, such as the code of the wasm, is made by the first. */
async function growth(run) {
  await run();
  const before = await world.browser.workerHolds();
  await run();
  return (await world.browser.workerHolds()) - before;
}

test('a long answer leaves nothing behind', async (t) => {
  const chat = await world.chat();
  await chat.ask();
  await chat.draft(SLOWLY);
  const more = await growth(async () => {
    await chat.press('New draft');
    assert.equal((await chat.draft(SLOWLY)).length, PARTS);
  });
  t.diagnostic(`${more} bytes more after ${PARTS} parts`);
  assert.ok(more < MOST, `${more} bytes more`);
});

// No press is of this kind: the worker looks into it as into any other.
test('a press leaves nothing behind', async (t) => {
  const chat = await world.chat();
  await chat.open();
  const pressed = () =>
    chat.inCard(async (_root, count) => {
      const press = () => chrome.runtime.sendMessage({ kind: 'press', press: 'nothing', fields: {}, number: 1 });
      await Promise.all(Array.from({ length: count }, press));
      return true;
    }, PRESSES / 10);
  const more = await growth(async () => {
    for (let turn = 0; turn < 10; turn += 1) await pressed();
  });
  t.diagnostic(`${more} bytes more after ${PRESSES} presses`);
  assert.ok(more < MOST, `${more} bytes more`);
});
