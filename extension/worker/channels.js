// Telling others that an AI service is down, and pushing numbers. The secret of a channel leaves the vault for one request of the core.
import { core, perform } from './engine.js';
import { pages } from './pages_core.js';
import { keptSettings } from './configuration.js';
import { isKept } from './health.js';
import * as vault from './vault.js';

// To the core: nothing was sent.
const NOTHING = new Uint8Array();

/** @satisfies {Partial<Performers>} */
export const effects = {
  // What is not on the disk could be told twice, or half, by the next life of the worker. Others need not wait for a slow receiver.
  post: ({ ticket, channel }) => void tell(ticket, isKept() ? channel : undefined),
};

/**
 * @param {number} ticket
 * @param {string | undefined} channel
 */
async function tell(ticket, channel) {
  const answer = await post(ticket, channel).catch(() => NOTHING);
  await perform(core.told(ticket, answer));
}

/**
 * @param {number} ticket
 * @param {string | undefined} channel
 */
async function post(ticket, channel) {
  const parcel = channel && core.post(ticket);
  // What an organisation set has its secret in the policy.
  return parcel ? (await pages()).tell(parcel, await vault.key(channel)) : NOTHING;
}

/**
 * Opens a ready mail about this outage to each who is to get one, as long as it lasts.
 * @param {string} source
 */
export async function mail(source) {
  const incident = core.incident(source);
  const { channels = [] } = (await keptSettings()) ?? {};
  for (const { id, kind } of incident ? channels : []) {
    const secret = kind === 'mail' && (await vault.key(id));
    const url = secret && (await pages()).mail(/** @type {Uint8Array} */ (incident), secret);
    if (url) await chrome.tabs.create({ url });
  }
}
