// The engine's line: events in, effects out. What performs each effect is given once, when the worker starts.
import init, { Worker, learn, speak } from '#worker';
import { readWords } from '../pages/words.js';
import { kindOf, performOne } from './perform.js';

// The first thing that a life of the worker does.
const file = fetch(chrome.runtime.getURL('worker_bg.wasm'));

/** By what the causes are told. */
export const phrases = fetch(chrome.runtime.getURL('phrases.bin')).then((answer) => answer.arrayBuffer());

/**
 * The words that it speaks, as its `speak` takes them.
 * @type {Promise<[string, string, string, string]>}
 */
export const words = readWords().then(([keys, messages]) => [keys, messages, chrome.i18n.getUILanguage(), chrome.i18n.getMessage('@@bidi_dir')]);

/**
 * The core, once it is loaded.
 * @type {Worker}
 */
export let core;

/** @type {PromiseWithResolvers<void>} */
const started = Promise.withResolvers();

/** Resolves once the core has taken up what the last life left. */
export const ready = started.promise;

/** @type {Performers} */
let performers;
let settle = () => {};

/**
 * Starts the core: `first` gives the effects to begin with, `settled` runs whenever a run of effects is over.
 * @param {{ effects: Performers, settled: () => void, first: () => Promise<Effect[]> }} parts
 */
export function begin({ effects, settled, first }) {
  performers = effects;
  settle = settled;
  started.resolve(load().then(first).then(perform));
}

async function load() {
  await init({ module_or_path: await file });
  learn(new Uint8Array(await phrases));
  speak(...(await words));
  core = new Worker();
}

/**
 * Hands a diagnosis that the troubleshooter has changed to the core.
 * @param {Uint8Array} sealed
 */
export const reconsider = (sealed) => perform(core.reconsidered(sealed));

/**
 * Hands what a status page tells of a source to the core.
 * @param {Uint8Array} sealed
 */
export const statusSaid = (sealed) => perform(core.status_said(sealed));

let performing = 0;

/** Whether effects are on their way: the core may be done with a call that no card shows the end of yet. */
export const isPerforming = () => performing > 0;

/**
 * In order, each after the one before: what is journalled first is written before the world sees the rest.
 * @param {Effect[]} effects
 */
export async function perform(effects) {
  performing++;
  setAlarm(effects);
  for (const effect of effects) {
    try {
      await performOne(performers, effect);
    } catch (error) {
      console.debug('Unstuck:', kindOf(effect), error);
    }
  }
  performing--;
  settle();
}

// --- the journal

/** What the last life of the worker has written down, as text. */
export const journal = async () => (await chrome.storage.session.get('journal')).journal;

/**
 * What is no base64 is read as bytes all the same: the core finds the damage.
 * @param {unknown} text
 */
export function fromBase64(text) {
  try {
    return Uint8Array.fromBase64(/** @type {string} */ (text));
  } catch {
    return new TextEncoder().encode(String(text));
  }
}

// --- time

/** @type {number | undefined} */
let timer;

// The browser makes no alarm that is sooner.
const SOONEST_MS = 30_000;

/** What the alarm is set to in this life. */
let alarm = 0;

/** @param {number} when */
function ringAt(when) {
  alarm = when;
  chrome.alarms.create('wake', { when });
}

/**
 * Before any effect is performed: wherever in them, or in the wait, the worker dies, the next life begins.
 * @param {Effect[]} effects
 */
function setAlarm(effects) {
  const at = timeIn(effects);
  // One that stands already is not set anew.
  if (at !== undefined && at !== alarm) ringAt(Math.max(at, Date.now() + SOONEST_MS));
}

/**
 * When something is due, if anything is.
 * @param {Effect[]} effects
 * @returns {number | undefined}
 */
function timeIn(effects) {
  for (const effect of effects) if (typeof effect !== 'string' && 'wake_at' in effect) return effect.wake_at.at_ms;
}

/** An alarm rings once. This one rings again, should the worker die before it has set the next. */
export async function rang() {
  ringAt(Date.now() + SOONEST_MS);
  await ready;
  const effects = core.woke();
  if (timeIn(effects) === undefined) {
    alarm = 0;
    chrome.alarms.clear('wake');
  }
  await perform(effects);
}

/** @param {number} time */
function wakeAt(time) {
  clearTimeout(timer);
  timer = setTimeout(() => perform(core.woke()), Math.min(Math.max(0, time - Date.now()), 2 ** 31 - 1));
}

/** Forgets every time that was waited for. */
export function stopWaiting() {
  clearTimeout(timer);
  alarm = 0;
  return chrome.alarms.clearAll();
}

/** @satisfies {Partial<Performers>} */
export const effects = {
  journal: () => chrome.storage.session.set({ journal: core.journal().toBase64() }).catch(() => perform(core.journal_failed())),
  wake_at: ({ at_ms }) => wakeAt(at_ms),
};
