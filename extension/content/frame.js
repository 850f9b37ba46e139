// What Unstuck adds to a page: one plain element in the top layer, whose closed root holds the launcher and the frame with the
// card. Nothing of a person's is painted here; the frame is a document of the extension, which the page cannot reach.
import STYLE from './frame.css';
import * as plainSight from './plain_sight.js';

/** What the frame tells, and what it asks for. @typedef {{ launch(): void, undo(): void, reload(): void, closed(): void, leave(): void, blurred(isTyping: boolean): void, lost(): void, unknown(): void, released(close: () => void): void, edge(): DOMRect | undefined }} Listener */

const LOADING_MS = 5_000;

/** @type {HTMLElement} */
let host;
/** @type {HTMLButtonElement} */
let button;
/** @type {HTMLButtonElement} */
let undo;
/** @type {HTMLDialogElement} */
let card;
/** @type {HTMLIFrameElement} */
let iframe;
/** @type {MessagePort | undefined} */
let port;
/** @type {string} */
let token;
/** @type {Promise<boolean>} */
let joined;
let hasJoined = () => {};
/** @type {Listener} */
let on;
let kept = '';
let wasAsking = false;
/** The keys that open the card, as the browser writes them. */
let keys = '';
let height = 0;
let placed = '';

/**
 * After an update the words can no longer be asked for.
 * @type {Record<string, string>}
 */
let words;

const USED = ['@@bidi_dir', 'launcher_label', 'launcher_undo', 'extension_restarted_headline', 'extension_restarted_why', 'orphan_copy', 'orphan_reload', 'panel_close'];

/** @param {Listener} listener */
export function begin(listener) {
  on = listener;
  // A frame does not hear it where nothing is drawn.
  document.addEventListener('visibilitychange', () => isOpen() && !document.hidden && tell('returned'));
}

function build() {
  words = Object.fromEntries(USED.map((key) => [key, chrome.i18n.getMessage(key)]));
  host = document.createElement('div');
  host.popover = 'manual';
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${STYLE}:host{direction:${words['@@bidi_dir']}!important}`);
  root.adoptedStyleSheets = [sheet];
  undo = offered('undo', words.launcher_undo, () => on.undo());
  button = offered('launcher', '✦', () => on.launch());
  button.title = button.ariaLabel = words.launcher_label;
  // Whoever comes to it is about to press.
  button.onpointerenter = button.onfocus = () => void (chrome.runtime?.id && prepare());
  nameKeys();
  card = Object.assign(document.createElement('dialog'), { className: 'card', inert: true });
  // A press beside a card that keeps the focus lets it go.
  card.addEventListener('pointerdown', (event) => event.target === card && release());
  root.append(undo, button, card);
}

/**
 * A button at the box, which a press with the mouse does not take the focus from.
 * @param {string} className
 * @param {string} textContent
 * @param {() => void} run
 */
function offered(className, textContent, run) {
  const made = Object.assign(document.createElement('button'), { className, textContent, hidden: true });
  made.addEventListener('mousedown', (event) => event.preventDefault());
  made.addEventListener('click', (event) => event.isTrusted && run());
  return made;
}

function nameKeys() {
  if (!button || !keys) return;
  button.title = chrome.i18n.getMessage('launcher_label_key', keys);
  // A Mac writes them as signs.
  if (keys.includes('+')) button.setAttribute('aria-keyshortcuts', keys.replace('Ctrl', 'Control'));
}

function attach() {
  if (!host) build();
  if (!host.isConnected) document.documentElement.append(host);
}

/** In front of whatever the page has put into the top layer since. */
function raise() {
  attach();
  if (host.matches(':popover-open')) host.hidePopover();
  host.showPopover();
}

// --- the frame of the card

/** Loads the card's document, so that it is there when it is needed. Resolves with whether it is. */
export function prepare() {
  attach();
  if (!iframe) {
    // The launcher may have the focus, or be under a press.
    if (!host.matches(':popover-open')) raise();
    iframe = document.createElement('iframe');
    Object.assign(iframe, { credentialless: true, allow: 'clipboard-write *', title: 'Unstuck' });
    iframe.addEventListener('load', loaded);
    place();
    card.append(iframe);
    joined = joining();
  }
  return joined;
}

/** @type {() => Promise<boolean>} */
const joining = () =>
  new Promise((resolve) => {
    hasJoined = () => resolve(true);
    setTimeout(() => resolve(false), LOADING_MS);
  });

// Empty at first, and again whenever the page takes the element out and it is put back. The address is in no attribute, which
// a page could read by way of its measurements of memory.
function loaded() {
  const inside = /** @type {Window} */ (iframe.contentWindow);
  if (iframe.contentDocument) inside.location.replace(chrome.runtime.getURL('card.html'));
  else connect(inside);
}

/** @param {Window} inside */
function connect(inside) {
  const channel = new MessageChannel();
  port = channel.port1;
  port.onmessage = ({ data: [kind, value] }) => FROM_CARD[kind]?.(value);
  port.addEventListener('close', ({ target }) => target === port && lose());
  token = [...crypto.getRandomValues(new Uint32Array(4))].join('-');
  // Only a document of the extension gets the port: for any other the message is dropped.
  inside.postMessage({ token, isNested: self !== top }, `chrome-extension://${chrome.runtime.id}`, [channel.port2]);
}

// The card's document is gone: with the element, which the page took out, or with the extension.
function lose() {
  const wasOpen = isOpen();
  card.classList.remove('open');
  joined = joining();
  if (wasOpen) on.lost();
}

/**
 * Tells the card's document.
 * @param {string} kind
 * @param {unknown} [value]
 */
const tell = (kind, value) => port?.postMessage([kind, value]);

/** @type {Record<string, (value: any) => unknown>} */
const FROM_CARD = {
  joined: () => {
    place();
    hasJoined();
  },
  size: ({ open, height: pixels, colorScheme, wantsFocus }) => {
    height = pixels;
    // A frame is see-through only where its colours are those of its place.
    iframe.style.colorScheme = colorScheme;
    if (open !== isOpen()) setOpen(open, wantsFocus);
    else if (open) place();
  },
  look: async ({ number, at }) => tell('looked', { number, clearMs: host.matches(':popover-open') ? await plainSight.look(at) : -1 }),
  leave: () => on.leave(),
  blurred: (isTyping) => on.blurred(isTyping),
  kept: (text) => (kept = text),
  keys(told) {
    keys = told;
    nameKeys();
  },
  unknown: () => on.unknown(),
  orphaned(was) {
    wasAsking = was;
    orphan();
  },
};

/** Lets the card ask the worker; gives the token by which the worker knows it. */
export function greet() {
  tell('greet');
  return token;
}

export const isOpen = () => Boolean(card?.classList.contains('open'));

/**
 * @param {boolean} open
 * @param {boolean} wantsFocus
 */
function setOpen(open, wantsFocus) {
  card.classList.toggle('open', open);
  card.inert = !open;
  if (open) {
    withdraw();
    raise();
    place();
    plainSight.begin(iframe);
    if (wantsFocus) iframe.focus();
  } else {
    plainSight.end();
    release();
    on.closed();
  }
}

/** What Escape does, wherever it is pressed. */
export function dismiss() {
  if (card.querySelector('.notice')) dismissNotice();
  else tell('close');
}

/** Nothing else in the page can take the focus from a modal dialog. */
export function keepFocus() {
  if (!card.open) card.showModal();
  // Where another frame has it, the page believes that this one does.
  iframe.blur();
  iframe.focus();
}

/** Lets the focus go. */
export function release() {
  if (card?.open) on.released(() => card.close());
}

// --- where it is

/** Whether the page runs from right to left. */
const isMirrored = () => getComputedStyle(document.body ?? document.documentElement).direction === 'rtl';

/** Above the box, else below it; never over it. From where its lines begin. */
function place() {
  if (!card) return;
  const corner = isMirrored() ? 16 : innerWidth - 436;
  const edge = on.edge() ?? new DOMRect(corner, innerHeight - 16, 420, 0);
  const width = Math.min(Math.max(edge.width, 340), 460, innerWidth - 16);
  const start = isMirrored() ? edge.right - width : edge.left;
  const above = edge.top - 16;
  const below = innerHeight - edge.bottom - 16;
  const up = above >= 240 || above >= below;
  const room = Math.max(120, up ? above : below);
  const where = {
    width: `${width}px`,
    left: `${Math.max(8, Math.min(start, innerWidth - width - 8))}px`,
    top: up ? 'auto' : `${edge.bottom + 8}px`,
    bottom: up ? `${innerHeight - edge.top + 8}px` : 'auto',
  };
  const now = JSON.stringify(where);
  // A card that has moved takes no press for a moment.
  if (isOpen() && now !== placed) tell('moved');
  placed = now;
  Object.assign(card.style, where, { height: `${Math.min(height, room)}px` });
  tell('room', room);
}

// --- after an update

/**
 * This script is left over from an older copy of the extension, and the card's document is gone with it: only a reload brings
 * the new one. What was written is not shown in the page, which could read it; it can be copied.
 */
export function orphan() {
  if (!host) return;
  /** @type {<T extends keyof HTMLElementTagNameMap>(tag: T, textContent: string) => HTMLElementTagNameMap[T]} */
  const element = (tag, textContent) => Object.assign(document.createElement(tag), { textContent });
  /** @type {(label: string, run: () => void) => HTMLElement} */
  const press = (label, run) => {
    const made = element('button', label);
    made.addEventListener('click', (event) => event.isTrusted && run());
    return made;
  };
  const notice = Object.assign(document.createElement('section'), { className: 'notice', role: 'alert' });
  const close = Object.assign(press('×', dismissNotice), { className: 'close', ariaLabel: words.panel_close });
  const reload = Object.assign(press(words.orphan_reload, () => on.reload()), { className: 'primary' });
  notice.tabIndex = -1;
  notice.append(close, element('h2', words.extension_restarted_headline), element('p', words.extension_restarted_why), reload);
  if (kept) notice.append(' ', press(words.orphan_copy, () => void navigator.clipboard.writeText(kept)));
  const active = document.activeElement;
  const wantsFocus = isHost(active) || active === document.body;
  card.replaceChildren(notice);
  card.inert = false;
  card.classList.add('open');
  withdraw();
  raise();
  placed = '';
  place();
  card.style.height = 'auto';
  if (wantsFocus) notice.focus();
}

function dismissNotice() {
  card.replaceChildren();
  card.classList.remove('open');
  on.closed();
}

/** Whether the card has, or had, a text of the person's, be it one that was asked. */
export const hasText = () => wasAsking || kept !== '';

/** Makes room for a newer copy of this script, unless what the person wrote may still have to be copied. Gives whether it did. */
export function retire() {
  if (host?.isConnected && isOpen()) {
    tell('renewed');
    return false;
  }
  host?.remove();
  return true;
}

/** Takes the card out of a page in which it cannot stay. */
export function evict() {
  host.remove();
  lose();
}

/** @param {unknown} element */
export const isHost = (element) => Boolean(host) && element === host;

/**
 * Shows the launcher at the box, and beside it the way to take back what was put there.
 * @param {boolean} canUndo
 */
export function offer(canUndo) {
  const places = launcherPlaces();
  raise();
  button.hidden = false;
  undo.hidden = !canUndo;
  putLauncher(places);
}

/** Where the lines of the box end: the launcher, and beside it the way to take back. */
function launcherPlaces() {
  const edge = /** @type {DOMRect} */ (on.edge());
  const { clientWidth } = document.documentElement;
  const [side, fromEnd] = isMirrored() ? ['left', edge.left] : ['right', clientWidth - edge.right];
  const end = Math.max(4, fromEnd + 4);
  // It leaves the page's sight together with its box.
  const top = edge.bottom < 0 ? -99 : Math.max(4, edge.top - 34);
  return [end, end + 36].map((pixels) => ({ inset: 'auto', top: `${top}px`, [side]: `${pixels}px` }));
}

/** @param {object[]} places */
function putLauncher(places) {
  [button, undo].forEach((one, at) => void Object.assign(one.style, places[at]));
}

/** Keeps what is shown at the box, which may grow, move or go. */
export function follow() {
  if (isOpen()) place();
  else if (button && !button.hidden) {
    if (on.edge()?.width) putLauncher(launcherPlaces());
    else withdraw();
  }
}

/** Whether the launcher is shown, which has the focus then. */
export function focusLauncher() {
  const first = [undo, button].find((one) => one && !one.hidden);
  first?.focus();
  return Boolean(first);
}

/**
 * Whether Tab leaves the launcher.
 * @param {boolean} isBackwards
 */
export const isLauncherEnd = (isBackwards) => /** @type {ShadowRoot} */ (button.getRootNode()).activeElement === (isBackwards && !undo.hidden ? undo : button);

/** Takes the launcher away. */
export function withdraw() {
  if (button) button.hidden = undo.hidden = true;
}

/** What was put into the box can no longer be taken back. */
export function withdrawUndo() {
  if (undo) undo.hidden = true;
}
