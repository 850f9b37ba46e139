// The card, in a document of its own inside the page of a chat. The page around it can neither read nor reach it.
//
// The content script that opened this frame hands over a port and a token; with the token the worker knows which message box
// the card belongs to. The port carries sizes and looks, never words of the person, but those that must survive an update.
import { askWorker } from '../ask_worker.js';
import '../pages/page.js';
import { paint } from '../pages/paint.js';
import * as sight from './sight.js';

/** @typedef {{ number: number, clearMs: number }} Look */

// What a failure takes at first sight, at the most.
const ENOUGH_PX = 240;

/** @type {MessagePort | undefined} */
let port;
/** @type {string} */
let token;
let isShown = false;
let lines = 0;
/** @type {Message | undefined} */
let unheard;
/**
 * Says that a press did not count, until one does.
 * @type {HTMLElement | undefined}
 */
let covered;
/** @type {Map<number, (clearMs: number) => void>} */
const answers = new Map();
let asked = 0;

const show = paint(document.body, press);
const stage = /** @type {HTMLElement} */ (document.querySelector('.stage'));

addEventListener('message', function join({ data, ports: [given] }) {
  if (port || !given) return;
  removeEventListener('message', join);
  [port, token] = [given, data.token];
  given.onmessage = ({ data: [kind, value] }) => FROM_CONTENT[kind]?.(value);
  sight.begin(askAround, data.isNested);
  say('joined');
  chrome.commands.getAll().then((all) => say('keys', all.find(({ name }) => name === 'draft')?.shortcut ?? ''));
});

/**
 * Tells the content script.
 * @param {string} kind
 * @param {unknown} [value]
 */
const say = (kind, value) => port?.postMessage([kind, value]);

/**
 * @param {number} lagMs
 * @returns {Promise<number>}
 */
function askAround(lagMs) {
  say('look', { number: ++asked, at: Date.now() + lagMs });
  return new Promise((resolve) => answers.set(asked, resolve));
}

async function greet() {
  await send({ kind: 'card_hello', token });
  if (unheard) send(unheard);
  unheard = undefined;
}

/** @param {Look} look */
function hearLook({ number, clearMs }) {
  answers.get(number)?.(clearMs);
  answers.delete(number);
}

/** @type {Record<string, (value: any) => unknown>} */
const FROM_CONTENT = {
  // The worker is asked only once there is something to show.
  greet,
  looked: hearLook,
  returned: () => send({ kind: 'returned' }),
  room(pixels) {
    const root = document.documentElement;
    root.style.setProperty('--room', `${pixels}px`);
    root.toggleAttribute('data-tight', pixels < ENOUGH_PX);
  },
  moved: () => sight.moved(),
  // Cut off by an update. Where something is typed, the next letter or press tells; what runs would seem to run for ever.
  renewed: () => stage.querySelector('textarea') ?? say('orphaned', true),
  close: () => isShown && close(),
};

// --- what is shown

/** @param {View | undefined} view */
function take(view) {
  if (!view) return;
  show(view);
  // Painting takes away all that is not in the view.
  if (covered) stage.querySelector('.card')?.append(covered);
  const opens = Boolean(view.root) && !isShown;
  isShown = Boolean(view.root);
  if (opens) sight.appear();
  if (!view.root) {
    sight.end();
    forgetCovered();
  }
  // Behind the focus that the painter gives.
  queueMicrotask(measure);
  keep();
  // A call that an alarm has woken needs a line to the worker too.
  if (view.busy && !lines) send({ kind: 'resume' });
}

function measure() {
  const { colorScheme } = getComputedStyle(document.documentElement);
  const wantsFocus = stage.contains(document.activeElement);
  say('size', { open: isShown, height: stage.getBoundingClientRect().height, colorScheme, wantsFocus });
}
new ResizeObserver(measure).observe(stage);

// What would be lost with this document when the extension is updated under it: the content script can still copy it.
function keep() {
  const texts = [...stage.querySelectorAll('textarea, .draft')].map((one) => /** @type {HTMLTextAreaElement} */ (one).value || one.textContent);
  say('kept', texts.filter(Boolean).join('\n\n'));
}
stage.addEventListener('input', () => {
  keep();
  tellTyped();
});

let isTelling = false;
let hasMore = false;

/** The worker has what is typed before an update of the extension can take this document away. */
async function tellTyped() {
  hasMore = isTelling;
  if (isTelling) return;
  isTelling = true;
  await askWorker({ kind: 'typed', fields: show.fields() }).catch(() => {});
  if (!chrome.runtime?.id) say('orphaned');
  isTelling = false;
  if (hasMore) tellTyped();
}

// The focus comes to the document as a whole when it comes from outside.
/** @type {HTMLElement | undefined} */
let lastFocus;
stage.addEventListener('focusin', ({ target }) => void (lastFocus = /** @type {HTMLElement} */ (target)));
addEventListener('focus', () => void (document.activeElement === document.body && lastFocus?.isConnected && lastFocus.focus()));

// What a page gives along with a drag is not the person's.
let isOwnDrag = false;
document.addEventListener('dragstart', () => void (isOwnDrag = true));
document.addEventListener('dragend', () => void (isOwnDrag = false));
for (const kind of ['dragover', 'drop']) document.addEventListener(kind, (event) => void (isOwnDrag || event.preventDefault()));

// --- what is pressed

/**
 * @param {Press} what
 * @param {Fields} fields
 * @param {HTMLElement} element
 */
async function press(what, fields, element) {
  document.body.ariaBusy = 'true';
  const counts = await sight.counts(element);
  document.body.ariaBusy = null;
  if (!counts) return tellCovered();
  forgetCovered();
  send({ kind: 'press', press: what, fields, number: Date.now() });
}

const close = () => send({ kind: 'press', press: 'close', fields: show.fields(), number: Date.now() });

// Nobody moves from the keys to the pointer, and presses, sooner.
const TYPING_MS = 700;
let typedAt = -Infinity;
// What leads the focus back takes it away before.
const BLUR_MS = 10;
addEventListener('blur', async () => {
  const isTyping = performance.now() - typedAt < TYPING_MS;
  await new Promise((done) => setTimeout(done, BLUR_MS));
  if (document.hasFocus()) return;
  // Who turns to another tab takes the focus along.
  const tab = await chrome.tabs?.getCurrent();
  if (tab?.active) say('blurred', isTyping);
});

document.addEventListener('keydown', (event) => {
  if (!event.isTrusted) return;
  typedAt = performance.now();
  if (event.key === 'Escape') close();
  if (event.key === 'Tab') leaveAtEdge(event);
  // A key that is held down presses once.
  if (event.key === 'Enter' && event.repeat && !event.shiftKey) event.preventDefault();
});

/**
 * Tab goes from the ends of the card to the message box, not to wherever the page would have it.
 * @param {KeyboardEvent} event
 */
function leaveAtEdge(event) {
  const stops = [...stage.querySelectorAll('a[href], button:enabled, input, select, summary, textarea')].filter((one) => one.checkVisibility());
  if (document.activeElement !== stops.at(event.shiftKey ? 0 : -1) && stops.length) return;
  event.preventDefault();
  say('leave');
}

function tellCovered() {
  covered ??= Object.assign(document.createElement('p'), { className: 'note covered', role: 'status' });
  covered.textContent = chrome.i18n.getMessage('card_covered');
  stage.querySelector('.card')?.append(covered);
}

function forgetCovered() {
  covered?.remove();
  covered = undefined;
}

// --- the line to the worker

/**
 * The reply stays open while something moves. When the worker dies under it, the next life is told the same again: by the
 * number of a press it knows whether an earlier one has heard it.
 * @param {Message} message
 */
async function send(message) {
  lines++;
  try {
    const reply = await askWorker(message, { twice: true });
    if (reply?.error === 'unknown card') tellUnknown(message);
    else if (reply?.error) console.debug('Unstuck:', reply.error);
    take(reply?.view);
  } catch {
    if (!chrome.runtime?.id) say('orphaned');
  } finally {
    lines--;
  }
}

/**
 * A worker that has forgotten this card is told of it again, and hears then what it did not take.
 * @param {Message} message
 */
function tellUnknown(message) {
  if (message.kind === 'press') unheard = message;
  say('unknown');
}

// The worker may sleep through a wait for the network; a page hears its end.
addEventListener('online', () => void (isShown && send({ kind: 'online' })));

chrome.runtime.onMessage.addListener(({ kind, view, text }, _sender, reply) => {
  const done = () => reply({ done: true });
  if (kind === 'paint') {
    take(view);
    done();
  } else if (kind === 'copy') copy(text).then(done);
  return kind === 'copy';
});

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page may keep its frames from the clipboard; the permission of the extension still lets a command do it.
    const field = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}
