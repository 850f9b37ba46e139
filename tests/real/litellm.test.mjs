// LiteLLM's proxy before the lab: keys, models, and what it makes of the failures of the service behind it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { startOdd } from './odd.mjs';
import { freePort, Program, versionOf } from './software.mjs';
import { openWorld, trial } from './trial.mjs';

const python = (name) => new URL(`../../target/real/litellm/bin/${name}`, import.meta.url).pathname;
const MASTER = 'sk-master';

/** A model at this address, and its limits. */
const model = (name, base, key, limits = '') => `
  - model_name: ${name}
    litellm_params: { model: openai/lab-small, api_base: "${base}", api_key: ${key}${limits} }`;
const COSTS = ', max_budget: 0.000001, budget_duration: 1d, input_cost_per_token: 1, output_cost_per_token: 1';
const proxy = ({ lab, gone, odd }) => (folder, port) => ({
  command: [python('litellm'), '--config', `${folder}/config.yaml`, '--host', '127.0.0.1', '--port', String(port), '--telemetry', 'False'],
  env: { LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
  files: {
    'config.yaml': `
model_list:${[
        model('lab-small', lab.baseUrl, lab.key),
        model('gone', `http://127.0.0.1:${gone}/v1`, lab.key),
        model('limited', lab.baseUrl, lab.key, ', rpm: 1'),
        model('budget', lab.baseUrl, lab.key, COSTS),
        ...['unreadable', 'stall', 'garbage'].map((name) => model(name, `http://127.0.0.1:${odd.port}/${name}`, lab.key)),
      ].join('')}
litellm_settings: { num_retries: 0, request_timeout: 2 }
router_settings: { num_retries: 0, disable_cooldowns: true, routing_strategy: usage-based-routing-v2 }
general_settings: { master_key: ${MASTER} }
`,
  },
});

let world, program, version, url, odd;
before(async () => {
  odd = await startOdd();
  world = await openWorld();
  program = await Program.start('litellm', proxy({ lab: world.lab, gone: await freePort(), odd }), { patience: 180_000 });
  version = await versionOf(python('pip'), ['show', 'litellm']);
  url = `http://127.0.0.1:${program.port}/v1`;
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  await program?.stop();
  odd?.close();
});

const own = { software: 'LiteLLM', key: MASTER };
const putRight = () => world.browser.setUpSource(url, MASTER);

// What is set up wrongly, the key and the model, the cause.
const SETUPS = [
  ['a wrong key', 'sk-wrong', 'lab-small', 'invalid_api_key'],
  ['a key that is none of its own', 'lab-key', 'lab-small', 'invalid_api_key'],
  ['an unknown model', MASTER, 'nobody', 'model_not_found'],
  ['a model whose service is gone', MASTER, 'gone', 'server_error'],
  ['a model whose service speaks no HTTP', MASTER, 'garbage', 'server_error'],
  ['a chunk that is no JSON behind it', MASTER, 'unreadable', 'server_error'],
  ['a stall between good chunks behind it', MASTER, 'stall', 'timeout'],
];

for (const [fault, key, model, cause] of SETUPS) {
  test(`LiteLLM: ${fault}: ${cause}`, () => trial(world, { ...own, version, fault, url, key, model, cause, mend: putRight }));
}

// Somebody else has just used up what the proxy itself allows for a model.
for (const [fault, model, cause] of [['its limit of asks a minute', 'limited', 'rate_limited'], ['its budget for a model', 'budget', 'quota_exhausted']]) {
  test(`LiteLLM: ${fault}: ${cause}`, async () => {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Say yes.' }] });
    const answer = await fetch(`${url}/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${MASTER}`, 'content-type': 'application/json' }, body });
    assert.ok(answer.ok, await answer.text());
    await trial(world, { ...own, version, fault, url, key: MASTER, model, cause, mend: putRight });
  });
}

// What fails behind it, as the lab calls it, and the cause.
const BEHIND = [
  ['the service limits the rate', 'rate_limited_bare', 'rate_limited'],
  ['the credit of the service is used up', 'insufficient_quota', 'quota_exhausted'],
  ['the service fails', 'server_error', 'server_error'],
  ['the service is overloaded', 'overloaded', 'model_overloaded'],
  ['the ask is too long for the model', 'context_too_long', 'context_too_long'],
  ['the service refuses its key', 'invalid_api_key', 'invalid_api_key'],
];

for (const [fault, name, cause] of BEHIND) {
  test(`LiteLLM: ${fault}: ${cause}`, async () => {
    await world.lab.fail(name, { times: -1 });
    await trial(world, { ...own, version, fault, url, cause, mend: () => world.lab.healthy() });
  });
}
