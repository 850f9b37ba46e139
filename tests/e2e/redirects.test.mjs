// A redirect is told and not followed: whatever it leads to gets no key, no word and no call at all.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';

import { World } from './harness.mjs';

// Another host, which answers every preflight and remembers all that it is sent.
const got = [];
const other = createServer((request, answer) => {
  let body = '';
  request.on('data', (piece) => (body += piece));
  request.on('end', () => {
    got.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
    answer.writeHead(200, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*, authorization',
      'access-control-allow-methods': '*',
      'content-type': 'application/json',
    });
    answer.end('{"data":[],"models":[]}');
  });
});

let world, port;
before(async () => {
  await new Promise((listens) => other.listen(0, '127.0.0.1', listens));
  ({ port } = other.address());
  // The other host is one that the extension may call: nothing but its own rule keeps it from there.
  world = await World.open({ hosts: ['http://localhost/*'] });
});
afterEach(async () => {
  await world.reset();
  got.length = 0;
});
after(async () => {
  await world?.close();
  other.close();
});

const elsewhere = () => [`http://localhost:${port}`, `http://other.test:${port}`, `http://127.0.0.1:${port}`];

/** Each dialect with the service under whose name the options offer it, and where it asks. */
const DIALECTS = [
  ['openai', '/v1', '/chat/completions', '/models'],
  ['responses', '/v1', '/responses', '/models'],
  ['anthropic', '/v1', '/messages', '/models'],
  ['gemini', '/v1beta', '/models/lab-small:streamGenerateContent', '/models'],
  ['azure', '', '/openai/v1/chat/completions', '/openai/v1/models'],
  ['ollama', '', '/api/chat', '/api/tags'],
];

/** Makes this the only source, with a key. */
async function useDialect(dialect, base) {
  const { settings } = await world.browser.desk.evaluate(() => chrome.storage.local.get('settings'));
  await world.browser.changeSettings({ sources: [{ ...settings.sources[0], dialect, base_url: world.lab.origin + base }] });
}

for (const [dialect, base, path] of DIALECTS) {
  test(`${dialect} asks follow no redirect`, async () => {
    await useDialect(dialect, base);
    for (const status of [301, 302, 303, 307, 308]) {
      const to = elsewhere()[status % 3];
      await world.lab.stage({ path: base + path, status, headers: { location: `${to}${base}${path}` } });
      const chat = await world.chat();
      await chat.ask('My secret words.');
      const shown = await world.explains(chat, { cause: 'redirected', fault: 'request' });
      assert.ok(shown.why.includes(new URL(to).host), `${shown.why} names ${to}`);
      assert.ok(!(await chat.buttons()).some(({ label }) => label === 'Use that address'), 'another site is never offered');
      await chat.page.close();
    }
    assert.deepEqual(got, []);
  });
}

test('a source test follows no redirect', async () => {
  for (const [dialect, base, , models] of DIALECTS) {
    await useDialect(dialect, base);
    for (const status of [302, 307]) {
      await world.lab.stage({ path: base + models, status, headers: { location: `${elsewhere()[status % 3]}/v1` } });
      const options = await world.browser.options();
      await options.getByRole('button', { name: /^Edit / }).first().click();
      await options.getByRole('button', { name: /^Test/ }).click();
      await options.locator('[data-cause="redirected"]').waitFor();
      await options.close();
    }
  }
  assert.deepEqual(got, []);
});

test('troubleshooter checks follow no redirect', async () => {
  await useDialect('openai', '/v1');
  await world.lab.fail('server_error', { times: -1 });
  await world.lab.stage({ path: '/v1/models', status: 307, headers: { location: `http://localhost:${port}/v1/models` } });
  await world.lab.stage({ path: '/', status: 307, headers: { location: `http://localhost:${port}/` } });
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  await world.browser.inside(async ({ loadPages, vault }) => {
    const core = await loadPages();
    const call = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30].find((one) => core.troubleshooter_view(one)?.root);
    const { settings } = await chrome.storage.local.get('settings');
    const { id } = settings.sources[0];
    await core.troubleshooter_check_api(call, id, await vault.key(id));
    await core.troubleshooter_try(call, id, await vault.key(id));
    await core.troubleshooter_probe(call);
  });
  assert.ok((await world.lab.asked()).length >= 3, 'all of them were made');
  assert.deepEqual(got, []);
});

test('a press uses the new address', async () => {
  await useDialect('openai', '/old/v1');
  await world.lab.stage({ path: '/old/v1/chat/completions', status: 308, headers: { location: '/v1/chat/completions' } });
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask();
  await world.explains(chat, { cause: 'redirected' });
  assert.equal((await world.lab.calls()).length, 0, 'nothing went there by itself');
  await chat.press('Use that address');
  await world.inserts(chat, before, await chat.draft());
  const { settings } = await world.browser.desk.evaluate(() => chrome.storage.local.get('settings'));
  assert.equal(settings.sources[0].base_url, `${world.lab.origin}/v1`);
});
