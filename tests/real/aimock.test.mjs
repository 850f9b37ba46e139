// aimock, a mock of others that breaks by chance, here with a chance of one.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Program } from './software.mjs';
import { openWorld, trial } from './trial.mjs';

const FOLDER = new URL('../../target/real/aimock/node_modules/@copilotkit/aimock/', import.meta.url);
const ANSWER = { content: 'Yes, gladly. I will be there at half past six, and I bring what we talked about.' };
const KEY = 'sk-own';

const serve = (folder, port) => ({
  command: [process.execPath, new URL('dist/cli.js', FOLDER).pathname, '--port', String(port), '--fixtures', `${folder}/fixtures.json`, '--validate-on-load', '--latency', '20', '--chunk-size', '8'],
  env: { AIMOCK_API_KEYS: KEY },
  files: {
    'fixtures.json': JSON.stringify({
      fixtures: [
        { match: { model: 'good' }, response: ANSWER },
        { match: { model: 'cut' }, response: ANSWER, truncateAfterChunks: 4 },
        { match: { model: 'dropped' }, response: ANSWER, disconnectAfterMs: 120 },
        { match: { model: 'limited' }, response: { error: { message: 'Rate limit exceeded. Please retry after 30 seconds.', type: 'rate_limit_error', code: 'rate_limit_exceeded' }, status: 429 } },
      ],
    }),
  },
});

let world, program, version, origin;
before(async () => {
  world = await openWorld();
  program = await Program.start('aimock', serve);
  ({ version } = (await import(new URL('package.json', FOLDER), { with: { type: 'json' } })).default);
  origin = `http://127.0.0.1:${program.port}`;
});
afterEach(async () => {
  await chaos();
  await world.reset();
});
after(async () => {
  await world?.close();
  await program?.stop();
});

const chaos = async (rates) => {
  const answer = await fetch(`${origin}/__aimock/chaos`, { method: rates ? 'POST' : 'DELETE', headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` }, body: rates && JSON.stringify(rates) });
  assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
};
const putRight = async () => {
  await chaos();
  await world.browser.setUpSource(`${origin}/v1`, KEY, 'good');
};

// What it does, its rates, the cause, and what is set up besides.
const FAULTS = [
  ['drop: 500', { dropRate: 1 }, 'server_error'],
  ['rate limit: 429', { rateLimitRate: 1 }, 'rate_limited'],
  ['malformed JSON', { malformedRate: 1 }, 'unexpected_reply'],
  ['disconnect before an answer', { disconnectRate: 1 }, 'connection_lost'],
  ['30 s of latency', { latencyMs: 30_000 }, 'timeout'],
  ['a stream that is cut after four chunks', undefined, 'stream_interrupted', { model: 'cut' }],
  ['a stream that is dropped', undefined, 'stream_interrupted', { model: 'dropped' }],
  ['a rate limit of its fixtures', undefined, 'rate_limited', { model: 'limited' }],
  ['404, no fixture', undefined, 'endpoint_not_found', { model: 'nobody', truth: 'nothing is set up for the ask' }],
  ['a wrong key', undefined, 'invalid_api_key', { key: 'sk-wrong' }],
];

for (const [fault, rates, cause, more] of FAULTS) {
  test(`aimock: ${fault}: ${cause}`, async () => {
    if (rates) await chaos(rates);
    await trial(world, { software: 'aimock', version, fault, url: `${origin}/v1`, cause, key: KEY, model: 'good', ...more, mend: putRight });
  });
}
