// Offers the launcher at the message box, opens the card's frame, and carries out at the box what the worker names.
import { askWorker } from '../ask_worker.js';
import { appears } from './appears.js';
import * as messageBox from './box.js';
import * as chat from './chat.js';
import * as focus from './focus.js';
import * as frame from './frame.js';
import * as keys from './keys.js';
import * as plainSight from './plain_sight.js';

// On a page that is only watched nobody asked for drafts.
const isQuiet = () => Object.hasOwn(globalThis, Symbol.for('unstuck quiet'));

/** @type {Adapter[]} */
let adapters;
let opened = false;
/** Whether a draft was put into the box and nothing was typed since. */
let canUndo = false;
/** @type {{ site: string, until_ms: number | null }[]} */
let hidden = [];

// --- the message box

/** @param {ReturnType<typeof messageBox.focused>} found */
function offer(found) {
  if (!found) return;
  attend();
  take(found);
  if (frame.isOpen() || isQuiet() || isHidden() || !mayOffer()) return;
  frame.offer(canUndo);
}

/** @type {ResizeObserver} */
let growth;

/** @param {NonNullable<ReturnType<typeof messageBox.focused>>} found */
function take(found) {
  messageBox.take(found);
  growth.disconnect();
  growth.observe(found);
}

// The browser matches sites without their ports.
const isHidden = () => hidden.some(({ site, until_ms }) => site === `${location.protocol}//${location.hostname}` && Date.now() < (until_ms ?? Infinity));

// Not once an update has cut this script off, nor in a page that is shut in, nor in one inside a page of another origin: that one
// could hide or move it unseen.
const mayOffer = () => Boolean(chrome.runtime?.id) && !focus.isStolen() && origin !== 'null' && [...location.ancestorOrigins].every((around) => around === location.origin);

// The first adapter of this site whose box is there. The generic one is the last and always fits.
async function adapt() {
  adapters ??= await askWorker({ kind: 'adapters' });
  return adapters.find(({ id, box }) => id === 'generic' || messageBox.visible(box).length);
}

const adapted = () => adapt().catch(() => undefined);

// --- the card

/** @type {frame.Listener} */
const CARD = {
  launch: open,
  undo: takeBack,
  reload: reloadKeeping,
  closed: giveBack,
  blurred: focus.followFrames,
  leave: () => void (messageBox.current() && focus.giveToBox()),
  released: focus.follow,
  // A web app draws its box and its buttons as one: the card keeps off all of it.
  edge: () => ((isQuiet() && messageBox.current()?.closest('form, fieldset')) || messageBox.current())?.getBoundingClientRect(),
  lost: () => void (!chrome.runtime?.id ? frame.orphan() : focus.isStolen() ? open() : showCard()),
  unknown: () => void showCard(),
};

function giveBack() {
  focus.trust();
  const box = messageBox.current();
  if (!box) return;
  if (frame.isHost(document.activeElement) || document.activeElement === document.body) focus.giveToBox();
  if (messageBox.focused() === messageBox.current()) offer(messageBox.current());
}

/** Loads the frame and lets its card ask the worker; resolves with the token by which the worker knows it. */
async function greeting() {
  opened = true;
  return mayOffer() && (await frame.prepare()) ? frame.greet() : undefined;
}

async function showCard() {
  await send({ kind: 'card', token: await greeting() });
}

// Tells which adapter fits, and which one of this site found no box. Without a token the popup answers.
async function open() {
  if (!chrome.runtime?.id) return frame.orphan();
  // A page that sent the reload on to another address has it still.
  if ((await putBack()).isShown) return;
  const adapter = await adapted();
  const missed = adapter?.id === 'generic' ? adapters.find(({ hosts }) => hosts)?.id : undefined;
  await send({ kind: 'open', token: await greeting(), fields: { adapter: adapter?.id, missed } });
}

async function takeBack() {
  canUndo = false;
  frame.withdrawUndo();
  await messageBox.undo();
  focus.giveToBox();
}

// --- over a reload after an update

// Where a page's own text outlives its reload. What was written in the card is the worker's to keep.
const KEPT = 'unstuck';
// Who comes back much later may be in another chat.
const SOON_MS = 60_000;
const BOX_APPEARS_MS = 15_000;

/** The page's own text stays in the page; if it cannot be kept there, it goes to the clipboard and nothing is reloaded. */
async function reloadKeeping() {
  const text = messageBox.typed() ?? '';
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ text, hadCard: frame.hasText(), href: location.href, at: Date.now() }));
  } catch {
    return navigator.clipboard.writeText(text);
  }
  location.reload();
}

/**
 * Puts what was kept back into the box that the page has come up with. Where there is none, the card shows it.
 * @returns {Promise<{ isShown?: boolean, hadCard?: boolean }>}
 */
async function putBack() {
  const kept = takeKept();
  if (!kept) return {};
  const { text, hadCard, href, at } = kept;
  if (typeof text !== 'string') return {};
  attend();
  // Whoever presses or types meanwhile may have gone to another chat.
  let acts = false;
  const act = () => void (acts = true);
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, act, { capture: true, once: true });
  const adapter = await adapted();
  const isSame = href === location.href && Date.now() - at < SOON_MS;
  const isFound = isSame && Boolean(text) && (await appears(() => messageBox.typed(adapter) !== undefined, BOX_APPEARS_MS));
  // Some pages keep a draft themselves.
  const isThere = !text || (isFound && (messageBox.typed(adapter)?.includes(text) || (!acts && (await focus.fill(text, adapter)))));
  if (!isThere) await send({ kind: 'text_kept', token: await greeting(), fields: { text } });
  return { isShown: !isThere, hadCard };
}

async function comeBack() {
  const { isShown, hadCard } = await putBack();
  // The page could have written this itself: without a card, no popup comes up for it.
  if (hadCard && !isShown && (await greeting())) await open();
}

function takeKept() {
  try {
    const kept = sessionStorage.getItem(KEPT);
    if (kept) sessionStorage.removeItem(KEPT);
    return kept && JSON.parse(kept);
  } catch {
    return undefined;
  }
}

// --- the line to the worker

/** @param {Message} message */
async function send(message) {
  const reply = await askWorker(message, { twice: true }).catch((error) => ({ error: error.message }));
  if (!chrome.runtime?.id) frame.orphan();
  else if (reply?.error) console.debug('Unstuck:', reply.error);
}

/** @type {Record<string, (message: any) => Promise<unknown>>} */
const ANSWERS = {
  async summon({ hidden: told }) {
    hidden = told;
    const focused = messageBox.focused();
    if (focused) take(focused);
    open();
  },
  card: async () => ({ token: await greeting() }),
  insert: async ({ text, replaced }) => {
    keys.came();
    canUndo = await focus.fill(text, await adapted(), replaced);
    return { done: canUndo };
  },
  hidden: async ({ hidden: told }) => {
    hidden = told;
    if (isHidden()) frame.withdraw();
    else offer(messageBox.focused());
  },
  read_box: async () => ({ text: messageBox.pick(await adapted()) }),
  async read_messages({ count }) {
    const { messages } = /** @type {Adapter} */ (await adapt());
    return { messages: chat.read(messages, count, messageBox.around(messages.row)) };
  },
};

// --- what is heard

let attends = false;

/** Hears all that matters to a box and a card. Most pages have neither yet: until then they bear no more than what `begin` does. */
function attend() {
  if (attends) return;
  attends = true;
  frame.begin(CARD);
  plainSight.listen();
  // The focus that leaves a card goes back to the box: the launcher stays there.
  document.addEventListener('focusout', () => setTimeout(() => !frame.isHost(document.activeElement) && !messageBox.focused() && frame.withdraw(), 200));
  document.addEventListener('selectionchange', () => messageBox.remember());
  growth = new ResizeObserver(frame.follow);
  addEventListener('resize', frame.follow);
  addEventListener('scroll', frame.follow, { capture: true, passive: true });
  // A page that is left takes its card along: nothing is asked any more for a page that is gone.
  addEventListener('pagehide', () => opened && send({ kind: 'gone' }));
  focus.listen();
  addEventListener('input', () => {
    canUndo = false;
    frame.withdrawUndo();
  }, true);
  keys.listen();
  // Asked before a newer copy of this script comes. Only one that an update has cut off listens: a page can ask as well.
  document.addEventListener('unstuck-renew', (event) => !chrome.runtime?.id && !frame.retire() && event.preventDefault());
}

/** What every page that is switched on pays for, used or not: tests/bench/page_cost.mjs weighs it. */
export function begin() {
  document.addEventListener('focusin', (event) => {
    if (!frame.isHost(event.target)) offer(messageBox.fromEvent(event));
  });
  chrome.runtime.onMessage.addListener(({ kind, ...message }, _sender, reply) => {
    if (!Object.hasOwn(ANSWERS, kind)) return;
    attend();
    ANSWERS[kind](message).then(reply, () => reply());
    return true;
  });
  if (isQuiet()) {
    attend();
    frame.prepare();
  }
  // Where nothing has the focus, to ask for the element would cost more than all else here.
  if (document.querySelector(':focus-within')) offer(messageBox.focused());
  // A look into the storage is a call to another process.
  if (performance.navigation.type !== 0) comeBack();
}
