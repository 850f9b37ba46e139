// Answers that begin well and break off: what has arrived is kept, and nothing is repeated behind the person's back.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
  await world.browser.changeSettings({ stall_ms: 700 });
});
afterEach(() => world.reset());
after(() => world.close());

const BREAKS = [
  ['stalls', 'stream_stalled', 'stream_interrupted'],
  ['is cut inside a chunk', 'stream_truncated', 'stream_interrupted'],
  ['is reset', 'stream_reset', 'stream_interrupted'],
  ['ends without its end mark', 'stream_without_done', 'stream_interrupted'],
  ['has a part that cannot be read', 'stream_unreadable_part', 'stream_interrupted'],
  ['turns into an error', 'stream_error_midway', 'server_error'],
];

for (const [seen, name, cause] of BREAKS) {
  // The words that came are kept, and a retry brings the whole draft.
  test(`answer ${seen}`, async () => {
    await world.lab.fail(name, { times: -1 });
    const chat = await world.chat();
    const before = await chat.readBox();
    await chat.ask();
    const shown = await world.explains(chat, { cause });
    assert.match(shown.received, /^Sounds good! |^[A-Z][^ ]* /, 'the words that came are there');
    assert.equal(shown.countdown, undefined, 'nothing runs by itself after words were shown');
    assert.equal((await world.lab.calls()).length, 1);
    await world.lab.healthy();
    await chat.retry();
    const draft = await chat.draft();
    assert.ok(draft.startsWith(shown.received.trim()), 'the same ask brings the same draft');
    await world.inserts(chat, before, draft);
  });
}

// llama.cpp, ended while it answers: a clean close without reason and end mark. The banner says that words are missing.
test('a clean close is no end', async () => {
  await world.lab.fail('stream_without_done');
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  const banner = await chat.inCard((root) => root.querySelector('[data-cause]')?.textContent);
  assert.match(banner, /was cut short\./);
  assert.match(banner, /without its end mark/);
  assert.match(banner, /Ask for the rest/);
});

test('an answer outlives a late reset', async () => {
  await world.lab.fail('stream_late_reset');
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask();
  await world.inserts(chat, before, await chat.draft());
});

test('an unreadable part is told', async () => {
  await world.lab.fail('stream_unreadable_part');
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  const banner = await chat.inCard((root) => root.querySelector('[data-cause]')?.textContent);
  assert.match(banner, /was cut short\./);
  assert.match(banner, /Part of the answer couldn’t be read/);
});

test('a partial answer can be inserted', async () => {
  await world.lab.fail('stream_truncated');
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask();
  const { received } = await chat.diagnosis();
  await world.inserts(chat, before, received);
});

// It says so in its next life and calls nobody again.
test('a dying worker keeps the words', async () => {
  await world.browser.changeSettings({ stall_ms: 60_000 });
  try {
    await world.lab.fail('stream_stalled', { times: -1 });
    const chat = await world.chat();
    const before = await chat.readBox();
    await chat.ask();
    const words = await until('words arrive', () => chat.inCard((root) => root.querySelector('.draft')?.textContent));
    await world.browser.killWorker();
    const shown = await world.explains(chat, { cause: 'extension_restarted', fault: 'browser', story: 'worker_stopped' });
    assert.ok(shown.received && words.startsWith(shown.received), `kept: ${shown.received}`);
    assert.equal((await world.lab.calls()).length, 1);
    assert.equal((await chat.readBox()).text, before.text);
    await world.lab.healthy();
    await chat.retry();
    await world.inserts(chat, before, await chat.draft());
    assert.equal((await world.lab.calls()).length, 2);
  } finally {
    await world.browser.changeSettings({ stall_ms: 700 });
  }
});

test('a stopped answer keeps its words', async () => {
  await world.lab.fail('stream_stalled', { times: -1 });
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask();
  await chat.sees('.draft:not(:empty)');
  await chat.press('Stop');
  await world.inserts(chat, before, await chat.draft());
  assert.equal((await world.lab.calls()).length, 1);
});
