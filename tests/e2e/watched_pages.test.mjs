// What watching does to a page: the text is kept, one story is told once, noise raises nothing, and where nothing was
// switched on there is nothing.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { APPS, App, openApps, switchOn, until } from './app.mjs';
import { Chat, words } from './harness.mjs';

const [CHATGPT, CLAUDE, GEMINI] = Object.keys(APPS);
const EXPIRED = { status: 401, body: JSON.stringify({ detail: { message: 'Your authentication token is expired.', code: 'token_expired' } }) };
const BROKEN = { status: 500, body: JSON.stringify({ detail: 'Internal Server Error' }) };
const WELL = { body: 'data: {"text":"Gladly."}\n\n' };

let world;
before(async () => {
  world = await openApps();
});
afterEach(() => world.reset());
after(() => world?.close());

const incidents = (app) =>
  app.world.browser.popup(app.page).then(async (popup) => {
    const causes = await popup.locator('[data-cause]').evaluateAll((found) => found.map(({ dataset }) => [dataset.cause, 'settled' in dataset]));
    await popup.close();
    await app.page.bringToFront();
    return causes;
  });

for (const site of [CHATGPT, CLAUDE, GEMINI]) {
  // The text is back in the box after the reload and was not sent.
  test(`${new URL(site).hostname}: reload keeps typed text`, async () => {
    const app = await App.open(world, site);
    await app.answers('answer', BROKEN);
    await app.ask('First question');
    await app.chat.diagnosis();
    await app.type('A second one, half wri');
    const loaded = app.page.waitForEvent('load');
    await app.chat.press('Reload and keep my text');
    await loaded;
    await app.holds('A second one, half wri');
    assert.equal(await app.page.locator('#talk p').count(), 0, 'nothing was asked');
    assert.equal(await app.chat.isOpen(), false);
    const kept = () => world.browser.desk.evaluate(async () => Object.keys(await chrome.storage.session.get()).filter((key) => key.startsWith('typed')));
    await until('nothing of it is kept any longer', async () => !(await kept()).length);
  });
}

// The text that went with the failed call is back, too.
test('reload restores the failed message', async () => {
  const app = await App.open(world, CLAUDE);
  await app.answers('answer', BROKEN);
  await app.ask('Write to Mara');
  await app.chat.diagnosis();
  await app.holds('');
  const loaded = app.page.waitForEvent('load');
  await app.chat.press('Reload and keep my text');
  await loaded;
  await app.holds('Write to Mara');
});

// If the page has no box after the reload, the text is there to be copied.
test('text without a box is shown', async () => {
  const app = await App.open(world, CLAUDE);
  await app.answers('answer', BROKEN);
  await app.ask('Write to Mara');
  await app.chat.diagnosis();
  app.path = '/';
  await app.answers('path', { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Claude</title><main>Back soon.</main>' });
  const loaded = app.page.waitForEvent('load');
  await app.chat.press('Reload and keep my text');
  await loaded;
  // So long a page may take to draw its box.
  await until('the text is shown', () => app.chat.inCard((root) => root.querySelector('textarea')?.value === 'Write to Mara'), { ms: 30_000 });
  await app.chat.press('Close');
  await app.isQuiet();
});

// The other apps are not played: one of their calls fails on a page of their host, and one that only measures.
for (const [site, answer, telemetry] of [
  ['https://copilot.microsoft.com', '/c/api/conversations', '/c/api/telemetry'],
  ['https://chat.deepseek.com', '/api/v0/chat/completion', '/api/v0/events'],
  ['https://grok.com', '/rest/app-chat/conversations/new', '/rest/events'],
  ['https://www.perplexity.ai', '/rest/sse/perplexity_ask', '/rest/event/analytics'],
  ['https://poe.com', '/api/gql_POST', '/api/receive_POST'],
]) {
  test(`${new URL(site).hostname}: answer calls count, telemetry not`, async () => {
    const { host } = new URL(site);
    const page = await world.browser.context.newPage();
    for (const path of [answer, telemetry]) await world.lab.stage({ host, path, status: 503, body: 'Service Unavailable' });
    await world.lab.stage({ host, path: '/', headers: { 'content-type': 'text/html' }, body: '<!doctype html><html lang="en"><title>Assistant</title><textarea></textarea>' });
    await page.goto(site);
    const chat = await Chat.attach(world.browser, page, 'textarea');
    const call = (path) => page.evaluate((path) => fetch(path, { method: 'POST', body: '{}' }).then(({ status }) => status), path);
    assert.equal(await call(telemetry), 503);
    assert.equal(await call(answer), 503);
    assert.equal((await chat.diagnosis()).cause, 'service_unavailable');
    assert.deepEqual(await incidents({ world, page }), [['service_unavailable', false]]);
    await page.close();
  });
}

test('failing telemetry raises nothing', async () => {
  for (const site of [CHATGPT, CLAUDE, GEMINI]) {
    const app = await App.open(world, site);
    for (const reply of [{ status: 500 }, { status: 403 }, { cut: true }]) {
      await app.answers('telemetry', reply);
      await app.page.evaluate(() => globalThis.measure());
    }
    // A failure that is told after them shows that they were heard, or rather not.
    await app.answers('answer', BROKEN);
    await app.ask();
    await app.chat.diagnosis();
    assert.deepEqual(await incidents(app), [['server_error', false]]);
    await world.browser.forget();
    await app.page.close();
  }
});

// An answer that ends as it should and holds none: only the page knows, and says so in its own words.
const EMPTY = { headers: { 'content-type': 'text/event-stream' }, body: 'data: {"type":"error"}\n\n' };

for (const [site, cause] of [[CHATGPT, 'server_error'], [CLAUDE, 'service_unavailable'], [GEMINI, 'server_error']]) {
  // An error that only the page tells of; it is over with the next answer.
  test(`${new URL(site).hostname}: in-page error is shown`, async () => {
    const app = await App.open(world, site);
    await app.answers('answer', EMPTY);
    await app.ask();
    assert.equal((await app.chat.diagnosis()).cause, cause);
    await app.answers('answer', { headers: { 'content-type': 'text/event-stream' }, body: 'data: {"text":"Gladly."}\n\n' });
    await app.ask('Once more');
    await app.isQuiet();
  });
}

// What the page says does not replace what its call says.
test("the call beats the page's words", async () => {
  const app = await App.open(world, CHATGPT);
  await app.answers('answer', { status: 429, body: JSON.stringify({ detail: { code: 'model_cap_exceeded', message: 'You have sent too many messages to the model.', clears_in: 11461 } }) });
  await app.ask();
  await app.page.getByText('Something went wrong').waitFor();
  await app.ask('Once more');
  assert.equal((await app.chat.diagnosis()).cause, 'usage_cap_reached');
  assert.deepEqual(await incidents(app), [['usage_cap_reached', false]]);
});

// Neither talk of errors in a conversation nor a harmless notice counts.
test('conversations and notices raise nothing', async () => {
  const app = await App.open(world, CHATGPT);
  const notice = (text, role) => app.page.evaluate(([text, role]) => {
    const line = document.createElement('p');
    if (role) line.setAttribute('role', role);
    line.textContent = text;
    document.getElementById('talk').append(line);
  }, [text, role]);
  await app.answers('answer', { headers: { 'content-type': 'text/event-stream' }, body: 'data: {"text":"Something went wrong. You have reached your message limit."}\n\n' });
  await app.ask('Network error. Something went wrong, rate limit exceeded.');
  await app.page.locator('.answer').waitFor();
  await notice('Copied to clipboard', 'alert');
  await notice('Too many requests');
  await app.page.evaluate(() => {
    const aloud = document.createElement('div');
    aloud.setAttribute('aria-live', 'assertive');
    aloud.textContent = 'The assistant says: you have reached your message limit.';
    document.body.append(aloud);
  });
  await notice('The server is overloaded', 'alert');
  assert.equal((await app.chat.diagnosis()).cause, 'model_overloaded');
  assert.deepEqual(await incidents(app), [['model_overloaded', false]], 'and nothing before');
});

// It is over when a call goes well.
test('repeated failures are one incident', async () => {
  const app = await App.open(world, CHATGPT);
  await app.answers('answer', BROKEN);
  await app.ask('One');
  await app.chat.diagnosis();
  await app.ask('Two');
  await app.page.locator('.failed').nth(1).waitFor();
  assert.deepEqual(await incidents(app), [['server_error', false]]);
  await app.answers('answer', WELL);
  await app.ask('Three');
  await app.isQuiet();
  assert.deepEqual(await incidents(app), [['server_error', true]]);
});

// It is told before the next prompt, and a good session ends the incident.
test('an ended session shows early', async () => {
  const app = await App.open(world, CHATGPT);
  await app.answers('session', EXPIRED);
  await app.page.evaluate(() => globalThis.checkSession());
  assert.equal((await app.chat.diagnosis()).cause, 'session_expired');
  await app.answers('session', { body: JSON.stringify({ user: { name: 'Sam Example' } }) });
  await app.page.evaluate(() => globalThis.checkSession());
  await app.isQuiet();
});

// Both mean that the session has ended.
test('empty session or sign-in redirect', async () => {
  const app = await App.open(world, CHATGPT);
  await app.answers('session', { body: '{}' });
  await app.page.evaluate(() => globalThis.checkSession());
  assert.equal((await app.chat.diagnosis()).cause, 'session_expired');
  const other = await App.open(world, CLAUDE);
  await other.answers('session', { status: 302, headers: { location: '/login' } });
  await other.page.evaluate(() => globalThis.checkSession());
  assert.equal((await other.chat.diagnosis()).cause, 'session_expired');
});

// The sign-in opens in a tab of its own; who comes back is told to reload, and the next calls settle it.
test('sign-in, return, reload, settled', async () => {
  const app = await App.open(world, CHATGPT);
  await app.answers('answer', EXPIRED);
  await app.ask('Half a thought');
  await app.chat.diagnosis();
  const opened = world.browser.context.waitForEvent('page');
  await app.chat.press('Sign in to ChatGPT');
  const login = await opened;
  await login.waitForURL('https://chatgpt.com/auth/login');
  await app.answers('answer', WELL);
  await login.close();
  await app.page.bringToFront();
  await app.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await app.chat.sees('.note');
  assert.match(await app.chat.text(), new RegExp(words('page_returned').source.slice(1, -1)));
  await app.ask('And again');
  await app.isQuiet();
});

// A page that speaks as our scripts do.
test('forged messages are not heard', async () => {
  const app = await App.open(world, CHATGPT);
  await app.page.evaluate(() => {
    const word = { of: 'answer', url: 'https://chatgpt.com/backend-api/f/conversation', status: 500, headers: [], body: 'x' };
    const forged = { kind: 'page_failed', word };
    for (const name of ['unstuck', 'unstuck-rules', 'unstuck-hook', 'page_failed', '0-0-0-0']) {
      for (const place of [document, window]) place.dispatchEvent(new CustomEvent(name, { detail: JSON.stringify({ to: 'mine', answer: '.', session: '.', signIn: '.', ...word }) }));
    }
    postMessage(forged, '*');
    postMessage(JSON.stringify(forged), '*');
    new BroadcastChannel('unstuck').postMessage(forged);
    globalThis.chrome?.runtime?.sendMessage?.('x', forged);
  });
  await app.answers('answer', EXPIRED);
  await app.ask();
  assert.equal((await app.chat.diagnosis()).cause, 'session_expired');
  assert.deepEqual(await incidents(app), [['session_expired', false]]);
});

// Results, errors and what functions look like are those of the page without us.
test("the page's fetch behaves as before", async () => {
  const app = await App.open(world, CHATGPT);
  const seen = () => {
    const look = (run) => run().then(({ status, url }) => ({ status, url }), ({ name, message }) => ({ name, message }));
    const stopped = new AbortController();
    stopped.abort();
    return Promise.all([
      look(() => fetch('/backend-api/f/conversation', { method: 'POST', body: '{}' })),
      look(() => fetch('/backend-api/f/conversation', { signal: stopped.signal })),
      look(() => fetch('/backend-api/f/conversation', { signal: AbortSignal.abort(undefined) })),
      look(() => fetch('https://chatgpt.com:1/backend-api/f/conversation')),
      look(() => fetch('http://[')),
      fetch('/backend-api/f/conversation', { method: 'POST' }).then((answer) => answer.text()),
      fetch('/backend-api/f/conversation', { signal: AbortSignal.abort('why') }).catch((why) => why),
      fetch.name,
      fetch.length,
      XMLHttpRequest.prototype.open.length,
      Object.getOwnPropertyDescriptor(globalThis, 'fetch').enumerable,
      /\[native code\]/.test(Function.prototype.toString.call(fetch)),
    ]);
  };
  await app.answers('answer', BROKEN);
  const watched = await app.page.evaluate(seen);
  await switchOn(world, []);
  const plain = await App.open(world, CHATGPT);
  assert.deepEqual(watched, await plain.page.evaluate(seen));
  await switchOn(world, Object.keys(APPS));
});

// There is no script, no listener and no word of ours.
test('switched-off apps stay untouched', async () => {
  await switchOn(world, [CLAUDE]);
  const app = await App.open(world, CHATGPT);
  const devtools = await world.browser.context.newCDPSession(app.page);
  const contexts = [];
  devtools.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context.name));
  await devtools.send('Runtime.enable');
  assert.deepEqual(contexts.filter((name) => /Unstuck/i.test(name)), [], 'no world of ours');
  const { result } = await devtools.send('Runtime.evaluate', { expression: 'document' });
  const { listeners } = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
  assert.deepEqual(listeners, []);
  assert.equal(await app.page.evaluate(() => Function.prototype.toString.call(fetch)), 'function fetch() { [native code] }');
  await app.answers('answer', BROKEN);
  await app.ask();
  await app.page.locator('.failed').waitFor();
  assert.deepEqual(await incidents(app), []);

  const listens = () => world.browser.inWorker(() => Object.values(chrome.webRequest).some((event) => event.hasListeners?.()));
  assert.equal(await listens(), true, 'for the app that is on');
  await switchOn(world, []);
  assert.equal(await listens(), false);
  assert.deepEqual(await world.browser.inWorker(() => chrome.scripting.getRegisteredContentScripts().then((all) => all.map(({ id }) => id))), ['launcher']);
  await switchOn(world, Object.keys(APPS));
});

test('apps are switched in the options', async () => {
  await switchOn(world, []);
  const options = await world.browser.options('Where');
  const toggle = options.getByRole('switch', { name: 'ChatGPT' });
  await toggle.click();
  await options.locator('[role=switch][aria-checked=true]', { hasText: 'ChatGPT' }).waitFor();
  const app = await App.open(world, CHATGPT);
  await app.answers('answer', BROKEN);
  await app.ask();
  assert.equal((await app.chat.diagnosis()).cause, 'server_error');
  await options.bringToFront();
  await toggle.click();
  await options.locator('[role=switch][aria-checked=false]', { hasText: 'ChatGPT' }).waitFor();
  const plain = await App.open(world, CHATGPT);
  assert.equal(await plain.page.evaluate(() => Function.prototype.toString.call(fetch)), 'function fetch() { [native code] }');
  await switchOn(world, Object.keys(APPS));
});
