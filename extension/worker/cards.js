// The cards: paints them in the documents that show them, and hears what is pressed there.
import { showBadge } from './badge.js';
import { core, isPerforming, perform, ready } from './engine.js';
import * as cardFrames from './card_frames.js';
import { CONTENT_SCRIPT, sitesOf, tell } from './tabs.js';

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

/** @param {FrameRef} frame */
function paintSoon(frame) {
  const due = painting.get(frame.document);
  if (due) return void (due.again = true);
  const turn = { again: false };
  painting.set(frame.document, turn);
  setTimeout(() => {
    painting.delete(frame.document);
    if (turn.again) paintSoon(frame);
  }, 40);
  return paint(frame);
}

/** @param {FrameRef} frame */
async function paint(frame) {
  const count = (/** @type {number} */ more) => onTheWay.set(frame.document, (onTheWay.get(frame.document) ?? 0) + more);
  count(1);
  try {
    await deliver(frame);
  } finally {
    if (count(-1).get(frame.document) === 0) onTheWay.delete(frame.document);
    releaseIdle();
  }
}

/** @param {FrameRef} frame */
async function deliver(frame) {
  showBadge(frame.tab);
  if (await tellCard(frame, { kind: 'paint', view: core.card_view(frame) })) return;
  const isRefused = (await cardFrames.refusedIn(frame.tab)).some(({ document }) => document === frame.document);
  if (isRefused || cardFrames.isExpected(frame)) return;
  try {
    const { token } = await tell(frame, { kind: 'card' });
    await cardFrames.expect(frame, token);
  } catch {
    await leave(frame);
  }
}

/**
 * Tells the document that shows the card of this frame; resolves with whether there is one.
 * @param {FrameRef} frame
 * @param {Message} message
 */
async function tellCard(frame, message) {
  const documentId = await cardFrames.documentFor(frame);
  if (!documentId) return false;
  const reply = await chrome.tabs.sendMessage(frame.tab, message, { documentId }).catch(() => undefined);
  if (!reply) await cardFrames.forget(frame);
  return Boolean(reply);
}

/**
 * A page that is gone takes its card along.
 * @param {FrameRef} frame
 */
export async function leave(frame) {
  await cardFrames.forget(frame);
  await perform(core.gone(frame));
}

/** @type {string | undefined} */
let uncopied;

/**
 * Copies in the card's document; where there is none, the popup answers and copies too.
 * @param {FrameRef} frame
 * @param {string} text
 */
export async function copyFor(frame, text) {
  if (!(await tellCard(frame, { kind: 'copy', text }))) uncopied = text;
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
  const call = () => chrome.tabs.sendMessage(tabId, { kind: 'summon', hidden: sitesOf(core.hidden_sites(), frameUrl || 'about:blank') }, { frameId });
  try {
    await call();
  } catch {
    // Not there yet. Pages of the browser itself let nothing in: there is nothing to draft there either.
    await chrome.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [CONTENT_SCRIPT] }).then(call, () => {});
  }
}

// --- what a card says

/** @type {Record<string, (frame: FrameRef, message: any) => Promise<void> | undefined>} */
const FROM_CARDS = {
  press: (frame, { press, fields, number }) => perform(core.pressed(frame, press, fields, number)),
  typed: (frame, { fields }) => perform(core.typed(frame, fields)),
  online: () => perform(core.online()),
  returned: (frame) => perform(core.returned(frame)),
  resume: (frame) => paint(frame),
};

/**
 * What the person presses comes from the card's own document alone: no script of a page's world can say it.
 * @param {Message} message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function receiveFromCard({ kind, token, ...message }, sender) {
  if (!sender.tab || sender.documentLifecycle !== 'active') throw new Error('this message needs a card that is shown in a tab');
  if (kind === 'card_hello') return { view: core.card_view(await cardFrames.join(token, sender)) };
  if (!Object.hasOwn(FROM_CARDS, kind)) throw new Error('no such message');
  const frame = await cardFrames.frameOf(sender);
  await FROM_CARDS[kind](frame, message);
  return hold(frame);
}

/**
 * The reply to a card stays open as long as something moves on it, and until the card shows the end of it: that keeps the worker
 * alive for exactly this time.
 * @type {{ frame: FrameRef, resolve: () => void }[]}
 */
const held = [];

/** @type {(frame: FrameRef) => Promise<void>} */
const hold = (frame) =>
  new Promise((resolve) => {
    held.push({ frame, resolve });
    releaseIdle();
  });

/** @param {FrameRef} frame */
const isUnpainted = ({ document }) => onTheWay.has(document) || painting.get(document)?.again;

/** Answers the cards on which nothing moves any more. */
export function releaseIdle() {
  for (const waiting of held.splice(0)) {
    if (isPerforming() || core.is_busy(waiting.frame) || isUnpainted(waiting.frame)) held.push(waiting);
    else waiting.resolve();
  }
}

/** The documents whose box is being filled. */
const inserting = new Set();

/** @satisfies {Partial<Performers>} */
export const effects = {
  paint: ({ frame }) => paintSoon(frame),
  async insert({ frame, text, replaced }) {
    // A key that is held down, or pressed twice, is one press.
    if (inserting.has(frame.document)) return;
    inserting.add(frame.document);
    const reply = await tell(frame, { kind: 'insert', text, replaced }).catch(() => undefined);
    inserting.delete(frame.document);
    await perform(core.inserted(frame, Boolean(reply?.done)));
  },
  async read_box({ frame }) {
    const reply = await tell(frame, { kind: 'read_box' }).catch(() => undefined);
    await perform(core.box_read(frame, reply?.text ?? ''));
  },
  async read_messages({ frame, count }) {
    const reply = await tell(frame, { kind: 'read_messages', count }).catch(() => undefined);
    await perform(core.messages_read(frame, reply?.messages ?? []));
  },
  copy: ({ frame, text }) => copyFor(frame, text),
  reload_page: ({ frame }) => chrome.tabs.reload(frame.tab),
};
