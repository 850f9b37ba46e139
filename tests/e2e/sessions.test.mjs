// Failures of a web session: the lab answers under the name of a web app, so that the place speaks as it does there.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World } from './harness.mjs';

const APP = 'https://www.perplexity.ai';

let world;
before(async () => {
  world = await World.open(({ ports }) => ({
    hosts: [`${APP}/*`],
    rules: [`MAP www.perplexity.ai 127.0.0.1:${ports.https}`],
    args: ['--ignore-certificate-errors'],
  }));
  await world.browser.setUpSource(`${APP}/v1`, world.lab.key);
});
afterEach(() => world.reset());
after(() => world.close());

const ANSWERS = [
  ['401, the token ran out', 'session_expired', 'session_expired'],
  ['403 without a reason', 'session_forbidden', 'session_expired'],
  ['the bare word UNAUTHORIZED', 'unauthorized_text', 'session_expired'],
  ['401, an unknown key', 'web_invalid_key', 'invalid_api_key'],
];

for (const [seen, name, cause] of ANSWERS) {
  // It is told as the session's; after a new sign-in, a retry brings a draft.
  test(`${seen}: ${cause}`, async () => {
    await world.lab.fail(name, { times: -1 });
    const chat = await world.chat();
    const before = await chat.readBox();
    await chat.ask();
    await world.explains(chat, { cause, fault: 'account' });
    assert.equal((await chat.readBox()).text, before.text);
    await world.lab.healthy();
    await chat.retry();
    await world.inserts(chat, before, await chat.draft());
  });
}
