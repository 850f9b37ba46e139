// Calls that a page makes and a worker would not fail with, or not so: policies, other extensions, the page itself.
// The worker watches the tab, the page tells its exception, and both together give the true cause.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';
import { writeNeighbour } from './neighbour.mjs';
import { startWire } from './wire.mjs';

let world, wire, folder;
before(async () => {
  wire = await startWire();
  folder = await mkdtemp(join(tmpdir(), 'unstuck-neighbour-'));
  const neighbour = await writeNeighbour(folder, { blocked: 'blocked.test', upgraded: 'upgraded.test' });
  world = await World.open(({ ports }) => ({
    neighbour,
    rules: ['MAP unseen.example 127.0.0.1'],
    args: ['--ignore-certificate-errors', `--ip-address-space-overrides=127.0.0.1:${ports.http}=public`],
  }));
  for (const app of ['http://app.test', 'https://app.test']) await world.browser.addApp(app);
});
afterEach(() => Promise.all(world.browser.context.pages().map((page) => page === world.browser.desk || page.close())));
after(async () => {
  await world?.close();
  wire.close();
  await rm(folder, { recursive: true, force: true });
});

// The pages. None but the messenger has a policy of its own; the one over http lies in the public address space, all
// other ports in the local one.
const open = ({ ports }) => `http://app.test:${ports.http}/lab/health`;
const secure = ({ ports }) => `https://app.test:${ports.https}/lab/health`;
const strict = ({ ports }) => `http://app.test:${ports.http}/messenger`;

// What is called, relative to the page or not.
const host = (name, path = '/lab/health') => ({ ports }) => `http://${name}:${ports.http}${path}`;
const local = (name) => () => `http://127.0.0.1:${wire.ports[name]}/`;
const fault = (name) => (lab) => `http://app.test:${lab.ports.http}/fault/${name}/v1/models`;

/** Calls as a page does; gives the exception, nothing when there is none. */
const call = async ({ url, init = {}, as }) => {
  const told = ({ name, message }) => ({ name, message });
  const script = () =>
    new Promise((resolve) => document.head.append(Object.assign(document.createElement('script'), { src: url, onload: () => resolve(), onerror: () => resolve({ name: 'Event', message: 'error' }) })));
  if (as === 'script') return script();
  const sent = fetch(url, init).then((answer) => answer.text()).then(() => undefined, told);
  if (as === 'stopped') setTimeout(() => window.stop(), 300);
  return as === 'hanging' ? undefined : sent;
};

const HEADER = { headers: { 'x-own': '1' } };

// What happens, the page, what it calls and how, what the banner has to name, the cause.
const RECIPES = [
  ['another extension blocks it', open, host('blocked.test'), {}, /net::ERR_BLOCKED_BY_CLIENT/, 'blocked_by_extension'],
  ['another extension upgrades it', open, host('upgraded.test'), {}, /net::ERR_SSL_PROTOCOL_ERROR/, 'tls_handshake'],
  ['the server refuses the origin', open, host('api.test'), {}, /kept it from the page/, 'blocked_by_cors'],
  ['the server refuses the preflight', open, host('api.test'), { init: HEADER }, /CORS preflight/, 'blocked_by_cors'],
  ['a limit hidden by CORS', open, host('api.test', '/fault/rate_limited/v1/models'), {}, /HTTP 429/, 'rate_limited'],
  ["the page's policy forbids it", strict, host('api.test'), {}, /never left the browser/, 'blocked_by_policy'],
  ['http from a secure page', secure, host('api.test'), {}, /never left the browser/, 'blocked_by_policy'],
  ['a public page calls localhost', open, local('proxyRefuses'), {}, /net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS/, 'blocked_by_policy'],
  ['a same-site-only resource', secure, local('ownSiteOnly'), { init: { mode: 'no-cors' } }, /net::ERR_BLOCKED_BY_RESPONSE/, 'blocked_by_policy'],
  ['data instead of a script', secure, local('noScript'), { as: 'script' }, /net::ERR_BLOCKED_BY_ORB/, 'blocked_by_policy'],
  ['a preflight without a listener', secure, ({ ports }) => `https://127.0.0.1:${ports.refused}/`, { init: HEADER }, /net::ERR_CONNECTION_REFUSED/, 'connection_refused'],
  ['a redirect the page refuses', open, fault('captive_redirect'), { init: { redirect: 'error' } }, /net::ERR_ABORTED/, 'bad_address'],
  ['an answer with another fingerprint', open, host('app.test'), { init: { integrity: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' } }, /^(?!.*net::)/s, 'unexpected_reply'],
  ['an oversized keepalive request', secure, ({ ports }) => `https://app.test:${ports.https}/lab/sent`, { init: { method: 'POST', keepalive: true, body: 'x'.repeat(70 * 1024) } }, /never left the browser/, 'network_unknown'],
  ['a host without permission', open, host('unseen.example'), {}, /^(?!.*never left)/s, 'network_unknown'],
];

const tabOf = (page) => world.browser.desk.evaluate(async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url).id, page.url());

/** Whether the worker listens to calls of a tab. */
async function listens() {
  await world.browser.wake();
  return world.browser.inWorker(() => [chrome.tabs.onRemoved, ...Object.values(chrome.webRequest)].some((event) => event.hasListeners?.()));
}

/** Says from the page's own script what it would say of a failed call; gives the banner that is shown then. */
const explain = (tab, url, thrown) =>
  world.browser.inside(
    async ({ resume }, tabId, word) => {
      const say = (told) => chrome.runtime.sendMessage({ kind: 'page_failed', word: told }).then(() => {});
      const [{ documentId: document }] = await chrome.scripting.executeScript({ target: { tabId }, func: say, args: [word] });
      const core = await resume();
      return JSON.stringify(core.card_view({ tab: tabId, id: 0, document }));
    },
    tab,
    { of: 'answer', url, ...thrown },
  );

const causeIn = (banner) => banner.match(/"data-cause","(\w+)"/)?.[1];

async function visit(address) {
  const page = await world.browser.context.newPage();
  await page.goto(address);
  return { page, tab: await tabOf(page) };
}

/** A page of an app that is on, once the worker listens to it. */
async function visitWatched(address) {
  const visited = await visit(address);
  await until('it is watched', listens);
  return visited;
}

for (const [seen, where, what, how, finding, cause] of RECIPES) {
  test(`${seen}: ${cause}`, async () => {
    const { page, tab } = await visitWatched(where(world.lab));
    const url = what(world.lab);
    const thrown = await page.evaluate(call, { url, ...how });
    assert.ok(thrown, 'the page got an exception');
    const banner = await explain(tab, url, thrown);
    assert.equal(causeIn(banner), cause, `${JSON.stringify(thrown)}\n${banner}`);
    assert.match(banner, finding);
  });
}

test("the page's own abort is silent", async () => {
  const { page, tab } = await visitWatched(open(world.lab));
  const url = fault('never_answers')(world.lab);
  const thrown = await page.evaluate(call, { url, as: 'stopped' });
  assert.ok(thrown, 'the page got an exception');
  assert.equal(causeIn(await explain(tab, url, thrown)), undefined);
});

// It is reported as far as the call came.
test('a hanging login is reported', async () => {
  const { page, tab } = await visitWatched(secure(world.lab));
  const url = local('asksLogin')();
  await page.evaluate(call, { url, as: 'hanging', init: { mode: 'no-cors', credentials: 'include' } });
  await until('the status is seen', async () => /HTTP 401/.test(await explain(tab, url)));
});

// What another extension blocks for pages, it does not block for our own calls.
test('blocking pages does not block us', async () => {
  await world.browser.setUpSource(`https://blocked.test:${world.lab.ports.https}/v1`, world.lab.key);
  try {
    const chat = await world.chat();
    await chat.ask();
    assert.ok(await chat.draft());
  } finally {
    await world.useLab();
  }
});

// Once a watched page is closed, nothing listens any more.
test('unwatched pages leave no listener', async () => {
  await until('nothing listens yet', async () => !(await listens()));
  const other = await visit(host('elsewhere.test')(world.lab));
  assert.equal(await listens(), false);
  assert.equal(causeIn(await explain(other.tab, other.page.url(), {})), undefined);
  const ours = await visitWatched(open(world.lab));
  await ours.page.close();
  await until('nothing listens', async () => !(await listens()));
});
