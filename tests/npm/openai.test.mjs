// The package behind the SDK of OpenAI: the README's own example, and what else a caller knows, on the lab's faults.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import OpenAI from 'openai';
import { Lab } from '../e2e/lab.mjs';
import { install } from './package.mjs';

let lab;
let installed;
let library;
let client;

/** The example of the README. */
let ask;

before(async () => {
  [lab, installed] = await Promise.all([Lab.start(), install(['openai'])]);
  library = await import(pathToFileURL(join(installed.modules, 'unstuck-diagnose/index.js')));
  client = new OpenAI({ baseURL: lab.baseUrl, apiKey: lab.key, maxRetries: 0, timeout: 2_000 });
  const readme = await readFile(join(installed.modules, 'unstuck-diagnose/README.md'), 'utf8');
  const [, example] = readme.match(/```js\n(.+?)```/s);
  const path = join(installed.folder, 'example.mjs');
  await writeFile(path, example);
  Object.assign(process.env, { OPENAI_API_KEY: lab.key, OPENAI_BASE_URL: lab.baseUrl });
  ({ ask } = await import(pathToFileURL(path)));
});

after(() => {
  lab.stop();
  return installed.remove();
});

/** Fault of the lab, cause, and when to try again. */
const ANSWERED = [
  ['invalid_api_key', 'invalid_api_key', 'after_fix'],
  ['missing_api_key', 'missing_api_key', 'after_fix'],
  ['account_deactivated', 'account_disabled', 'after_fix'],
  ['key_missing_scope', 'key_lacks_permission', 'after_fix'],
  ['country', 'country_unsupported', 'after_fix'],
  ['cloudflare_challenge', 'bot_challenge', 'after_fix'],
  ['rate_limited', 'rate_limited', 'after'],
  ['rate_limited_bare', 'rate_limited', 'backoff'],
  ['insufficient_quota', 'quota_exhausted', 'after_fix'],
  ['context_too_long', 'context_too_long', 'after_fix'],
  ['unsupported_parameter', 'unsupported_parameter', 'after_fix'],
  ['content_policy', 'content_filtered', 'after_fix'],
  ['model_not_found', 'model_not_found', 'after_fix'],
  ['path_not_found', 'endpoint_not_found', 'after_fix'],
  ['server_error', 'server_error', 'backoff'],
  ['overloaded', 'model_overloaded', 'backoff'],
  ['maintenance', 'service_unavailable', 'after'],
  ['gateway_timeout', 'gateway_timeout', 'backoff'],
  ['edge_524', 'origin_timeout', 'backoff'],
  ['broken_json', 'unexpected_reply', 'after_fix'],
  ['redirect_loop', 'bad_address', 'after_fix'],
  ['connection_reset', 'connection_lost', 'backoff'],
  ['not_http', 'protocol_error', 'backoff'],
];

for (const [fault, cause, when] of ANSWERED) {
  test(`the example tells ${fault}`, async () => {
    await lab.fail(fault);
    const told = await ask('Hi');
    assert.equal(told.cause, cause);
    assert.ok(told.headline.length > 10 && told.steps.length > 0);
    assert.equal(told.waitMs === null, when !== 'after');
    await lab.fail(fault);
    const { retry } = await library.diagnose(await thrown(() => call()));
    assert.equal(retry.when, when);
    await lab.healthy();
  });
}

test('the example hands on an answer', async () => {
  assert.equal(typeof (await ask('Hi')), 'string');
});

test('a named wait is handed on', async () => {
  await lab.fail('rate_limited');
  assert.equal((await ask('Hi')).waitMs, 2_000);
});

test('a refused connection is told', async () => {
  const refused = new OpenAI({ baseURL: `http://127.0.0.1:${await freePort()}/v1`, apiKey: 'x', maxRetries: 0 });
  const diagnosis = await library.diagnose(await thrown(() => call({}, refused)));
  assert.equal(diagnosis.cause, 'connection_refused');
});

test('an unknown host is told', async () => {
  const nowhere = new OpenAI({ baseURL: 'http://nobody.invalid/v1', apiKey: 'x', maxRetries: 0 });
  const diagnosis = await library.diagnose(await thrown(() => call({}, nowhere)));
  assert.equal(diagnosis.cause, 'dns_failure');
});

test('silence is a time-out', async () => {
  await lab.fail('never_answers');
  const diagnosis = await library.diagnose(await thrown(() => call()));
  assert.equal(diagnosis.cause, 'timeout');
  await lab.healthy();
});

test('a stopped call is told', async () => {
  await lab.fail('never_answers');
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const diagnosis = await library.diagnose(await thrown(() => call({}, client, { signal: stop.signal })));
  assert.equal(diagnosis.cause, 'request_cancelled');
  await lab.healthy();
});

for (const fault of ['stream_reset', 'stream_truncated']) {
  test(`${fault} is an interrupted stream`, async () => {
    await lab.fail(fault);
    let chars = 0;
    const error = await thrown(async () => {
      for await (const chunk of await call({ stream: true })) chars += chunk.choices[0]?.delta.content?.length ?? 0;
    });
    assert.ok(chars > 0);
    const failure = library.fromError(error, { provider: 'openai', stage: 'stream', stream: { chars, ended: false } });
    assert.equal((await library.diagnose(failure)).cause, 'stream_interrupted');
    await lab.healthy();
  });
}

test('an error within the stream counts', async () => {
  await lab.fail('stream_error_midway');
  const error = await thrown(async () => {
    for await (const _ of await call({ stream: true }));
  });
  assert.equal((await library.diagnose(error)).cause, 'server_error');
});

test('nothing of the request goes along', async () => {
  await lab.fail('invalid_api_key');
  const failure = library.fromError(await thrown(() => call()));
  assert.equal(failure.status, 401);
  assert.equal(failure.headers['content-type'].split(';')[0], 'application/json');
  assert.ok(!JSON.stringify(failure).includes(lab.key));
});

function call(more = {}, by = client, options = {}) {
  return by.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }], ...more }, options);
}

async function thrown(work) {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw assert.fail('nothing was thrown');
}

/** A port at which nobody listens any more. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
