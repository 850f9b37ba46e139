// The ladders as they are kept from one life of the worker to the next.
import * as core from '#core';
import { fromBase64 } from './engine.js';

/** @type {Promise<void> | undefined} */
let restored;

/** Takes up the ladders of an earlier life of the worker, once. */
export const restore = () =>
  (restored ??= chrome.storage.session.get('ladders').then(({ ladders }) => {
    if (ladders) core.ladder_restore(fromBase64(ladders));
  }));

export const keep = () => chrome.storage.session.set({ ladders: core.ladder_journal().toBase64() });
