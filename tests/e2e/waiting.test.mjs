// Calls that wait: for the provider's time, for our own backoff, for the network, for a slow answer.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

const gap = ([first, second]) => second.at_ms - first.at_ms;

// The provider is not called before its end.
test('a named wait ends by itself', async () => {
  await world.lab.fail('rate_limited', { retry_after: 2 });
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask();
  const shown = await world.explains(chat, { cause: 'rate_limited', fault: 'account' });
  assert.match(shown.countdown, /^Trying again in [1-3] s$/);
  const offered = await chat.buttons();
  assert.ok(!offered.some(({ label }) => label === 'Try now'), 'the wait is not ours to cut short');
  assert.ok(!offered.some(({ primary }) => primary), 'nothing has to be pressed');
  await until('the countdown counts', async () => (await chat.diagnosis()).countdown === 'Trying again in 1 s');
  const draft = await chat.draft();
  assert.ok(gap(await world.lab.calls()) >= 2_000, `the second call came after ${gap(await world.lab.calls())} ms`);
  await world.inserts(chat, before, draft);
  assert.equal((await world.lab.calls()).length, 2);
});

// The headers of a good answer tell of the bad one that would come next.
test('scarce limits slow the next ask', async () => {
  const left = { limit: '500', remaining: '5', reset: '1m0s' };
  const told = Object.entries(left).map(([name, value]) => [`x-ratelimit-${name}-requests`, value]);
  const words = JSON.stringify({ choices: [{ index: 0, delta: { content: 'Gladly, at eight.' }, finish_reason: 'stop' }] });
  const headers = { 'content-type': 'text/event-stream', ...Object.fromEntries(told) };
  await world.lab.stage({ path: '/v1/chat/completions', headers, body: `data: ${words}\n\ndata: [DONE]\n\n` });
  const chat = await world.chat();
  await chat.ask();
  await chat.draft();
  const next = await world.chat();
  await next.ask('Say no, kindly.');
  await next.sees('.countdown');
  assert.match(await next.text(), /Little is left of .+ limit/);
  assert.equal((await world.lab.asked()).length, 1);
  await next.press('Try now');
  await next.draft();
  assert.equal((await world.lab.asked()).length, 2);
});

// The wait stands beside a header of the size of a page.
test('a huge header hides no wait', async () => {
  await world.lab.fail('page_size_header', { retry_after: 1 });
  const chat = await world.chat();
  await chat.ask();
  await world.explains(chat, { cause: 'rate_limited' });
  await chat.draft();
  assert.ok(gap(await world.lab.calls()) >= 1_000);
});

test('another tab waits as long', async () => {
  await world.lab.fail('rate_limited', { retry_after: 2 });
  const first = await world.chat();
  await first.ask();
  await first.diagnosis();
  const second = await world.chat();
  await second.ask('Say no, kindly.');
  await second.sees('.countdown');
  await Promise.all([first.draft(), second.draft()]);
  const calls = await world.lab.calls();
  assert.equal(calls.length, 3);
  for (const call of calls.slice(1)) assert.ok(call.at_ms - calls[0].at_ms >= 2_000, `a call came after ${call.at_ms - calls[0].at_ms} ms`);
});

test('retries last until an answer', async () => {
  await world.lab.fail('server_error', { times: 2 });
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask();
  await world.inserts(chat, before, await chat.draft());
  assert.equal((await world.lab.calls()).length, 3);
});

test('three attempts, then the person decides', async () => {
  await world.lab.fail('server_error', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await until('nothing is tried by itself any more', async () => (await chat.diagnosis()).countdown === undefined, { ms: 15_000 });
  assert.equal((await world.lab.calls()).length, 3);
  const { headline } = await chat.diagnosis();
  await until('the last failure is an alert', async () => (await chat.heard()).some(({ role, text }) => role === 'alert' && text.startsWith(headline)));
});

test('a cancelled wait keeps the ask', async () => {
  await world.lab.fail('rate_limited', { retry_after: 4 });
  const chat = await world.chat();
  await chat.ask('Say no, kindly.');
  await chat.sees('.countdown');
  await chat.press('Stop');
  await chat.sees('textarea');
  assert.equal(await chat.inCard((root) => root.querySelector('textarea').value), 'Say no, kindly.');
  const end = (await world.lab.calls())[0].at_ms + 4_500;
  await until('the time of the wait has passed', () => Date.now() > end);
  assert.equal((await world.lab.calls()).length, 1);
});

test('a slow first word arrives', async () => {
  await world.lab.fail('slow_first_byte', { delay_ms: 1_200 });
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask();
  await chat.sees('.run');
  await world.inserts(chat, before, await chat.draft());
  assert.equal((await world.lab.calls()).length, 1);
});

test('a double press makes one call', async () => {
  await world.lab.fail('slow_first_byte', { delay_ms: 600 });
  const chat = await world.chat();
  await chat.open();
  await chat.write('Say yes, gladly.');
  await chat.press('Draft', { clicks: 2 });
  await chat.draft();
  assert.equal((await world.lab.calls()).length, 1);
});

for (const [form, value] of [['number', '99999999999999999999'], ['date', 'Fri, 31 Dec 9999 23:59:59 GMT']]) {
  for (const status of [429, 503]) {
    test(`an absurd ${form} asks once (${status})`, async () => {
      await world.lab.stage({ path: '/v1/chat/completions', status, headers: { 'retry-after': value }, body: '{}' });
      const chat = await world.chat();
      await chat.ask();
      const shown = await chat.diagnosis();
      assert.equal(shown.countdown, undefined);
      const end = Date.now() + 4_000;
      await until('the time of three tries has passed', () => Date.now() > end);
      assert.equal((await world.lab.asked()).length, 1);
    });
  }
}
