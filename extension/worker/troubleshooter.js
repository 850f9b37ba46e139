// The troubleshooter's part of the worker: performs what its steps need, and tells its page how they stand.
import { core, perform } from './engine.js';
import { switchExtensions } from './extensions.js';
import { pages } from './pages_core.js';
import { performOne } from './perform.js';
import { keep, restore } from './troubleshooter_store.js';
import * as report from './report.js';
import * as vault from './vault.js';

// Of a page that is read, as much as any status page needs, and so long it is waited for.
const MOST_BYTES = 512 * 1024;
const PATIENCE_MS = 8_000;

/** What a press on the page leads to besides its view. @typedef {{ call: number, copy?: string, save?: object }} Reply */

/** @type {number | undefined} */
let shown;

let isWanted = false;

/** @type {Promise<void> | undefined} */
let painting;

/** Paints the page of the troubleshooter, if one is open. A stream settles many times before one painting is over. */
export function refresh() {
  isWanted = true;
  painting ??= paintAll();
  return painting;
}

async function paintAll() {
  try {
    for (; isWanted; await paint()) isWanted = false;
  } catch (error) {
    console.debug('Unstuck: troubleshooter', error);
  } finally {
    painting = undefined;
  }
}

async function paint() {
  if (shown === undefined) return;
  const message = { kind: 'paint_troubleshooter', call: shown, view: (await pages()).troubleshooter_view(shown) };
  chrome.runtime.sendMessage(message).catch(() => (shown = undefined)); // Nobody listens once it is closed.
}

/** @param {string} url */
async function readPage(url) {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { ok, body } = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal });
    const reader = body?.getReader();
    const decoder = new TextDecoder();
    let [text, bytes] = ['', 0];
    while (ok && reader && bytes < MOST_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, MOST_BYTES - bytes), { stream: true });
      bytes += value.length;
    }
    reader?.cancel().catch(() => {});
    return ok ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs in the page, where other extensions see the call.
 * @param {string} url
 */
const tryHere = (url) => fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(8_000) }).then(() => true, () => false);

/** @param {string} path */
const openPage = (path) => void chrome.tabs.create({ url: chrome.runtime.getURL(path) });

/**
 * Each gives what it leads to: more effects, or something for the page.
 * @type {PerformersOf<TroubleshooterEffect, [Reply]>}
 */
const STEPS = {
  press: ({ frame, then }) => perform(core.pressed(frame, then)),
  async read_pages({ urls }, { call }) {
    const answers = await Promise.all(urls.map(readPage));
    return (await pages()).troubleshooter_pages(call, answers);
  },
  probe: async (_, { call }) => (await pages()).troubleshooter_probe(call),
  async check_api({ source }, { call }) {
    const key = await vault.key(source);
    return (await pages()).troubleshooter_check_api(call, source, key);
  },
  async list_extensions(_, { call }) {
    const all = await chrome.management?.getAll();
    const others = all?.filter(({ id, type, enabled, mayDisable }) => type === 'extension' && enabled && mayDisable && id !== chrome.runtime.id);
    return (await pages()).troubleshooter_extensions(call, others);
  },
  async switch_extensions({ on, off, last }, { call }) {
    const stuck = await switchExtensions(on, off, last);
    return (await pages()).troubleshooter_switched(call, stuck);
  },
  async try_call({ source }, { call }) {
    const key = await vault.key(source);
    const worked = await (await pages()).troubleshooter_try(call, source, key);
    return (await pages()).troubleshooter_tried(call, worked);
  },
  async try_in_page({ frame, url }, { call }) {
    const target = { tabId: frame.tab, documentIds: [frame.document] };
    const [ran] = await chrome.scripting.executeScript({ target, func: tryHere, args: [url] }).catch(() => []);
    return (await pages()).troubleshooter_tried(call, ran?.result ?? undefined);
  },
  async clear_site({ origin }, { call }) {
    const what = { cache: true, cacheStorage: true, cookies: true, fileSystems: true, indexedDB: true, localStorage: true, serviceWorkers: true };
    const done = chrome.browsingData?.remove({ origins: [origin] }, what).then(() => true, () => false);
    return (await pages()).troubleshooter_cleared(call, (await done) ?? false);
  },
  open_privately: ({ url }) => void chrome.windows.create({ url, incognito: true }).catch(() => {}),
  open_report: ({ call }) => openPage(`report.html?call=${call}`),
  open_rules: ({ source }) => openPage(`options.html#${source ? `rules-${source}` : 'retry'}`),
  open_welcome: () => openPage('welcome.html'),
  open_page: ({ url }) => void chrome.tabs.create({ url }),
  copy: ({ text }, reply) => void (reply.copy = text),
  copy_report: async (_, reply) => void (reply.copy = await report.text(reply.call)),
  save: (file, reply) => void (reply.save = file),
};

/**
 * @param {TroubleshooterEffect[] | undefined} effects
 * @param {Reply} reply
 */
async function performAll(effects, reply) {
  for (const effect of effects ?? []) {
    await refresh();
    const more = await performOne(STEPS, effect, reply);
    await keep();
    await performAll(more, reply);
  }
}

/**
 * Nothing waits for it.
 * @param {number} call
 */
async function lookUp(call) {
  await restore();
  await performAll((await pages()).troubleshooter_look_up(call), { call });
  await keep();
}

/**
 * @param {number} call
 * @param {string} [step]
 */
export const open = (call, step) => openPage(`troubleshooter.html?call=${call}${step ? `&step=${step}` : ''}`);

/** @satisfies {Partial<Performers>} */
export const effects = {
  open_troubleshooter: ({ call, step }) => open(call, step),
  look_up: ({ call }) => void lookUp(call).catch((error) => console.debug('Unstuck: status page', error)),
};

export const messages = {
  /** @param {{ fields: Fields }} message */
  async troubleshooter({ fields: { call } }) {
    await restore();
    shown = Number(call);
    return { view: (await pages()).troubleshooter_view(shown) };
  },
  /** @param {{ press: Press, fields: Fields }} message */
  async troubleshooter_press({ press, fields: { call } }) {
    await restore();
    shown = Number(call);
    /** @type {Reply} */
    const reply = { call: shown };
    await performAll((await pages()).troubleshooter_press(shown, press), reply);
    await keep();
    return { ...reply, view: (await pages()).troubleshooter_view(shown) };
  },
};
