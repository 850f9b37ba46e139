// What can go wrong in the demo: what the scripted service replies, request by request, and what mends it.

/** @typedef {{ status?: number, headers?: Record<string, string>, body?: string, error?: string, thrown?: string, redirect?: string, cutAfter?: number }} Reply */
/**
 * Without `lasts` the replies are given once each, and then the service answers. With it the last one is given until the fault
 * is mended. A `portal` is where the network sends every look at a host.
 * @typedef {{ replies: Reply[], lasts?: boolean, isOffline?: boolean, noAccess?: boolean, isTooLong?: boolean, portal?: string }} Fault
 */

const JSON_REPLY = { 'content-type': 'application/json' };

/**
 * @param {number} status
 * @param {object} error
 * @param {Record<string, string>} [headers]
 */
const refusal = (status, error, headers) => ({ status, headers: { ...JSON_REPLY, ...headers }, body: JSON.stringify({ error }) });

/** @type {Record<string, Fault>} */
export const FAULTS = {
  credit: { replies: [refusal(429, { message: 'You exceeded your current quota, please check your plan and billing details.', type: 'insufficient_quota', code: 'insufficient_quota' })], lasts: true },
  key: { replies: [refusal(401, { message: 'Incorrect API key provided: sk-ab***yz.', type: 'invalid_request_error', code: 'invalid_api_key' })], lasts: true },
  busy: { replies: Array(3).fill(refusal(503, { message: 'The engine is currently overloaded, please try again later.', type: 'server_error' })) },
  break: { replies: [refusal(429, { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' }, { 'retry-after': '8' })] },
  offline: { replies: [{ error: 'net::ERR_INTERNET_DISCONNECTED' }], isOffline: true },
  cut: { replies: [{ cutAfter: 6, error: 'net::ERR_CONNECTION_RESET' }] },
  session: { replies: [refusal(401, { message: 'Your authentication token has expired. Please try signing in again.', code: 'token_expired' })], lasts: true },
  bot: { replies: [{ status: 403, headers: { 'content-type': 'text/html', 'cf-mitigated': 'challenge' }, body: '<title>Just a moment...</title>' }], lasts: true },
  portal: { replies: [{ error: 'net::ERR_FAILED' }], lasts: true, portal: 'http://wifi.hotel.example/sign-in' },
  cors: { replies: [{ error: 'net::ERR_FAILED' }], lasts: true, noAccess: true },
  long: { replies: [refusal(400, { message: 'This model’s maximum context length is 64 tokens. However, your messages resulted in 81 tokens.', type: 'invalid_request_error', code: 'context_length_exceeded' })], lasts: true, isTooLong: true },
  unknown: { replies: [{ thrown: 'E-4711' }], lasts: true },
};
