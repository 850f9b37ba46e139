// Numbers and records go to the engines of a team where the person added them: to the real VictoriaMetrics, and to receivers that hold
// to the rules of the real ones.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';

import { World, until, words } from './harness.mjs';
import { receiver } from './receiver.mjs';
import { VictoriaMetrics } from './victoria_metrics.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const CANARY = 'canary7Qz9XwVbNmK3';
const TOKEN = '01234567-89ab-cdef-0123-456789abcdef';
const ASKS = 'gen_ai_client_operation_duration_seconds_count';

let world;
let engine;
before(async () => {
  engine = await VictoriaMetrics.start();
  world = await World.open();
});
afterEach(async () => {
  await world.browser.changeSettings({ channels: [] });
  await world.browser.desk.evaluate(async () => chrome.storage.local.remove(Object.keys(await chrome.storage.local.get()).filter((name) => name.startsWith('key:channel-'))));
  await world.reset();
});
after(async () => {
  await world?.close();
  await engine?.stop();
});

const section = (page) => page.locator('#exports');
const rowOf = (page, name) => section(page).locator('li[data-key]').filter({ hasText: name });
const at = (kind, path) => `${world.lab.origin}/sinks/${kind}/${path}`;
const memory = async (kind) => (await fetch(at(kind, 'received'))).json();

async function begin(page, name) {
  await page.getByRole('button', { name: 'Add a destination' }).click();
  await section(page).getByRole('button', { name, exact: true }).click();
  await page.locator('input[name=channel_url]').waitFor();
}

async function add(page, name, url, key = '') {
  await begin(page, name);
  await page.locator('input[name=channel_url]').fill(url);
  await page.locator('input[name=channel_key]').fill(key);
  await section(page).getByRole('button', { name: 'Add', exact: true }).click();
  await rowOf(page, name).waitFor();
}

async function answer() {
  const chat = await world.chat();
  await chat.ask(`${CANARY}-prompt, dear sir`);
  await chat.draft();
  await chat.page.close();
}

async function fail(name = 'server_error') {
  await world.lab.fail(name);
  const chat = await world.chat();
  await chat.ask(`${CANARY}-prompt, dear sir`);
  await chat.diagnosis();
  await chat.page.close();
}

test('an engine counts what was asked', async () => {
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  const page = await world.browser.options('Your data');
  await add(page, 'OpenTelemetry', engine.metrics);
  await rowOf(page, 'OpenTelemetry').getByRole('button', { name: 'Test OpenTelemetry' }).click();
  await rowOf(page, 'OpenTelemetry').locator('p.note', { hasText: words('sink_accepted') }).waitFor();
  await page.close();
  assert.deepEqual(await engine.values(ASKS, 'error_type'), {}, 'a test counts nothing');
  await answer();
  await answer();
  await fail();
  await world.pass(10);
  const counted = async () => Object.entries(await engine.values(ASKS, 'error_type')).sort();
  await until('all is counted', async () => (await counted()).length === 2, { ms: 30_000 });
  assert.deepEqual(await counted(), [['', 2], ['server_error', 1]]);
  assert.deepEqual(await engine.values('unstuck_source_up', 'gen_ai_request_model'), { 'lab-small': 1 });
  assert.deepEqual(await engine.values('gen_ai_client_operation_time_to_first_chunk_seconds_count', 'server_address'), { custom: 2 });
  // The next life of the worker goes on from there.
  await world.browser.killWorker();
  await answer();
  await fail('invalid_api_key');
  await world.pass(10);
  await until('the rest is counted', async () => (await counted()).length === 3, { ms: 30_000 });
  assert.deepEqual(await counted(), [['', 3], ['invalid_api_key', 1], ['server_error', 1]]);
  assert.equal((await world.lab.calls()).length, 5, 'as many as were made');
  const known = await engine.everything();
  assert.match(known, /service.instance.id/);
  for (const secret of [CANARY, world.lab.key, world.lab.origin, '127.0.0.1', 'chrome-extension']) assert.ok(!known.includes(secret), `${secret}: ${known}`);
});

// Nothing is pushed before something was asked, and what is pushed holds nothing of it.
test('no word is in a push', async () => {
  const { received, url, close } = await receiver(`${CANARY}/v1/metrics`);
  try {
    const page = await world.browser.options('Your data');
    await add(page, 'OpenTelemetry (delta)', url, `x-scope: ${CANARY}`);
    await page.close();
    await world.pass(30);
    await answer();
    assert.deepEqual(received, [], 'not at once either');
    await world.pass(10);
    await until('it is pushed', () => received.length === 1);
    const [{ headers, text }] = received;
    assert.equal(headers['x-scope'], CANARY);
    assert.equal(headers['content-type'], 'application/x-protobuf');
    assert.ok(!headers.authorization && !headers.cookie && !headers.referer);
    assert.match(text, /gen_ai\.client\.operation\.duration/);
    for (const secret of [CANARY, world.lab.key, 'service.instance.id', '127.0.0.1', 'http:', 'chrome-extension']) assert.ok(!text.includes(secret), `${secret}: ${text}`);
    await world.pass(60);
    assert.equal(received.length, 1, 'nothing more without an ask');
    const stored = await world.browser.desk.evaluate(async () => JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get()]));
    assert.ok(!stored.includes(CANARY.slice(0, 10)), stored);
  } finally {
    close();
  }
});

test('records tell both ends once', async () => {
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  const page = await world.browser.options('Your data');
  await add(page, 'Splunk', at('splunk', 'services/collector/event'), TOKEN);
  await add(page, 'Elasticsearch', at('elastic', '_bulk'), CANARY);
  await page.close();
  for (let nth = 0; nth < 4; nth++) await fail();
  await until('both have the beginning', async () => (await memory('splunk')).received.length === 1 && (await memory('elastic')).received.length === 1, { ms: 20_000 });
  await until('both have the end', async () => {
    await world.pass(3);
    await answer();
    return (await memory('splunk')).received.length === 2 && (await memory('elastic')).received.length === 2;
  }, { ms: 120_000 });
  const events = Object.values((await memory('splunk')).shown).map(({ event }) => event.state);
  assert.deepEqual(events, ['began', 'ended']);
  const records = Object.values((await memory('elastic')).shown).map((record) => record['event.outcome']);
  assert.deepEqual(records.sort(), ['failure', 'success']);
  const told = JSON.stringify([(await memory('splunk')).received, (await memory('elastic')).received].flat().map(({ body }) => body));
  assert.ok(!told.includes(CANARY) && !told.includes('/v1'), told);
});

test('Test tells what the engine says', async () => {
  const page = await world.browser.options('Your data');
  await add(page, 'Datadog', at('datadog', 'v1/metrics'), CANARY);
  await add(page, 'Splunk', at('splunk', 'services/collector/event'), TOKEN);
  await add(page, 'Elasticsearch', at('elastic', '_bulk'), CANARY);
  const troubles = {
    Datadog: ['datadog', { wrong_site: 'site_or_key', partial: 'partly', too_large: 'too_big', redirect: 'moved' }],
    Splunk: ['splunk', { unknown_token: 'key', wrong_index: 'splunk_index', bad_format: 'shape', busy: 'down' }],
    Elasticsearch: ['elastic', { unknown_key: 'key', refused_item: 'partly', page: 'page', unavailable: 'down' }],
  };
  for (const [name, [kind, told]] of Object.entries(troubles)) {
    const row = rowOf(page, name);
    const press = row.getByRole('button', { name: `Test ${name}` });
    for (const [trouble, word] of Object.entries(told)) {
      const body = JSON.stringify({ name: trouble });
      const armed = await fetch(`${world.lab.origin}/lab/sinks/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      assert.ok(armed.ok, `${kind} has no trouble ${trouble}`);
      await press.click();
      await row.locator('p.problem', { hasText: words(`sink_${word}`) }).waitFor();
    }
    await world.lab.reset();
    await press.click();
    await row.locator('p.note', { hasText: words('sink_accepted') }).waitFor();
  }
});

test('the section passes axe', async () => {
  await mkdir(PICTURES, { recursive: true });
  const page = await world.browser.options('Your data');
  await add(page, 'OpenTelemetry', engine.metrics);
  await add(page, 'Splunk', at('splunk', 'services/collector/event'), TOKEN);
  await rowOf(page, 'OpenTelemetry').getByRole('button', { name: 'Test OpenTelemetry' }).click();
  await rowOf(page, 'OpenTelemetry').locator('p.note').waitFor();
  await page.evaluate(AXE);
  const look = async (name) => {
    await section(page).screenshot({ path: new URL(`exports-${name}.png`, PICTURES).pathname });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], name);
  };
  for (const [colorScheme, width] of [['light', 1280], ['dark', 320]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await look(`list-${colorScheme}`);
    await page.getByRole('button', { name: 'Add a destination' }).click();
    await section(page).locator('.services').waitFor();
    await look(`kinds-${colorScheme}`);
    await section(page).getByRole('button', { name: 'OpenTelemetry', exact: true }).click();
    await page.locator('input[name=channel_url]').waitFor();
    await look(`form-${colorScheme}`);
    await section(page).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Add a destination' }).waitFor();
  }
});
