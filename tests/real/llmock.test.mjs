// llmock, a mock of others that breaks itself on demand and judges who asks: each failure by its cause, and a clean verdict on what
// the extension does by itself.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Program, versionOf } from './software.mjs';
import { openWorld, trial } from './trial.mjs';

const python = (name) => new URL(`../../target/real/llmock/bin/${name}`, import.meta.url).pathname;
const serve = (_folder, port) => ({ command: [python('llmock'), 'serve', '--host', '127.0.0.1', '--port', String(port), '--stream-chunk-delay-ms', '20'] });

let world, program, version, origin;
before(async () => {
  world = await openWorld();
  program = await Program.start('llmock', serve, { patience: 60_000 });
  version = await versionOf(python('pip'), ['show', 'llmock']);
  origin = `http://127.0.0.1:${program.port}`;
});
afterEach(async () => {
  await healthy();
  await world.reset();
});
after(async () => {
  await world?.close();
  await program?.stop();
});

const ask = async (path, body) => {
  const answer = await fetch(`${origin}/_llmock/${path}`, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
};
const healthy = () => ask('reset', {});
const breaks = (...behaviors) => ask('scenario', { behaviors });
const verdict = async () => (await ask('verdict')).findings.map(({ code }) => code);
/** How often it was asked. A closer look at a refusal is no ask. */
const asks = async () => (await ask('requests')).requests.filter(({ method }) => method === 'POST').length;
const cut = (kind, more) => ({ type: 'stream_fault', kind, after_chunks: 4, times: null, ...more });
const fail = (status, more) => ({ type: 'fail', status, times: null, ...more });

// What it does, the behaviour, the cause.
const FAULTS = [
  ['401', fail(401), 'invalid_api_key'],
  ['403', fail(403), 'access_denied'],
  ['404', fail(404), 'endpoint_not_found'],
  ['429 with a wait of a second', fail(429, { retry_after: 1 }), 'rate_limited'],
  ['500', fail(500), 'server_error'],
  ['503', fail(503), 'service_unavailable'],
  ['529', fail(529), 'model_overloaded'],
  ['nothing for a minute', { type: 'delay', seconds: 60, times: null }, 'timeout'],
  ['a stream that is dropped', cut('disconnect'), 'stream_interrupted'],
  ['a stream that ends early', cut('truncate'), 'stream_interrupted'],
  ['a stream that stalls', cut('stall', { stall_seconds: 60 }), 'stream_interrupted'],
  ['a chunk that is no JSON', cut('malformed'), 'stream_interrupted'],
];

for (const [fault, behaviour, cause] of FAULTS) {
  test(`llmock: ${fault}: ${cause}`, async () => {
    await breaks(behaviour);
    await trial(world, { software: 'llmock', version, fault, url: `${origin}/v1`, cause, mend: healthy });
  });
}

/** The extension as it comes: it tries by itself. */
const byItself = async (times, behaviour) => {
  await world.browser.changeSettings({ policy: { backoff: { base_ms: 300, cap_ms: 3_000 }, attempts: 4, longest_silent_wait_ms: 60_000, spread: 0.2 } });
  await breaks({ ...behaviour, times });
  await world.browser.setUpSource(`${origin}/v1`, 'sk-any');
  const chat = await world.chat();
  await chat.ask();
  return chat;
};

for (const [what, behaviour] of [['503', fail(503)], ['a named wait', fail(429, { retry_after: 2 })]]) {
  test(`llmock: ${what} is outlived, verdict clean`, async () => {
    const chat = await byItself(2, behaviour);
    await chat.draft({ ms: 30_000 });
    assert.deepEqual(await verdict(), []);
    assert.equal(await asks(), 3);
  });
}

for (const status of [400, 401, 403, 404]) {
  test(`llmock: ${status} is not repeated`, async () => {
    const chat = await byItself(null, fail(status));
    await chat.diagnosis({ ms: 20_000 });
    assert.deepEqual(await verdict(), []);
    assert.equal(await asks(), 1);
  });
}

// Words that were shown are never repeated behind the person's back. The mock takes whoever does not ask anew for one who used half
// an answer; here the person is told, and asks.
test('llmock: a cut is not repeated', async () => {
  const chat = await byItself(1, cut('truncate'));
  assert.equal((await chat.diagnosis({ ms: 20_000 })).cause, 'stream_interrupted');
  assert.deepEqual(await verdict(), ['truncated_stream_accepted']);
  await chat.retry();
  await chat.draft({ ms: 15_000 });
  assert.deepEqual(await verdict(), []);
});
