// Watches the calls of web apps that the person switched on, and tells the core of those that fail. Nothing is listened to
// while none is switched on.
import * as apps from '../watched/apps.js';
import { core, perform, ready } from './engine.js';
import * as sockets from './sockets.js';
import { CONTENT_SCRIPT, tell } from './tabs.js';

/** @import { PageSender } from './tabs.js' */
/** @typedef {Parameters<Parameters<typeof chrome.webRequest.onErrorOccurred.addListener>[0]>[0]} Details */
/** @typedef {(name: string, details: Details) => unknown} Hear */

const EVENTS = {
  onBeforeRequest: 'before_request',
  onBeforeRedirect: 'before_redirect',
  onHeadersReceived: 'headers_received',
  onResponseStarted: 'response_started',
  onCompleted: 'completed',
  onErrorOccurred: 'error',
};
// No sockets: without a permission for `ws`, which nobody is asked for, the browser tells nothing of them, and with it little.
const TYPES = ['xmlhttprequest', 'script', 'ping'];
// The page's exception may come before the browser's event, or after it: so long one waits for the other, in milliseconds.
const PATIENCE_MS = 250;

/** @type {Map<number, { site: string, remove: () => void }>} */
const watched = new Map();
/** @type {Set<() => void>} */
const waiting = new Set();
/** @type {string[]} */
let on = [];

const { siteOf } = apps;

// --- what the browser sees

/**
 * @param {{ urls: string[], tabId?: number }} filter
 * @param {Hear} hear
 */
function listen(filter, hear) {
  const listeners = Object.entries(EVENTS).map(([event, name]) => {
    /** @param {Details} details */
    const listener = (details) => void hear(name, details);
    const headers = event === 'onHeadersReceived' || event === 'onCompleted' ? ['responseHeaders'] : [];
    const source = /** @type {any} */ (chrome.webRequest)[event];
    // Without `extraHeaders` the browser keeps preflights to itself.
    source.addListener(listener, { types: TYPES, ...filter }, [...headers, 'extraHeaders']);
    return () => source.removeListener(listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}

/** @type {Hear} */
function hear(name, details) {
  if (!core.watch_hear(name, details)) return;
  for (const look of waiting) look();
  setTimeout(() => ended(details), 2 * PATIENCE_MS);
}

/**
 * What the page has not told of by now it does not see: a stream that was cut, a call of its own worker.
 * @param {any} details
 */
async function ended({ tabId: tab, frameId: id, documentId: document, documentLifecycle, initiator, requestId, url, statusCode, error }) {
  const of = document && documentLifecycle === 'active' && !id && kindOf(siteOf(initiator), url);
  if (of === 'answer' && !error && statusCode < 400) await perform(core.watch_seen_well({ tab, id, document }, siteOf(initiator)));
  if (of) await show({ tab, id, document }, (frame) => core.watch_untold(frame, siteOf(initiator), of === 'session', requestId));
}

/**
 * @param {string} site
 * @param {string} url
 */
function kindOf(site, url) {
  const { answer, session } = apps.rules(site);
  const bare = url.split(/[?#]/)[0];
  return on.includes(site) && ((RegExp(answer).test(bare) && 'answer') || (RegExp(session).test(bare) && 'session'));
}

/** @type {Hear} */
const hearKnown = (name, details) => details.initiator && on.includes(siteOf(details.initiator)) && hear(name, details);

/** @type {(() => void) | undefined} */
let unlisten;

/**
 * Registers at once, so that a call wakes the worker: the browser tells of hosts only that the extension may reach, and
 * once the settings are read nothing is left of it unless one of these apps is on.
 */
export function listenFromTheStart() {
  unlisten = listen({ urls: apps.patterns() }, (name, details) => ready.then(() => details.tabId >= 0 && hearKnown(name, details)));
}

function unlistenAll() {
  unlisten?.();
  unlisten = undefined;
}

/** Follows the settings: the scripts on exactly the sites that are on, and the listeners only while one is. */
export function follow() {
  on = core.watched_apps();
  if (!on.some(apps.isKnown)) unlistenAll();
  else unlisten ??= listen({ urls: apps.patterns() }, hearKnown);
  for (const [tab, { site }] of [...watched]) if (!on.includes(site)) stop(tab);
}

/** Puts the scripts that watch on exactly the sites that are on. */
export async function register() {
  follow();
  const matches = on.map((site) => `${site}/*`);
  if (!matches.length) return;
  /** @type {chrome.scripting.RegisteredContentScript[]} */
  const scripts = [
    { id: 'watched', js: ['watched.js'] },
    { id: 'hook', js: ['hook.js'], world: 'MAIN' },
  ];
  const excludeMatches = core.excluded_sites();
  await chrome.scripting.registerContentScripts(scripts.map((script) => ({ ...script, matches, excludeMatches, runAt: 'document_start' })));
}

/**
 * Watches all calls of a tab with a site that is on and whose calls are not known beforehand.
 * @param {number} tab
 */
async function start(tab) {
  await ready;
  const { url } = await chrome.tabs.get(tab);
  const site = url && siteOf(url);
  if (!site || !on.includes(site) || watched.get(tab)?.site === site) return;
  stop(tab);
  /** @type {(details: Details) => unknown} */
  const own = ({ initiator }) => initiator && initiator !== 'null' && siteOf(initiator) === site;
  watched.set(tab, { site, remove: listen({ urls: ['<all_urls>'], tabId: tab }, (name, details) => own(details) && hear(name, details)) });
  chrome.tabs.onRemoved.addListener(stop);
}

/** @param {number} tab */
function stop(tab) {
  const known = watched.get(tab);
  if (!known) return;
  known.remove();
  watched.delete(tab);
  core.watch_forget(tab);
  if (!watched.size) chrome.tabs.onRemoved.removeListener(stop);
}

// --- what a page says

/** @type {(tab: number, url: string) => Promise<void>} */
const closed = (tab, url) =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      waiting.delete(look);
      resolve();
    };
    const look = () => core.watch_is_open(tab, url) || end();
    const timer = setTimeout(end, PATIENCE_MS);
    waiting.add(look);
    look();
  });

/**
 * Waits for the browser's word on a call; resolves with whether it would have one.
 * @param {number} tab
 * @param {string} url
 */
async function isVisible(tab, url) {
  await closed(tab, url);
  return chrome.permissions.contains({ origins: [`${siteOf(url)}/*`] }).catch(() => true); // No address of the web.
}

/**
 * A page gets its card when there is something to tell, not before.
 * @param {FrameRef} frame
 * @param {(frame: FrameRef) => any[] | undefined} tellCore
 */
async function show(frame, tellCore) {
  const effects = tellCore(frame);
  if (!effects) return;
  if (effects.some(({ paint }) => paint)) await dress(frame);
  await perform(effects);
}

/** @param {FrameRef} frame */
async function dress({ tab, document }) {
  const target = { tabId: tab, documentIds: [document] };
  const reply = await chrome.tabs.sendMessage(tab, { kind: 'has_card' }, { documentId: document }).catch(() => undefined);
  if (reply?.there) return;
  await chrome.scripting.executeScript({ target, func: () => void (/** @type {any} */ (globalThis)[Symbol.for('unstuck quiet')] = true) });
  await chrome.scripting.executeScript({ target, files: [CONTENT_SCRIPT] });
}

/** @param {number} tab */
const keptIn = (tab) => `typed:${tab}`;

/** @param {PageSender} sender */
const isOn = ({ origin }) => origin !== undefined && on.includes(siteOf(origin));

/**
 * What the scripts of a page may say, with what came along.
 * @type {Record<string, (word: any, frame: FrameRef, sender: PageSender & { origin: string }) => Promise<void>>}
 */
const HEARD = {
  async page_hello(_word, frame, sender) {
    if (!frame.id) sockets.answered(frame.tab);
    if (!apps.isKnown(siteOf(sender.origin))) await start(frame.tab);
    const key = keptIn(frame.tab);
    const kept = /** @type {{ origin: string, text: string } | undefined} */ ((await chrome.storage.session.get(key))[key]);
    if (kept?.origin !== sender.origin) return;
    await dress(frame);
    const box = await tell(frame, { kind: 'ready_for', text: kept.text });
    const done = box?.there || (box?.ready && (await tell(frame, { kind: 'insert', text: kept.text }))?.done);
    if (!done) await perform(core.text_kept(frame, kept.text));
    await chrome.storage.session.remove(key);
  },
  // Somebody types: the card's frame is loaded before it is needed.
  async page_typing(_word, frame) {
    if (!frame.id) await dress(frame);
  },
  async page_failed(word, frame, sender) {
    const url = String(word?.url);
    if (frame.id || !URL.canParse(url) || url.length > 8192) return;
    const visible = await isVisible(frame.tab, url);
    await show(frame, () => core.watch_failed(frame, siteOf(sender.origin), word.of === 'session', url, word, visible));
  },
  async page_said(word, frame, sender) {
    const text = word?.text;
    // Of a socket that has closed its code tells more.
    if (frame.id || typeof text !== 'string' || sockets.isTelling(frame.tab)) return;
    await show(frame, () => core.watch_said(frame, siteOf(sender.origin), text));
  },
  async page_socket(word, frame, sender) {
    const site = siteOf(sender.origin);
    const { url, code, reason, since, came } = Object(word);
    if (frame.id || typeof url !== 'string' || !URL.canParse(url) || url.length > 8192) return;
    if (!code) return perform(sockets.answered(frame.tab) ? core.watch_answered(frame, site, false) : core.watch_seen_well(frame, site));
    if (!sockets.isAwaited(since, came)) return;
    const begun = came >= since;
    // RFC 6455 has room for so much.
    const message = String(reason).slice(0, 123);
    // An app's own codes mean nothing to others: what it says with them is as good as what its page says.
    if (code >= 4000) sockets.tellLater(frame.tab, false, () => message && show(frame, () => core.watch_said(frame, site, message)));
    else if (code > 1000 && code !== 1005) sockets.tellLater(frame.tab, true, () => show(frame, () => core.watch_failed(frame, site, false, url, { code, begun, message }, false)));
  },
  async page_answered(word, frame, sender) {
    await perform(core.watch_answered(frame, siteOf(sender.origin), word?.of === 'session'));
  },
};

/**
 * Hears what the script of a page says, as long as its site is watched.
 * @param {Message} message
 * @param {FrameRef} frame
 * @param {PageSender} sender
 * @returns whether there is such a message
 */
export async function receive({ kind, word }, frame, sender) {
  if (!Object.hasOwn(HEARD, kind)) return false;
  if (isOn(sender)) await HEARD[kind](word, frame, /** @type {any} */ (sender));
  return true;
}

/** @satisfies {Partial<Performers>} */
export const effects = {
  async reload_keeping({ frame }) {
    const { text } = (await tell(frame, { kind: 'typed' }).catch(() => undefined)) ?? {};
    const { url } = await chrome.tabs.get(frame.tab);
    if (text && url) await chrome.storage.session.set({ [keptIn(frame.tab)]: { origin: new URL(url).origin, text } });
    await chrome.tabs.reload(frame.tab);
  },
};
