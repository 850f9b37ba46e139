// Every source that can be chosen: it streams a draft from its own dialect, and each error inside an answer is told.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

// Name of the service, where the lab speaks its dialect, how the call is told in the lab's log, and the errors inside an
// answer with their causes.
const SOURCES = [
  ['OpenAI', '/v1', '/v1/responses', { responses_overloaded: 'model_overloaded', responses_failed: 'rate_limited', responses_filtered: 'content_filtered' }],
  ['Anthropic', '/v1', '/v1/messages', { anthropic_overloaded: 'model_overloaded', anthropic_api_error: 'server_error', anthropic_refusal: 'content_filtered' }],
  [
    'Google Gemini',
    '/v1beta',
    '/v1beta/models/lab-small:streamGenerateContent',
    { gemini_unavailable: 'model_overloaded', gemini_exhausted: 'rate_limited', gemini_blocked: 'content_filtered', gemini_safety: 'content_filtered' },
  ],
  ['Azure OpenAI', '', '/openai/v1/chat/completions', { azure_filtered: 'content_filtered', azure_error: 'server_error' }],
  ['Ollama', '', '/api/chat', { ollama_error: 'server_error', ollama_stopped: 'local_model_failed' }],
  [
    'Another service',
    '/v1',
    '/v1/chat/completions',
    { stream_error_midway: 'server_error', stream_overloaded_midway: 'model_overloaded', stream_filtered: 'content_filtered', chat_quota: 'quota_exhausted', chat_object_error: 'context_too_long' },
  ],
];
// Services that speak OpenAI's dialect, each with what is its own covered by recorded samples in the core's tests.
const COMPATIBLE = ['OpenRouter', 'Mistral', 'Groq', 'DeepSeek', 'xAI', 'Together AI', 'LM Studio', 'llama.cpp', 'vLLM'];
for (const name of COMPATIBLE) SOURCES.push([name, '/v1', '/v1/chat/completions', {}]);

for (const [service, base, path, errors] of SOURCES) {
  const use = async () => {
    await world.browser.removeSources();
    await world.browser.addSource(service, world.lab.origin + base, service === 'Ollama' ? '' : world.lab.key);
  };

  // The key goes in the place that the service wants.
  test(`${service} streams a draft`, async () => {
    await use();
    const chat = await world.chat();
    const before = await chat.readBox();
    await chat.ask();
    const draft = await chat.draft();
    assert.ok(draft.length > 20 && !draft.includes('A short reply fits'), `thoughts are no part of it: ${draft}`);
    const [call] = await world.lab.calls();
    assert.deepEqual([call.path, call.key, call.model, call.stream], [path, 'accepted', 'lab-small', true]);
    await world.inserts(chat, before, draft);
  });

  for (const [error, cause] of Object.entries(errors)) {
    // The error comes inside the answer; the words that came before it are kept.
    test(`${service}, ${error}: ${cause}`, async () => {
      await use();
      await world.lab.fail(error, { times: -1 });
      const chat = await world.chat();
      await chat.ask();
      const shown = await chat.diagnosis();
      assert.equal(shown.cause, cause);
      assert.ok(shown.received, 'the words that came are there');
      assert.equal((await world.lab.calls()).length, 1, 'nothing is repeated by itself after words were shown');
    });
  }
}

for (const [service, base, cause] of [
  ['OpenAI', '/v1', 'invalid_api_key'],
  ['Anthropic', '/v1', 'invalid_api_key'],
  ['Google Gemini', '/v1beta', 'invalid_api_key'],
  ['Azure OpenAI', '', 'invalid_api_key'],
]) {
  // With a wrong key, it names what is wrong.
  test(`${service} test lists models`, async () => {
    await world.browser.removeSources();
    const page = await world.browser.options();
    await page.getByRole('button', { name: service, exact: true }).click();
    await page.getByLabel(/^Address/).fill(world.lab.origin + base);
    await page.getByLabel(/^Key/).fill('some-other-key');
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.locator(`[data-cause="${cause}"]`).waitFor();
    await page.getByLabel(/^Key/).fill(world.lab.key);
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.getByRole('button', { name: 'lab-large' }).click();
    await until('the model is taken', async () => (await page.getByLabel(/^Model/).inputValue()) === 'lab-large');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.note', { hasText: 'Saved' }).waitFor();
    assert.deepEqual(await world.lab.calls(), [], 'no test asks for an answer');
    await page.close();
  });
}

// A choice of another source that was made once for all can be taken back.
test('failover follows the order', async () => {
  await world.browser.removeSources();
  await world.browser.addSource('Anthropic', `${world.lab.origin}/fault/overloaded/v1`, world.lab.key);
  await world.browser.addSource('Google Gemini', `${world.lab.origin}/v1beta`, world.lab.key);
  await world.browser.addSource('Ollama', world.lab.origin, '');
  const page = await world.browser.options();
  const names = async () => (await page.locator('.known > bdi').allTextContents()).join();
  await page.getByRole('button', { name: 'Move up: Ollama' }).click();
  await until('Ollama is the second', async () => (await names()) === 'Anthropic,Ollama,Google Gemini');
  await page.close();

  const chat = await world.chat();
  await chat.ask();
  await until('no wait runs any more', () => chat.inCard((root) => root.querySelector('[data-cause]') && !root.querySelector('.run')), { ms: 60_000 });
  const offer = (await chat.buttons()).find(({ label }) => /always.*Ollama|Ollama.*always/i.test(label));
  await chat.press(offer.label);
  await chat.draft();
  assert.deepEqual((await world.lab.calls()).map(({ path }) => path).at(-1), '/api/chat');

  const again = await world.browser.options('Your data');
  await again.getByRole('button', { name: /^Ask me again/ }).click();
  await until('the choice is gone', async () => (await again.getByRole('button', { name: /^Ask me again/ }).count()) === 0);
  const second = again.getByRole('switch', { name: /second site/ });
  await second.click();
  await until('the second site is off', async () => (await second.getAttribute('aria-checked')) === 'false');
  const { settings } = await world.browser.desk.evaluate(() => chrome.storage.local.get('settings'));
  assert.deepEqual([settings.fallbacks, settings.second_host, settings.local_fallback], [[], false, false]);
});

test('a key stays with its address', async () => {
  await world.browser.removeSources();
  await world.browser.addSource('Anthropic', `${world.lab.origin}/v1`, world.lab.key);
  const page = await world.browser.options();
  await page.getByRole('button', { name: /^Edit / }).click();
  await page.getByLabel(/^Address/).fill('https://other.test/v1');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.problem', { hasText: 'belongs to the old address' }).waitFor();
  await page.close();
});
