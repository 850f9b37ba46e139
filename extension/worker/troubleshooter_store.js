// The troubleshooters as they are kept from one life of the worker to the next.
import { fromBase64 } from './engine.js';
import { pages } from './pages_core.js';

/** @type {Promise<void> | undefined} */
let restored;

/** Takes up the troubleshooters of an earlier life of the worker, once. */
export const restore = () => (restored ??= takeUp());

async function takeUp() {
  const { troubleshooters } = await chrome.storage.session.get('troubleshooters');
  if (troubleshooters) (await pages()).troubleshooter_restore(fromBase64(troubleshooters));
}

export const keep = async () => chrome.storage.session.set({ troubleshooters: (await pages()).troubleshooter_journal().toBase64() });
