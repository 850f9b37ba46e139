// Chats that talk by a WebSocket, on an app that the person added and that says nothing itself: a close that leaves a question
// unanswered is told by its cause, any other is not.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Chat, World, until } from './harness.mjs';

const SITE = 'http://socket.own.test';
// The page may connect again by itself for 4 s; a banner would be there by then.
const SETTLED_MS = 6_000;

let world;
before(async () => {
  world = await World.open();
  await world.browser.addApp(SITE);
});
afterEach(() => world.reset());
after(() => world?.close());

const wish = (reply, path = '/live') =>
  fetch(`${world.lab.origin}/lab/app`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ path, ...reply }) });

async function open(query = '') {
  const page = await world.browser.context.newPage();
  await page.goto(`${SITE}:${world.lab.ports.http}/${query}`);
  return Chat.attach(world.browser, page, '#prompt');
}

async function ask(chat, text = 'Plan a day in Lisbon') {
  await chat.type(text);
  await chat.page.keyboard.press('Enter');
}

async function answered(query) {
  const chat = await open(query);
  await ask(chat);
  await chat.page.locator('.answer').waitFor();
  return chat;
}

const hasClosed = (chat, times = 1) => until('the socket has closed', async () => Number(await chat.page.locator('#talk').getAttribute('data-closed')) >= times);

async function staysQuiet(chat) {
  await chat.page.waitForTimeout(SETTLED_MS);
  assert.equal(await chat.isOpen(), false);
}

// What the server does with the question, the cause.
const FAILURES = [
  ['gone before an answer', {}, 'connection_lost'],
  ['gone midway', { body: 'Gladly. See' }, 'stream_interrupted'],
  ['a policy', { close: 1008 }, 'access_denied'],
  ['a policy, with reason', { close: 1008, reason: 'Your session has expired. Please sign in again.' }, 'session_expired'],
  ['a message too big', { close: 1009 }, 'payload_too_large'],
  ['an error of the server', { close: 1011, body: 'Gladly. See' }, 'server_error'],
  ['a restart', { close: 1012 }, 'service_unavailable'],
  ['too busy', { close: 1013 }, 'model_overloaded'],
  ["an app's code, with reason", { close: 4029, reason: 'Rate limit reached' }, 'rate_limited'],
];

for (const [what, reply, cause] of FAILURES) {
  test(`${what}: ${cause}`, async () => {
    const chat = await answered();
    await wish(reply);
    await ask(chat, 'And in Porto?');
    await world.explains(chat, { cause });
  });
}

test('asked on a refused socket', async () => {
  await wish({ status: 503 });
  const chat = await open();
  await hasClosed(chat);
  await ask(chat);
  await world.explains(chat, { cause: 'connection_lost' });
});

test('asked on a socket long closed', async () => {
  const chat = await answered();
  await wish({ close: 1012 });
  await ask(chat, 'And in Porto?');
  await hasClosed(chat);
  await chat.diagnosis();
  await chat.press('Close');
  await chat.page.waitForTimeout(SETTLED_MS + 5_000);
  await ask(chat, 'And in Faro?');
  assert.equal((await chat.diagnosis()).cause, 'service_unavailable');
});

test('good answers and idle closes', async () => {
  const chat = await answered();
  await ask(chat, 'And in Porto?');
  await chat.page.locator('.answer').nth(1).waitFor();
  await staysQuiet(chat);
  // Nobody asks, and the server goes away, once with a code and once without.
  for (const reply of [{ close: 1011, at_once: true }, { at_once: true }]) {
    await wish(reply);
    const idle = await open();
    await hasClosed(idle);
    await staysQuiet(idle);
  }
});

test('an idle socket goes away', async () => {
  const chat = await answered('?again=60000');
  await wish({ body: 'Gladly.', after_ms: 5_000 });
  await ask(chat, 'And in Porto?');
  await hasClosed(chat);
  await staysQuiet(chat);
});

test('normal closes tell nothing', async () => {
  for (const reply of [{ close: 1000 }, { close: 4000 }]) {
    await wish(reply);
    const chat = await open();
    await ask(chat);
    await hasClosed(chat);
    await staysQuiet(chat);
  }
});

test('connected again and answered', async () => {
  const chat = await answered('?again=1500');
  await wish({ close: 1011 });
  await ask(chat, 'And in Porto?');
  await hasClosed(chat);
  await world.lab.reset();

  await chat.page.waitForTimeout(2_500);
  await ask(chat, 'Once more');
  await chat.page.locator('.answer').nth(1).waitFor();
  await staysQuiet(chat);
});

test('the next answer ends it', async () => {
  const chat = await answered('?again=8000');
  await wish({ close: 1011 });
  await ask(chat, 'And in Porto?');
  await chat.diagnosis();
  await world.lab.reset();
  await chat.page.waitForTimeout(6_000);
  await ask(chat, 'Once more');
  await until('the banner is gone', async () => !(await chat.isOpen()));
});

test('sockets behave as before', async () => {
  const look = async () => {
    const made = new WebSocket(`${location.origin.replace('http', 'ws')}/live`, ['a']);
    class Own extends WebSocket {}
    const own = new Own(made.url);
    const thrown = (run) => {
      try {
        run();
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    };
    const order = [];
    const ended = new Promise((resolve) => own.addEventListener('close', resolve));
    for (const name of ['open', 'message', 'close']) {
      own.addEventListener(name, () => order.push(`listener ${name}`));
      own[`on${name}`] = () => order.push(`handler ${name}`);
    }
    const early = thrown(() => own.send('x'));
    await new Promise((resolve) => own.addEventListener('open', resolve));
    own.send('x');
    await new Promise((resolve) => own.addEventListener('message', resolve));
    own.close(3999, 'bye');
    const { code, reason, wasClean } = await ended;
    return {
      early,
      order,
      closed: [code, reason, wasClean],
      are: [made instanceof WebSocket, own instanceof Own, own instanceof WebSocket, made.constructor === WebSocket, own.constructor === Own],
      proto: Object.getPrototypeOf(made) === WebSocket.prototype,
      own: Object.getOwnPropertyNames(made),
      statics: [WebSocket.OPEN, WebSocket.name, WebSocket.length, WebSocket.prototype.send.name, WebSocket.prototype.send.length],
      descriptors: [Object.getOwnPropertyDescriptor(globalThis, 'WebSocket'), Object.getOwnPropertyDescriptor(WebSocket.prototype, 'constructor'), Object.getOwnPropertyDescriptor(WebSocket.prototype, 'send')].map(
        ({ writable, enumerable, configurable }) => [writable, enumerable, configurable],
      ),
      native: [WebSocket, WebSocket.prototype.send].map((made) => /\[native code\]/.test(Function.prototype.toString.call(made))),
      thrown: [thrown(() => WebSocket('ws://x')), thrown(() => new WebSocket('no address')), thrown(() => new WebSocket()), thrown(() => WebSocket.prototype.send.call({}, 'x')), thrown(() => WebSocket.prototype.url)],
    };
  };
  const watched = await (await open()).page.evaluate(look);
  const plain = await world.browser.context.newPage();
  await plain.goto(`http://chat.own.test:${world.lab.ports.http}/`);
  assert.deepEqual(watched, await plain.evaluate(look));
});
