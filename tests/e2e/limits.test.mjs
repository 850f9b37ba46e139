// Everything that comes in has a limit: a source that floods, an answer without end, a text that nobody could keep. The person,
// other tabs and the popup go on meanwhile.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

/** How long the worker takes to answer the popup, the longest of some times in a row, in milliseconds. */
const slowestAnswer = () =>
  world.browser.desk.evaluate(async () => {
    let slowest = 0;
    for (let turn = 0; turn < 12; turn += 1) {
      const asked = performance.now();
      await chrome.runtime.sendMessage({ kind: 'popup', tab: 0 });
      slowest = Math.max(slowest, performance.now() - asked);
      await new Promise((rest) => setTimeout(rest, 20));
    }
    return slowest;
  });

const evidence = (chat) => chat.inCard((root) => [...root.querySelectorAll('details li')].map((item) => item.textContent).join('\n'));

test('Stop works while a source floods', async (t) => {
  await world.lab.fail('stream_flood');
  const chat = await world.chat();
  await chat.ask();
  await chat.sees('.draft:not(:empty)');
  const slowest = await slowestAnswer();
  t.diagnostic(`the popup was answered within ${Math.round(slowest)} ms`);
  assert.ok(slowest < 1_000, `the popup waited ${slowest} ms`);
  const second = await world.chat();
  await second.ask('Say no, kindly.');
  await second.page.close();
  await chat.page.bringToFront();
  assert.equal(await chat.inCard((root) => root.querySelector('[data-cause]')), null, 'the flood still runs');
  await chat.press('Stop');
  await until('it has stopped', async () => (await chat.buttons()).some(({ label }) => label === 'Insert'), { ms: 2_000 });
  assert.ok((await chat.inCard((root) => root.querySelector('.draft').textContent)).length > 0, 'what came is kept');
  assert.equal(await chat.inCard((root) => root.querySelector('[data-cause]')), null);
});

const ENDLESS = [
  ['text', 'stream_endless', /text of the answer exceeded 256 KB/, 256 * 1024 - 40],
  ['an event', 'stream_endless_event', /exceeded 1 MB/, 10],
  ['comments', 'stream_endless_comment', /exceeded 1 MB/, 10],
  ['nothing', 'stream_flood', /exceeded 64 MB in all/, 10],
];

for (const [what, fault, finding, length] of ENDLESS) {
  test(`${what} without end is ended`, async () => {
    await world.lab.fail(fault, { times: -1 });
    const chat = await world.chat();
    await chat.ask();
    const shown = await chat.diagnosis({ ms: 90_000 });
    assert.equal(shown.cause, 'unexpected_reply');
    assert.equal(shown.countdown, undefined, 'nothing is repeated by itself');
    assert.match(await evidence(chat), finding);
    const letters = shown.received.length;
    assert.ok(letters >= length && letters <= length + 40, `${letters} letters are kept`);
    assert.equal((await world.lab.calls()).length, 1);
  });
}

test('a 12 MB text is kept', async () => {
  const other = await world.chat();
  await other.ask();
  await other.draft();
  const chat = await world.chat();
  await chat.open();
  const long = 12 * 1024 * 1024;
  const field = () => chat.inCard((root) => root.querySelector('textarea')?.value.length);
  await chat.inCard((root, letters) => {
    // Laying out so many letters takes this machine seconds, and is not what is tried here.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('textarea { display: none }');
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    root.querySelector('textarea').value = 'x'.repeat(letters);
  }, long);
  const told = () => chat.inCard((root) => /Too long to send or keep/.test(root.querySelector('.note')?.textContent));
  for (const press of ['Draft', 'Shorten']) {
    await chat.press(press);
    await until('the person is told', told);
    assert.equal(await field(), long, `${press} takes nothing away`);
  }
  assert.equal((await world.lab.calls()).length, 1, 'nothing of it was sent');
  const { journal } = await world.browser.desk.evaluate(() => chrome.storage.session.get('journal'));
  assert.ok(journal.length < 100_000, `the journal has ${journal.length} letters`);

  await other.page.bringToFront();
  await other.press('New draft');
  await until('the other tab asks', async () => (await world.lab.calls()).length === 2);
  const draft = await other.draft();
  await world.browser.killWorker();
  await other.press('Copy');
  await other.sees('.note');
  assert.equal(await other.draft(), draft, 'the next life of the worker knows it');
});

test('comments alone keep no call open', async () => {
  const server = createServer((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' });
    const drip = setInterval(() => answer.write(':\n'), 50);
    answer.on('close', () => clearInterval(drip));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  try {
    await world.browser.setUpSource(`http://127.0.0.1:${server.address().port}/v1`, 'key-1');
    await world.browser.changeSettings({ first_byte_ms: 200, policy: { attempts: 1 } });
    const chat = await world.chat();
    await chat.ask();
    const { cause } = await chat.diagnosis({ ms: 15_000 });
    assert.match(cause, /timeout/);
  } finally {
    await world.browser.changeSettings({ first_byte_ms: 240_000, policy: undefined });
    await world.useLab();
    server.closeAllConnections();
    server.close();
  }
});
