// A source that means harm: its redirects, headers and answers lead nothing elsewhere, and break nothing.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { World } from './harness.mjs';

let world, source, elsewhere, answer;
const seen = [];
const got = [];
const listens = (one) => new Promise((done) => one.listen(0, '127.0.0.1', () => done(one.address().port)));
const whole = (head, body = '') => (socket) => socket.end(`HTTP/1.1 ${head}\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

before(async () => {
  world = await World.open();
  // What follows the request's first piece does not matter: it is answered at once.
  source = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => {
      seen.push(String(head));
      answer(socket);
    });
  });
  elsewhere = createServer((socket) => socket.on('error', () => {}).once('data', (head) => (got.push(String(head)), whole('200 OK\r\naccess-control-allow-origin: *', '{}')(socket))));
  await world.browser.setUpSource(`http://127.0.0.1:${await listens(source)}/v1`, 'a-secret-key');
  await listens(elsewhere);
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  source?.close();
  elsewhere?.close();
});

async function fails(given) {
  answer = given;
  const chat = await world.chat();
  await chat.ask('Say yes.');
  return [chat, await chat.diagnosis()];
}

test('odd redirects get nothing', async () => {
  const { port } = elsewhere.address();
  const own = source.address().port;
  for (const to of [`ht\ttp://127.0.0.1:${port}/v1`, `\\\\127.0.0.1:${port}\\v1`, `http://127.0.0.1:${own}@localhost:${port}/v1`, `ws://127.0.0.1:${port}/v1`, 'data:text/event-stream,data: [DONE]', `chrome-extension://${world.browser.id}/card.html`]) {
    const [chat] = await fails(whole(`307 Temporary Redirect\r\nlocation: ${to}`));
    assert.ok(!(await chat.buttons()).some(({ label }) => label === 'Use that address'), to);
    await chat.page.close();
  }
  assert.deepEqual(got, []);
});

test('headers lead no call elsewhere', async () => {
  const to = `http://127.0.0.1:${elsewhere.address().port}`;
  const hints = `link: <${to}/p>; rel=preload; as=fetch`;
  const more = `refresh: 0;url=${to}\r\nalt-svc: h2="127.0.0.1:${elsewhere.address().port}"\r\nreporting-endpoints: default="${to}/r"\r\nnel: {"report_to":"default","max_age":9}\r\nset-cookie: track=1\r\nwww-authenticate: Basic realm="Your key"`;
  const given = whole(`401 Unauthorized\r\n${hints}\r\n${more}`, `<meta http-equiv="refresh" content="0;url=${to}">`);
  await fails((socket) => (socket.write(`HTTP/1.1 103 Early Hints\r\n${hints}\r\n\r\n`), given(socket)));
  await fails(given);
  assert.deepEqual(got, []);
  assert.ok(!seen.some((head) => /\ncookie:/i.test(head)));
});

test('a gzip bomb is defused', async () => {
  const bomb = gzipSync(Buffer.alloc(100e6));
  const [, { cause }] = await fails((socket) => (socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n'), socket.end(bomb)));
  assert.equal(cause, 'unexpected_reply');
});

test('deep JSON does not end it', async () => {
  await fails(whole('200 OK\r\ncontent-type: text/event-stream', `data: ${'['.repeat(400_000)}\n\n`));
  await fails(whole('400 Bad Request\r\ncontent-type: application/json', '{"error":'.repeat(6_000)));
  const view = await world.browser.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'popup', tab: 0 }).then(({ view }) => Boolean(view)));
  assert.ok(view);
});
