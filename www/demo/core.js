// The core of the extension's worker, the same bytes, in a page: its effects are performed here, its words come from here.
import init, { learn, speak, Worker } from '#worker';
import wasm from 'packed:target/pkg/worker_bg.wasm';
import { performOne } from '../../extension/worker/perform.js';
import { parts, unpack } from '../unpack.js';

/** @type {Worker} */
export let core;

/** The browser has no model of its own here. */
export const ownModel = { ask: () => Promise.reject(new Error('there is no model')) };

/** @type {Performers} */
let performers;

/** @param {Effect[]} effects */
export async function perform(effects) {
  for (const effect of effects) await performOne(performers, effect);
}

/**
 * Starts the core. `network` stands in for what the browser tells an extension of its requests.
 * @param {Performers} effects
 * @param {{ webRequest: object, permissions: object }} network
 */
export async function begin(effects, network) {
  performers = effects;
  const [{ phrases, words }] = await Promise.all([parts(), unpack(wasm).then((bytes) => init({ module_or_path: bytes }))]);
  const scope = /** @type {any} */ (globalThis);
  scope.chrome = { ...scope.chrome, ...network };
  learn(phrases);
  speak(...words);
  core = new Worker();
}
