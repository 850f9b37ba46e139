// What a watched page can see of the script in its own world: no stack names the extension.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { APPS, App, openApps } from './app.mjs';

let world;
before(async () => {
  world = await openApps();
});
after(() => world?.close());

test('no stack names the extension', async () => {
  const [site] = Object.keys(APPS);
  const app = await App.open(world, site);
  const stacks = await app.page.evaluate(async (answer) => {
    const seen = {};
    const note = (what) => (seen[what] = String(new Error(what).stack));
    const noting = (what, then) => (...args) => (note(what), then(...args));
    const failing = async (what, run) => {
      try {
        await run();
      } catch (error) {
        seen[what] = String(error.stack);
      }
    };
    // Errors that the browser makes beneath the wrapped functions.
    await failing('a refused call', () => fetch('https://127.0.0.1:1/x'));
    await failing('a refused call that matters', () => fetch(`https://nx.test${answer}`));
    await failing('no address', () => fetch('https://['));
    await failing('no arguments', () => fetch());
    await failing('no receiver', () => fetch.call(1, '/x'));
    await failing('a bad open', () => new XMLHttpRequest().open('GET', 'https://['));
    await failing('an open of another', () => XMLHttpRequest.prototype.open.call({}, 'GET', '/x'));
    await failing('a construction', () => new fetch('/x'));
    await failing('no address of a socket', () => new WebSocket('no address'));
    await failing('a socket that is not constructed', () => WebSocket('/x'));
    await failing('a word too early', () => new WebSocket(answer).send('x'));
    await failing('a word of another', () => WebSocket.prototype.send.call({}, 'x'));
    // Code of the page that runs beneath them.
    await failing('url', () => fetch({ get url() { note('url'); return answer; }, toString: () => answer }));
    await failing('toString', () => fetch({ toString: noting('toString', () => answer) }));
    await failing('method', () => fetch(answer, { get method() { note('method'); return 'POST'; } }));
    new XMLHttpRequest().open('GET', { toString: noting('open', () => answer) });
    new WebSocket({ toString: noting('socket', () => answer) });
    for (const [owner, name] of [[WeakMap.prototype, 'set'], [WeakMap.prototype, 'get'], [Object, 'assign'], [Date, 'now'], [String.prototype, 'match'], [String.prototype, 'split'], [Promise.prototype, 'then'], [Response.prototype, 'clone'], [EventTarget.prototype, 'addEventListener'], [globalThis, 'URL'], [JSON, 'stringify']]) {
      const own = owner[name];
      owner[name] = new Proxy(own, { apply: (target, self, args) => (note(name), Reflect.apply(target, self, args)), construct: (target, args) => (note(name), Reflect.construct(target, args)) });
      await fetch(answer, { method: 'POST' }).catch(() => {});
      const request = new XMLHttpRequest();
      request.open('POST', answer);
      await new Promise((done) => {
        request.onloadend = done;
        request.send();
      });
      const socket = new WebSocket(answer);
      await new Promise((done) => {
        socket.onclose = done;
        socket.onopen = () => (socket.send('x'), socket.close());
      });
      owner[name] = own;
    }
    seen.source = String(fetch) + String(XMLHttpRequest.prototype.open) + String(WebSocket) + String(WebSocket.prototype.send);
    return seen;
  }, app.answer);
  assert.ok(Object.keys(stacks).length >= 15, Object.keys(stacks).join());
  assert.ok(/fetch/.test(stacks['a refused call']), 'the stack of a call that failed is there');
  for (const [what, stack] of Object.entries(stacks)) {
    assert.ok(!stack.includes(world.browser.id) && !stack.includes('chrome-extension'), `${what}: ${stack}`);
  }
});
