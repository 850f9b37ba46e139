// Offers the launcher at the message box, opens the card's frame, and carries out at the box what the worker names.
import * as messageBox from './box.js';
import * as chat from './chat.js';
import * as frame from './frame.js';
import * as plainSight from './plain_sight.js';

// On a page that is only watched nobody asked for drafts.
const isQuiet = () => Object.hasOwn(globalThis, Symbol.for('unstuck quiet'));

/** @type {Adapter[]} */
let adapters;
let opened = false;

// --- the message box

/** @param {ReturnType<typeof messageBox.focused>} found */
function offer(found) {
  if (!found) return;
  messageBox.take(found);
  if (frame.isOpen() || isQuiet() || !mayOffer()) return;
  frame.offer(found.getBoundingClientRect());
  frame.prepare();
}

// Not in a page that is shut in, nor in one inside a page of another origin: that one could hide or move it unseen.
const mayOffer = () => origin !== 'null' && [...location.ancestorOrigins].every((around) => around === location.origin);

// The first adapter of this site whose box is there. The generic one is the last and always fits.
async function adapt() {
  adapters ??= await chrome.runtime.sendMessage({ kind: 'adapters' });
  return adapters.find(({ id, box }) => id === 'generic' || messageBox.visible(box).length);
}

const adapted = () => adapt().catch(() => undefined);

// --- the focus in the card

// A page that takes the focus while somebody types in the card would get the rest of the words. Its call ends here, before
// the next key: the card has the focus again. Whoever presses in the page, or leaves by Tab, takes it along.
let isInCard = false;
let mayLeave = false;

/** @param {FocusEvent} event */
function followFocus({ target }) {
  if (frame.isHost(target)) [isInCard, mayLeave] = [true, false];
  else if (!isInCard || mayLeave || !frame.isOpen()) isInCard = false;
  else {
    plainSight.distrust();
    frame.keepFocus();
  }
}

function letFocusGo() {
  mayLeave = true;
  frame.release();
}

function focusBox() {
  letFocusGo();
  messageBox.focus();
}

// --- the card

/** @type {frame.Listener} */
const CARD = {
  launch: open,
  closed: giveBack,
  leave: () => void (messageBox.current() && focusBox()),
  // The dialog gives the focus back to where it was.
  released(close) {
    mayLeave = true;
    close();
  },
  // A web app draws its box and its buttons as one: the card keeps off all of it.
  edge: () => ((isQuiet() && messageBox.current()?.closest('form, fieldset')) || messageBox.current())?.getBoundingClientRect(),
  lost: () => void (chrome.runtime?.id ? showCard() : frame.orphan()),
  unknown: () => void showCard(),
};

function giveBack() {
  const box = messageBox.current();
  if (!box) return;
  if (frame.isHost(document.activeElement) || document.activeElement === document.body) focusBox();
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
  const adapter = await adapted();
  const missed = adapter?.id === 'generic' && adapters.length > 1 ? adapters[0].id : undefined;
  await send({ kind: 'open', token: await greeting(), fields: { adapter: adapter?.id, missed } });
}

// --- the line to the worker

/** @param {Message} message */
async function send(message) {
  const reply = await ask(message).catch((error) => ({ error: error.message }));
  if (!chrome.runtime?.id) frame.orphan();
  else if (reply?.error) console.debug('Unstuck:', reply.error);
}

/** @param {Message} message */
const ask = async (message) => chrome.runtime.sendMessage(message);

/** @type {Record<string, (message: any) => Promise<unknown>>} */
const ANSWERS = {
  async summon() {
    const focused = messageBox.focused();
    if (focused) messageBox.take(focused);
    open();
  },
  card: async () => ({ token: await greeting() }),
  insert: async ({ text, replaced }) => {
    letFocusGo();
    return { done: await messageBox.insert(text, await adapted(), replaced) };
  },
  read_box: async () => ({ text: messageBox.pick(await adapted()) }),
  read_messages: async ({ count }) => ({ messages: chat.read(/** @type {Adapter} */ (await adapt()).messages, count) }),
};

function listen() {
  document.addEventListener('focusin', (event) => {
    if (!frame.isHost(event.target)) offer(messageBox.fromEvent(event));
  });
  // The focus that leaves a card goes back to the box: the launcher stays there.
  document.addEventListener('focusout', () => setTimeout(() => !frame.isHost(document.activeElement) && !messageBox.focused() && frame.withdraw(), 200));
  document.addEventListener('selectionchange', () => messageBox.remember());
  addEventListener('resize', () => frame.place());
  addEventListener('scroll', () => frame.place(), { capture: true, passive: true });
  // A page that is left takes its card along: nothing is asked any more for a page that is gone.
  addEventListener('pagehide', () => opened && send({ kind: 'gone' }));
  addEventListener('pointerdown', (event) => event.isTrusted && (mayLeave = true), true);
  addEventListener('focusin', followFocus, true);
  // A key that was on its way in that moment comes to the frame's element.
  for (const kind of ['keydown', 'keypress', 'keyup']) addEventListener(kind, (event) => frame.isHost(event.target) && event.stopImmediatePropagation(), true);
  chrome.runtime.onMessage.addListener(({ kind, ...message }, _sender, reply) => {
    if (!Object.hasOwn(ANSWERS, kind)) return;
    ANSWERS[kind](message).then(reply, () => reply());
    return true;
  });
}

export function begin() {
  frame.begin(CARD);
  plainSight.listen();
  listen();
  if (isQuiet()) frame.prepare();
  offer(messageBox.focused());
}
