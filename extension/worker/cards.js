// The cards: paints them in the documents that show them, and hears what is pressed there.
import * as core from '#core';
import { isPerforming, ready, step } from './engine.js';
import * as frames from './frames.js';
import { CONTENT_SCRIPT, tell } from './surfaces.js';

/**
 * A streaming answer is painted at once and then at most every 40 ms.
 * @type {Map<string, { again: boolean }>}
 */
const painting = new Map();

/**
 * By document, how many paintings are on their way.
 * @type {Map<string, number>}
 */
const onTheWay = new Map();

/** @param {Surface} surface */
function paintSoon(surface) {
  const due = painting.get(surface.document);
  if (due) return void (due.again = true);
  const turn = { again: false };
  painting.set(surface.document, turn);
  setTimeout(() => {
    painting.delete(surface.document);
    if (turn.again) paintSoon(surface);
  }, 40);
  return paint(surface);
}

/** @param {Surface} surface */
async function paint(surface) {
  const count = (/** @type {number} */ more) => onTheWay.set(surface.document, (onTheWay.get(surface.document) ?? 0) + more);
  count(1);
  try {
    await deliver(surface);
  } finally {
    if (count(-1).get(surface.document) === 0) onTheWay.delete(surface.document);
    releaseIdle();
  }
}

/** @param {Surface} surface */
async function deliver(surface) {
  const open = core.unsettled_in(surface.tab);
  chrome.action.setBadgeText({ tabId: surface.tab, text: open ? String(open) : '' }).catch(() => {});
  if (await tellCard(surface, { kind: 'paint', view: core.card_view(surface) })) return;
  const isRefused = (await frames.refusedIn(surface.tab)).some(({ document }) => document === surface.document);
  if (isRefused || frames.isExpected(surface)) return;
  try {
    const { token } = await tell(surface, { kind: 'card' });
    await frames.expect(surface, token);
  } catch {
    await leave(surface);
  }
}

/**
 * Tells the document that shows the card of this surface; resolves with whether there is one.
 * @param {Surface} surface
 * @param {Message} message
 */
async function tellCard(surface, message) {
  const documentId = await frames.documentFor(surface);
  if (!documentId) return false;
  const reply = await chrome.tabs.sendMessage(surface.tab, message, { documentId }).catch(() => undefined);
  if (!reply) await frames.forget(surface);
  return Boolean(reply);
}

/**
 * A page that is gone takes its card along.
 * @param {Surface} surface
 */
export async function leave(surface) {
  await frames.forget(surface);
  await step({ gone: { surface } });
}

/** Takes the badges off all tabs. */
export async function clearBadges() {
  for (const { id } of await chrome.tabs.query({})) chrome.action.setBadgeText({ tabId: id, text: '' }).catch(() => {});
}

/** @type {string | undefined} */
let uncopied;

/**
 * Copies in the card's document; where there is none, the popup answers and copies too.
 * @param {Surface} surface
 * @param {string} text
 */
export async function copyFor(surface, text) {
  if (!(await tellCard(surface, { kind: 'copy', text }))) uncopied = text;
}

/** What no card could copy since this was asked last. */
export function takeUncopied() {
  const text = uncopied;
  uncopied = undefined;
  return text;
}

/**
 * Opens the card at the box with the focus, wherever the person is.
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {number} frameId
 */
export async function summon(tab, frameId, frameUrl = tab?.url) {
  const tabId = tab?.id;
  if (tabId === undefined) return;
  await ready;
  // Where the organisation lets nothing be, the popup says so.
  if (![tab?.url, frameUrl].every((url) => core.is_allowed(url ?? ''))) return void chrome.action.openPopup({ windowId: tab?.windowId }).catch(() => {});
  const call = () => chrome.tabs.sendMessage(tabId, { kind: 'summon' }, { frameId });
  try {
    await call();
  } catch {
    // Not there yet. Pages of the browser itself let nothing in: there is nothing to draft there either.
    await chrome.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [CONTENT_SCRIPT] }).then(call, () => {});
  }
}

// --- what a card says

/** @type {Record<string, (surface: Surface, message: any) => Promise<void> | undefined>} */
const FROM_CARDS = {
  press: (surface, { press, fields, number }) => step({ pressed: { surface, press, typed: fields, number } }),
  online: () => step('online'),
  returned: (surface) => step({ returned: { surface } }),
  resume: (surface) => paint(surface),
};

/**
 * What the person presses comes from the card's own document alone: no script of a page's world can say it.
 * @param {Message} message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function receiveFromCard({ kind, token, ...message }, sender) {
  if (!sender.tab || sender.documentLifecycle !== 'active') throw new Error('this message needs a card that is shown in a tab');
  if (kind === 'card_hello') return { view: core.card_view(await frames.join(token, sender)) };
  if (!Object.hasOwn(FROM_CARDS, kind)) throw new Error('no such message');
  const surface = await frames.surfaceOf(sender);
  await FROM_CARDS[kind](surface, message);
  return hold(surface);
}

/**
 * The reply to a card stays open as long as something moves on it, and until the card shows the end of it: that keeps the worker
 * alive for exactly this time.
 * @type {{ surface: Surface, resolve: () => void }[]}
 */
const held = [];

/** @type {(surface: Surface) => Promise<void>} */
const hold = (surface) =>
  new Promise((resolve) => {
    held.push({ surface, resolve });
    releaseIdle();
  });

/** @param {Surface} surface */
const isUnpainted = ({ document }) => onTheWay.has(document) || painting.get(document)?.again;

/** Answers the cards on which nothing moves any more. */
export function releaseIdle() {
  for (const waiting of held.splice(0)) {
    if (isPerforming() || core.is_busy(waiting.surface) || isUnpainted(waiting.surface)) held.push(waiting);
    else waiting.resolve();
  }
}

/** @type {Performers} */
export const effects = {
  paint: ({ surface }) => paintSoon(surface),
  async insert({ surface, text, replaced }) {
    const reply = await tell(surface, { kind: 'insert', text, replaced }).catch(() => undefined);
    await step({ inserted: { surface, done: Boolean(reply?.done) } });
  },
  async read_box({ surface }) {
    const reply = await tell(surface, { kind: 'read_box' }).catch(() => undefined);
    await step({ box_read: { surface, text: reply?.text ?? '' } });
  },
  async read_messages({ surface, count }) {
    const reply = await tell(surface, { kind: 'read_messages', count }).catch(() => undefined);
    await step({ messages_read: { surface, messages: reply?.messages ?? [] } });
  },
  copy: ({ surface, text }) => copyFor(surface, text),
  reload_page: ({ surface }) => chrome.tabs.reload(surface.tab),
};
