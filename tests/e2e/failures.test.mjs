// Every failure on its way through the real browser: told in place and in the popup, the text kept, and moving again
// once the cause is gone.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
  // One attempt: what is tried again by itself is the matter of waiting.test.mjs, here the person presses.
  const policy = { backoff: { base_ms: 1_000, cap_ms: 30_000 }, attempts: 1, longest_silent_wait_ms: 60_000, spread: 0.2 };
  await world.browser.changeSettings({ first_byte_ms: 1_500, stall_ms: 700, policy });
});
afterEach(() => world.reset());
after(() => world.close());

// Answers of the lab: what is seen, its fault there, and the cause to be named.
const ANSWERS = [
  ['a connection reset', 'connection_reset', 'connection_lost', 'network'],
  ['an empty reply', 'empty_reply', 'connection_lost', 'network'],
  ['no answer in time', 'never_answers', 'timeout', undefined],
  ['headers and then silence', 'stream_headers_only', 'timeout', undefined],
  ['a refused key', 'invalid_api_key', 'invalid_api_key', 'account'],
  ['401 of a web session', 'session_expired', 'session_expired', 'account'],
  ['the bare word UNAUTHORIZED', 'unauthorized_text', 'invalid_api_key', 'account'],
  ['400, context too long', 'context_too_long', 'context_too_long', 'request'],
  ['413', 'payload_too_large', 'payload_too_large', 'request'],
  ['429 without a time', 'rate_limited_bare', 'rate_limited', 'account'],
  ['429, credit used up', 'insufficient_quota', 'quota_exhausted', 'account'],
  ['500', 'server_error', 'server_error', 'provider'],
  ['503 of a gateway', 'no_upstream', 'service_unavailable', 'provider'],
  ['503, overloaded', 'overloaded', 'model_overloaded', 'provider'],
  ['524', 'edge_524', 'origin_timeout', 'provider'],
  ['HTML instead of JSON', 'html_reply', 'unexpected_reply', undefined],
  ['an error inside the stream', 'stream_error_first', 'server_error', 'provider'],
  // Bad input: the provider sends what nobody should send.
  ['a 10 MB body', 'huge_body', 'unexpected_reply', undefined],
  ['a 10 MB error body', 'huge_error_body', 'server_error', 'provider'],
  ['bytes that are no UTF-8', 'invalid_utf8', 'unexpected_reply', undefined],
  ['a header of 300 KiB', 'huge_header', 'protocol_error', undefined],
  ['a stream of garbage', 'stream_garbage', 'unexpected_reply', undefined],
  ['a stream without a word', 'stream_wordless', 'unexpected_reply', undefined],
  ['numbers of a model that embeds', 'stream_embedding', 'unexpected_reply', undefined],
  ['half a JSON object', 'broken_json', 'unexpected_reply', undefined],
];

for (const [seen, name, cause, fault] of ANSWERS) {
  // The failure is explained and the text kept; once it is over, a retry brings a draft.
  test(`${seen}: ${cause}`, async () => {
    await world.lab.fail(name, { times: -1 });
    const chat = await world.chat();
    const before = await chat.readBox();
    await chat.ask();
    await world.explains(chat, { cause, fault });
    assert.equal((await chat.readBox()).text, before.text);
    await world.lab.healthy();
    await chat.retry();
    await world.inserts(chat, before, await chat.draft());
  });
}

// Addresses at which nobody can answer: the person sets another one and presses Retry.
const ADDRESSES = [
  ['a name without an address', () => 'https://nx.test/v1', 'dns_failure', 'network'],
  ['a port where nobody listens', ({ ports }) => `http://127.0.0.1:${ports.refused}/v1`, 'connection_refused', 'network'],
  ['a port that resets', ({ ports }) => `http://127.0.0.1:${ports.reset}/v1`, 'connection_lost', 'network'],
  ['an untrusted certificate', ({ ports }) => `https://127.0.0.1:${ports.https}/v1`, 'tls_certificate', undefined],
  ['a connect without an answer', ({ ports }) => `http://127.0.0.1:${ports.unanswered}/v1`, 'timeout', undefined],
  ['a wrong path', ({ origin }) => `${origin}/nothing/here`, 'endpoint_not_found', 'request'],
];

for (const [seen, address, cause, fault] of ADDRESSES) {
  test(`${seen}: ${cause}`, async () => {
    await world.browser.setUpSource(address(world.lab), world.lab.key);
    try {
      const chat = await world.chat();
      const before = await chat.readBox();
      await chat.ask();
      await world.explains(chat, { cause, fault });
      assert.equal((await chat.readBox()).text, before.text);
      await world.useLab();
      await chat.page.bringToFront();
      await chat.retry();
      await world.inserts(chat, before, await chat.draft());
    } finally {
      await world.useLab();
    }
  });
}
