// LiteLLM's proxy before the lab: keys, models, and what it makes of the failures of the service behind it.
import { after, afterEach, before, test } from 'node:test';

import { freePort, Program, versionOf } from './software.mjs';
import { openWorld, trial } from './trial.mjs';

const python = (name) => new URL(`../../target/real/litellm/bin/${name}`, import.meta.url).pathname;
const MASTER = 'sk-master';

const proxy = ({ lab, gone }) => (folder, port) => ({
  command: [python('litellm'), '--config', `${folder}/config.yaml`, '--host', '127.0.0.1', '--port', String(port), '--telemetry', 'False'],
  env: { LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
  files: {
    'config.yaml': `
model_list:
  - model_name: lab-small
    litellm_params: { model: openai/lab-small, api_base: "${lab.baseUrl}", api_key: ${lab.key} }
  - model_name: gone
    litellm_params: { model: openai/lab-small, api_base: "http://127.0.0.1:${gone}/v1", api_key: ${lab.key} }
litellm_settings: { num_retries: 0, request_timeout: 3 }
router_settings: { num_retries: 0, disable_cooldowns: true }
general_settings: { master_key: ${MASTER} }
`,
  },
});

let world, program, version, url;
before(async () => {
  world = await openWorld();
  program = await Program.start('litellm', proxy({ lab: world.lab, gone: await freePort() }), { patience: 180_000 });
  version = await versionOf(python('pip'), ['show', 'litellm']);
  url = `http://127.0.0.1:${program.port}/v1`;
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  await program?.stop();
});

const own = { software: 'LiteLLM', key: MASTER };
const putRight = () => world.browser.setUpSource(url, MASTER);

// What is set up wrongly, the key and the model, the cause.
const SETUPS = [
  ['a wrong key', 'sk-wrong', 'lab-small', 'invalid_api_key'],
  ['a key that is none of its own', 'lab-key', 'lab-small', 'invalid_api_key'],
  ['an unknown model', MASTER, 'nobody', 'model_not_found'],
  ['a model whose service is gone', MASTER, 'gone', 'server_error'],
];

for (const [fault, key, model, cause] of SETUPS) {
  test(`LiteLLM: ${fault}: ${cause}`, () => trial(world, { ...own, version, fault, url, key, model, cause, mend: putRight }));
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
