// Others are told of an outage where the person added a channel, by receivers that hold to the rules of the real ones.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';

import { World, until, words } from './harness.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const CANARY = 'canary7Qz9XwVbNmK3';
const KEY = `${CANARY}${'k'.repeat(32 - CANARY.length)}`;
const RECEIVERS = {
  Slack: { kind: 'slack', path: `services/T0/B0/${CANARY}` },
  PagerDuty: { kind: 'pagerduty', path: 'v2/enqueue', key: KEY },
  Alertmanager: { kind: 'alertmanager', path: 'api/v2/alerts', key: `${CANARY}-token` },
  'Microsoft Teams': { kind: 'teams', path: `workflows/${CANARY}` },
  Webhook: { kind: 'webhook', path: `hook/${CANARY}` },
};

let world;
const logged = [];
before(async () => {
  world = await World.open({ permissions: ['notifications'], acceptDownloads: true });
  world.browser.context.on('console', (message) => logged.push(message.text()));
  for (const worker of world.browser.context.serviceWorkers()) worker.on('console', (message) => logged.push(message.text()));
});
afterEach(async () => {
  await world.browser.changeSettings({ channels: [] });
  await world.browser.desk.evaluate(async () => chrome.storage.local.remove(Object.keys(await chrome.storage.local.get()).filter((name) => name.startsWith('key:channel-'))));
  await world.reset();
});
after(() => world.close());

const at = (kind, path = 'received') => `${world.lab.origin}/sinks/${kind}/${path}`;
const memory = async (kind) => (await fetch(at(kind))).json();
const received = async (kind) => (await memory(kind)).received;
const fails = async (kind, name, times = 1) => {
  const body = JSON.stringify({ name, times });
  const reply = await fetch(`${world.lab.origin}/lab/sinks/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  assert.ok(reply.ok, `${kind} has no trouble ${name}`);
};

const rowOf = (page, name) => page.locator('#channels li[data-key]').filter({ hasText: name });

async function begin(page, name) {
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.locator('#channels').getByRole('button', { name, exact: true }).click();
  await page.locator('input[name=channel_url]').waitFor();
}

async function add(page, name, { kind, path, key }) {
  await begin(page, name);
  await page.locator('input[name=channel_url]').fill(at(kind, path));
  if (key) await page.locator('input[name=channel_key]').fill(key);
  await page.locator('#channels').getByRole('button', { name: 'Add', exact: true }).click();
  await rowOf(page, name).waitFor();
}

async function addAll() {
  const page = await world.browser.options('How');
  for (const [name, receiver] of Object.entries(RECEIVERS)) await add(page, name, receiver);
  return page;
}

/** Time passes on the worker's clock. */
const pass = (ms) =>
  world.browser.inWorker((more) => {
    const now = Date.now;
    Date.now = () => now() + more;
  }, ms);

async function ask() {
  const chat = await world.chat();
  await chat.ask('canary-prompt, dear sir');
  return chat;
}

async function fail(times) {
  await world.lab.fail('server_error', { times });
  for (let nth = 0; nth < times; nth++) {
    const chat = await ask();
    await chat.diagnosis();
    await chat.page.close();
  }
}

async function answer() {
  await pass(3 * 60_000);
  const chat = await ask();
  await chat.draft();
  await chat.page.close();
}

/** What a message of this receiver says of the incident: whether it began or is over. */
const STEP = {
  slack: ({ text }) => (text.startsWith('🔴') ? 'began' : 'over'),
  pagerduty: ({ event_action }) => (event_action === 'trigger' ? 'began' : 'over'),
  alertmanager: ([{ endsAt }]) => (Date.parse(endsAt) > Date.now() + 12 * 3_600_000 ? 'began' : 'over'),
  teams: (body) => (JSON.stringify(body).includes(' does not answer') ? 'began' : 'over'),
  webhook: ({ status }) => (status === 'firing' ? 'began' : 'over'),
};

test('each receiver hears both ends once', async () => {
  const page = await addAll();
  await page.close();
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await fail(4);
  for (const { kind } of Object.values(RECEIVERS)) await until(`${kind} hears of it`, async () => (await received(kind)).length === 1, { ms: 20_000 });
  await until('all answers again', async () => {
    await answer();
    return (await received('slack')).length === 2;
  }, { ms: 120_000 });
  for (const { kind, key } of Object.values(RECEIVERS)) {
    await until(`${kind} hears the end`, async () => (await received(kind)).length === 2, { ms: 20_000 });
    const calls = await received(kind);
    assert.deepEqual(calls.map(({ body }) => STEP[kind](body)), ['began', 'over'], kind);
    for (const { status, trouble, headers, body } of calls) {
      assert.ok(status < 300 && trouble === null, `${kind} took it: ${status}`);
      const text = JSON.stringify(body);
      assert.ok(!/canary-prompt|lab-key|\/v1|chrome-extension/.test(text), `${kind}: ${text}`);
      assert.ok(!headers.cookie && !headers.referer, `${kind}: neither cookies nor a referrer`);
      assert.equal(headers.authorization, key && kind === 'alertmanager' ? `Bearer ${key}` : undefined);
    }
  }
  const [pager] = Object.values((await memory('pagerduty')).shown);
  assert.deepEqual([pager.status, pager.triggers], ['resolved', 1]);
  assert.equal(Object.keys((await memory('alertmanager')).shown).length, 1, 'begin and end have the same labels');
});

// The person's own fault is nobody else's matter.
test('own faults are told to nobody', async () => {
  const page = await world.browser.options('How');
  await add(page, 'Webhook', RECEIVERS.Webhook);
  await page.close();
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await world.lab.fail('invalid_api_key', { times: 4 });
  for (let nth = 0; nth < 4; nth++) {
    const chat = await ask();
    await chat.diagnosis();
    await chat.page.close();
  }
  assert.deepEqual(await received('webhook'), []);
});

// The answer is lost with the worker: it may have arrived, so the same is sent again.
test('a worker dies before the answer', async () => {
  const page = await world.browser.options('How');
  await add(page, 'PagerDuty', RECEIVERS.PagerDuty);
  await page.close();
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await fails('pagerduty', 'silent');
  await fail(3);
  await until('it was sent', async () => (await received('pagerduty')).length === 1);
  await world.browser.killWorker();
  await world.browser.wake();
  await until('an alarm is set', () => world.browser.desk.evaluate(() => chrome.alarms.get('wake')));
  await until('it is sent again', async () => (await received('pagerduty')).length === 2, { ms: 90_000 });
  const [first, second] = (await received('pagerduty')).map(({ body }) => body.dedup_key);
  assert.equal(first, second);
  const shown = Object.values((await memory('pagerduty')).shown);
  assert.deepEqual(shown.map(({ status, triggers }) => [status, triggers]), [['triggered', 2]]);
});

// The next life of the worker would know nothing of it.
test('nothing unkept is told', async () => {
  const page = await world.browser.options('How');
  await add(page, 'Webhook', RECEIVERS.Webhook);
  await page.close();
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await world.browser.wake();
  await world.browser.inWorker(() => {
    globalThis.kept = chrome.storage.local.set;
    chrome.storage.local.set = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
  });
  await fail(4);
  assert.deepEqual(await received('webhook'), []);
  await world.browser.inWorker(() => void (chrome.storage.local.set = globalThis.kept));
  await until('it is told', async () => (await received('webhook')).length === 1, { ms: 90_000 });
});

test('Test tells what the receiver says', async () => {
  const page = await addAll();
  const troubles = {
    Slack: { no_service: 'slack_gone', channel_is_archived: 'slack_archived', invalid_payload: 'shape', action_prohibited: 'slack_forbids', rollup_error: 'down' },
    PagerDuty: { invalid_event: 'shape', wrong_status: 'unexpected', too_many: 'too_many', unavailable: 'down', redirect: 'moved' },
    Alertmanager: { unauthorized: 'key', not_found: 'gone', no_labels: 'shape', page: 'page', redirect: 'moved' },
    'Microsoft Teams': { throttled_in_words: 'too_many', too_large: 'too_big', gone: 'gone', page: 'page', forbidden: 'key' },
    Webhook: { forbidden: 'key', bad_request: 'shape', broken: 'down', redirect: 'moved', cut: 'no_answer' },
  };
  // A shorter one is tried once; and the browser tries again by itself where a connection broke that was open before.
  const times = { too_large: 2, cut: -1 };
  for (const [name, told] of Object.entries(troubles)) {
    const { kind } = RECEIVERS[name];
    const row = rowOf(page, name);
    const test = row.getByRole('button', { name: `Test ${name}` });
    for (const [trouble, word] of Object.entries(told)) {
      await fails(kind, trouble, times[trouble]);
      await test.click();
      await row.locator('p.problem', { hasText: words(`sink_${word}`) }).waitFor();
      // One message a second, as Slack has it.
      if (kind === 'slack') await page.waitForTimeout(1_100);
    }
    await world.lab.reset();
    await test.click();
    await row.locator('p.note', { hasText: words('sink_accepted') }).waitFor();
    const calls = await received(kind);
    assert.equal(calls.length, 2, `${name}: begin and end`);
    assert.ok(calls.every(({ status }) => status < 300), name);
    if (kind === 'pagerduty') for (const { body } of calls) assert.match(body.dedup_key, /^\d+:test$/);
  }
});

test('wrong addresses are told in words', async () => {
  const page = await world.browser.options('How');
  for (const [name, url, word] of [['Slack', 'https://hooks.test/services/T0/B0/x', 'channel_url_elsewhere'], ['Webhook', 'http://hooks.test/hook', 'channel_url_http'], ['Alertmanager', 'https://me:pw@hooks.test/api/v2/alerts', 'channel_url_user'], ['Microsoft Teams', '', 'channel_url_missing']]) {
    await begin(page, name);
    await page.locator('input[name=channel_url]').fill(url);
    await page.locator('#channels').getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('#channels .problem', { hasText: words(word) }).waitFor();
    assert.equal(await page.locator('input[name=channel_url]').inputValue(), url, 'what was typed stays');
    await page.locator('#channels').getByRole('button', { name: 'Cancel' }).click();
  }
  assert.equal(await page.locator('#channels li[data-key]').count(), 0);
});

// Its address and key reach the receiver alone.
test('secrets are nowhere in plain text', async () => {
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  const page = await world.browser.options('How');
  await page.evaluate(() => {
    globalThis.replies = [];
    const send = chrome.runtime.sendMessage;
    chrome.runtime.sendMessage = (...message) => send(...message).then((reply) => (globalThis.replies.push(JSON.stringify(reply) ?? ''), reply));
    chrome.runtime.onMessage.addListener((message) => void globalThis.replies.push(JSON.stringify(message)));
  });
  for (const [name, receiver] of Object.entries(RECEIVERS)) await add(page, name, receiver);
  await rowOf(page, 'Slack').getByRole('button', { name: 'Test Slack' }).click();
  await rowOf(page, 'Slack').locator('p.note').waitFor();
  await fails('slack', 'no_service');
  await rowOf(page, 'Slack').getByRole('button', { name: 'Test Slack' }).click();
  await rowOf(page, 'Slack').locator('p.problem').waitFor();
  const shown = await rowOf(page, 'Slack').textContent();
  assert.ok(shown.includes(`••••${CANARY.slice(-4)}`), shown);
  await fail(3);
  await until('it is told', async () => (await received('webhook')).length === 1, { ms: 20_000 });
  const chat = await world.chat();
  await world.lab.fail('server_error', { times: -1 });
  await chat.ask();
  await chat.diagnosis();
  await chat.press('Look at the report');
  const report = await until('the report is open', () => world.browser.context.pages().find((open) => open.url().includes('report.html')));
  const preview = await report.locator('[data-preview]').textContent();
  const stored = await world.browser.desk.evaluate(async () => JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get()]));
  const replies = await page.evaluate(() => globalThis.replies);
  const { memory: remembered } = await world.browser.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'options' }));
  const { file } = await world.browser.desk.evaluate((known) => chrome.runtime.sendMessage({ kind: 'options_press', press: 'export', fields: {}, memory: known }), remembered);
  assert.ok(file.includes('unstuck-settings') && !file.includes('channel'), file);
  const journal = await world.browser.desk.evaluate(async () => atob((await chrome.storage.session.get('journal')).journal));
  const places = { preview, stored, file, journal, replies: replies.join(), logged: logged.join() };
  assert.ok(replies.length > 5 && preview.length > 100 && stored.length > 100);
  for (const [place, text] of Object.entries(places)) assert.ok(!text.includes(CANARY.slice(0, 10)), `${place}: ${text}`);
});

test('a removed channel is forgotten whole', async () => {
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  const page = await world.browser.options('How');
  await add(page, 'Webhook', RECEIVERS.Webhook);
  const kept = () => world.browser.desk.evaluate(async () => Object.keys(await chrome.storage.local.get()).filter((name) => name.startsWith('key:channel-')).length);
  assert.equal(await kept(), 1);
  await rowOf(page, 'Webhook').getByRole('button', { name: 'Remove Webhook' }).click();
  await until('its secret is gone', async () => (await kept()) === 0);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await rowOf(page, 'Webhook').getByRole('button', { name: 'Test Webhook' }).click();
  await rowOf(page, 'Webhook').locator('p.note', { hasText: words('sink_accepted') }).waitFor();
  await rowOf(page, 'Webhook').getByRole('button', { name: 'Remove Webhook' }).click();
  await page.close();
  await fail(4);
  assert.equal((await received('webhook')).length, 2, 'only the test');
});

// Nothing is sent: a mail is opened at a press, and the person sends it.
test('a press opens a ready mail', async () => {
  const page = await world.browser.options('How');
  await begin(page, 'Mail');
  await page.locator('input[name=channel_url]').fill('ops+ai@example.org');
  await page.locator('#channels').getByRole('button', { name: 'Add', exact: true }).click();
  await rowOf(page, 'example.org').waitFor();
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await world.browser.wake();
  const stub = () =>
    world.browser.inWorker(() => {
      globalThis.opened ??= [];
      chrome.tabs.create = async ({ url }) => void globalThis.opened.push(url);
    });
  const opened = () => world.browser.inWorker(() => globalThis.opened);
  await stub();
  await rowOf(page, 'example.org').getByRole('button', { name: 'Test Mail' }).click();
  await rowOf(page, 'example.org').locator('p.note', { hasText: words('options_channel_mailed') }).waitFor();
  assert.match((await opened())[0], /^mailto:ops%2Bai@example\.org\?subject=This%20is%20a%20test/);
  await page.close();
  await fail(3);
  const id = await until('a notification is shown', async () => Object.keys(await world.browser.desk.evaluate(() => chrome.notifications.getAll())).find((one) => one.startsWith('outage ')));
  await world.browser.inWorker((notification) => chrome.notifications.onClicked.dispatch(notification), id);
  const [, mail] = await until('the mail is open', async () => (await opened()).length > 1 && opened());
  assert.match(decodeURIComponent(mail), /does not answer/);
  assert.ok(!/canary|lab-key/.test(mail), mail);
});

test('the section passes axe', async () => {
  await mkdir(PICTURES, { recursive: true });
  const page = await addAll();
  await rowOf(page, 'Webhook').getByRole('button', { name: 'Test Webhook' }).click();
  await rowOf(page, 'Webhook').locator('p.note').waitFor();
  await page.evaluate(AXE);
  const look = async (name) => {
    await page.locator('#channels').screenshot({ path: new URL(`channels-${name}.png`, PICTURES).pathname });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], name);
  };
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await look(`list-${colorScheme}`);
    await page.getByRole('button', { name: 'Add a channel' }).click();
    await page.locator('#channels .services').waitFor();
    await look(`kinds-${colorScheme}`);
    await page.locator('#channels').getByRole('button', { name: 'PagerDuty', exact: true }).click();
    await page.locator('input[name=channel_url]').waitFor();
    await look(`form-${colorScheme}`);
    await page.locator('#channels').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Add a channel' }).waitFor();
  }
});
