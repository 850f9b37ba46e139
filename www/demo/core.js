// The core of the extension's worker, the same bytes, in a page: its effects are performed here, its words come from here.
import init, { learn, Worker } from '#worker';
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
  const messages = JSON.parse(words);
  const scope = /** @type {any} */ (globalThis);
  scope.chrome = { ...scope.chrome, ...network, i18n: { getUILanguage: () => navigator.language, getMessage: (/** @type {string} */ key, /** @type {string[]} */ values) => say(messages[key], values) } };
  learn(phrases);
  core = new Worker();
}

/**
 * A message as the browser fills it.
 * @param {{ message: string, placeholders?: Record<string, { content: string }> } | undefined} entry
 * @param {string[]} values
 */
function say(entry, values = []) {
  const content = (/** @type {string} */ name) => entry?.placeholders?.[name.toLowerCase()]?.content ?? '';
  const fill = (/** @type {string} */ text) => text.replace(/\$([1-9])/g, (_, position) => values[Number(position) - 1] ?? '');
  return entry?.message.replace(/\$(\w+)\$/g, (_, name) => fill(content(name))) ?? '';
}
