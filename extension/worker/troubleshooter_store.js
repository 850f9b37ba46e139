// The troubleshooters as they are kept from one life of the worker to the next.
import * as core from '#core';
import { fromBase64 } from './engine.js';

/** @type {Promise<void> | undefined} */
let restored;

/** Takes up the troubleshooters of an earlier life of the worker, once. */
export const restore = () =>
  (restored ??= chrome.storage.session.get('troubleshooters').then(({ troubleshooters }) => {
    if (troubleshooters) core.troubleshooter_restore(fromBase64(troubleshooters));
  }));

export const keep = () => chrome.storage.session.set({ troubleshooters: core.troubleshooter_journal().toBase64() });
