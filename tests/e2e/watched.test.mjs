// Web apps that are watched: each failure is told on the app's own page by its cause.
import { after, afterEach, before, test } from 'node:test';

import { APPS, App, openApps } from './app.mjs';

let world;
before(async () => {
  world = await openApps();
});
afterEach(() => world.reset());
after(() => world?.close());

const JSON_OF = (value) => JSON.stringify(value);
const [CHATGPT, CLAUDE, GEMINI] = Object.keys(APPS);
const CHALLENGE = '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={cvId:"3"}</script></body></html>';

// The app, what is answered, the cause.
const FAILURES = [
  ['an expired session', CHATGPT, { status: 401, body: JSON_OF({ detail: { message: 'Your authentication token is expired. Please try signing in again.', code: 'token_expired' } }) }, 'session_expired'],
  ['a bot challenge', CHATGPT, { status: 403, headers: { 'cf-mitigated': 'challenge', 'content-type': 'text/html' }, body: CHALLENGE }, 'bot_challenge'],
  ['unusual activity', CHATGPT, { status: 403, body: JSON_OF({ detail: 'Unusual activity has been detected from your device. Try again later.' }) }, 'blocked_by_edge'],
  ['an exhausted plan', CHATGPT, { status: 429, body: JSON_OF({ detail: { code: 'model_cap_exceeded', message: 'You have sent too many messages to the model.', clears_in: 11461 } }) }, 'usage_cap_reached'],
  ['a server error', CHATGPT, { status: 500, body: JSON_OF({ detail: 'Internal Server Error' }) }, 'server_error'],
  ['a cut answer', CHATGPT, { headers: { 'content-type': 'text/event-stream' }, body: 'data: {"text":"Gladly. "}\n\n', cut: true }, 'stream_interrupted'],
  ['an expired session', CLAUDE, { status: 401, body: JSON_OF({ type: 'error', error: { type: 'authentication_error', message: 'Session expired', details: { error_code: 'account_session_invalid' } } }) }, 'session_expired'],
  ['a bot challenge', CLAUDE, { status: 403, headers: { 'cf-mitigated': 'challenge', 'content-type': 'text/html' }, body: CHALLENGE }, 'bot_challenge'],
  ['an exhausted plan', CLAUDE, { status: 429, body: JSON_OF({ type: 'error', error: { type: 'rate_limit_error', message: JSON_OF({ type: 'exceeded_limit', resetsAt: Math.floor(Date.now() / 1000) + 7200, windows: {} }) } }) }, 'usage_cap_reached'],
  ['an overloaded model', CLAUDE, { status: 529, body: JSON_OF({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }) }, 'model_overloaded'],
  ['a cut answer', CLAUDE, { headers: { 'content-type': 'text/event-stream' }, body: 'data: {"text":"Gladly. "}\n\n', cut: true }, 'stream_interrupted'],
  ['a server error', GEMINI, { status: 500, body: ")]}'\n[]" }, 'server_error'],
  ['a limit', GEMINI, { status: 429, body: '' }, 'rate_limited'],
  ['an expired session', GEMINI, { status: 401, body: '' }, 'session_expired'],
  ['a cut answer', GEMINI, { body: ")]}'\n", cut: true }, 'stream_interrupted'],
];

for (const [what, site, reply, cause] of FAILURES) {
  test(`${new URL(site).hostname}, ${what}: ${cause}`, async () => {
    const app = await App.open(world, site);
    await app.answers('answer', reply);
    await app.ask();
    await world.explains(app.chat, { cause });
  });
}
