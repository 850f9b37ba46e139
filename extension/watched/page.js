// On the page of a web app that is watched: passes on what the hook says of failed calls, and keeps what is being typed
// through a reload. Nothing of it is trusted further on than the text of a stranger.
import { appears } from '../content/appears.js';
import * as apps from './apps.js';

const { boxes, errors, ...patterns } = apps.rules(apps.siteOf(location.href));
const rules = { ...patterns, to: [...crypto.getRandomValues(new Uint32Array(4))].join('-') };
// So many words of failed calls are passed on in so many milliseconds.
const MOST = 12;
const PERIOD_MS = 10_000;
let since = 0;
let words = 0;
let linked = false;
// When somebody typed last, and when a call was last told of as failed.
let typedAt = 0;
let failedAt = 0;
// When somebody last pressed Enter or a button after that.
let askedAt = 0;
// Whether an answer by a socket would be news.
let restless = false;
// What was typed last, and what was typed when an answer failed: a box is empty once its text is sent.
let typed = '';
let asked = '';

// --- what the hook says

// Both are there before the page's first script: only the hook can learn where to speak to.
function link() {
  if (!linked) document.dispatchEvent(new CustomEvent('unstuck-rules', { detail: JSON.stringify(rules) }));
}

/** @param {any} word */
function hear({ of, ok, ...word }) {
  linked = true;
  document.removeEventListener('unstuck-hook', link);
  if (of === 'socket') return hearSocket(word);
  if (!of) return;
  if (ok) {
    asked = typed = '';
    return send({ kind: 'page_answered', word: { of } });
  }
  if (isTooMuch()) return;
  if (of === 'answer') asked = typed;
  failedAt = Date.now();
  send({ kind: 'page_failed', word: { of, ...clipped(word) } });
}

/** @param {any} word of a frame that came, or with a code, of the close */
function hearSocket(word) {
  const { code, sent } = word;
  if (code ? askedAt && sent >= askedAt && !isTooMuch() : restless) send({ kind: 'page_socket', word: { ...word, since: askedAt } });
  if (code) asked = typed;
  restless = Boolean(code);
}

function isTooMuch() {
  if (Date.now() - since > PERIOD_MS) [since, words] = [Date.now(), 0];
  return ++words > MOST;
}

/** @param {any} word */
function clipped({ url, status, out, headers = [], body, name, message }) {
  /** @param {unknown} said */
  const text = (said) => (typeof said === 'string' ? said.slice(0, 4096) : undefined);
  /** @type {string[][]} */
  const pairs = typeof headers === 'string' ? headers.split('\r\n').map((line) => line.split(': ')) : headers;
  const short = pairs.slice(0, 60).map((pair) => pair.map((part) => part.slice(0, 300)));
  return { url: text(url), status, signed_out: Boolean(out), headers: short, body: text(body), name: text(name), message: text(message) };
}

/**
 * A worker that cannot be reached is one that has been replaced: the next load of the page finds the new one.
 * @param {Message} message
 */
async function send(message) {
  if (chrome.runtime?.id) await chrome.runtime.sendMessage(message).catch(() => {});
}

// --- what is typed

/** @param {unknown} target */
const inBox = (target) => target instanceof Element && /** @type {HTMLTextAreaElement} */ (target.closest(boxes.join()));
/** @param {HTMLTextAreaElement} box */
const textOf = (box) => ('value' in box ? box.value : /** @type {HTMLElement} */ (box).innerText).replace(/\n$/, '');
const findBox = () => boxes.flatMap((one) => [.../** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll(one))]).find((box) => box.checkVisibility());

/** @param {Event} event */
function follow(event) {
  const box = event.isTrusted && inBox(event.composedPath()[0]);
  if (!box) return;
  if (!typedAt) send({ kind: 'page_typing' });
  typed = textOf(box) || typed;
  typedAt = Date.now();
  watcher.observe(document, { childList: true, subtree: true });
}

/** @param {any} event */
function press({ isTrusted, key = 'Enter' }) {
  if (!isTrusted || key !== 'Enter' || askedAt > typedAt) return;
  askedAt = Date.now();
  restless = true;
}

// --- what the page itself says of an error, soon after somebody asked; a call that failed tells more, so it goes first

const SOON_MS = 120_000;
const PATIENCE_MS = 1_500;
const LONGEST = 600;
/** @type {WeakSet<Element>} */
const waiting = new WeakSet();

/** @param {Node} added */
function look(added) {
  const element = added instanceof Element ? added : added.parentElement;
  const found = /** @type {HTMLElement | null | undefined} */ (element?.closest(errors) ?? element?.querySelector(errors));
  if (!found || waiting.has(found) || inBox(found)) return;
  waiting.add(found);
  const first = found.innerText;
  setTimeout(() => {
    // Frameworks show the exception, and after it where it came from.
    const [text] = ((found.isConnected && found.innerText) || first).trim().split(/\s+Traceback\b/);
    const told = Date.now() - failedAt < 3 * PATIENCE_MS;
    if (text && text.length <= LONGEST && !told && !isTooMuch()) send({ kind: 'page_said', word: { text } });
    waiting.delete(found);
  }, PATIENCE_MS);
}

// An answer that comes word by word changes the page all the time: without need nothing looks at it.
const watcher = new MutationObserver((records) => {
  if (Date.now() - typedAt >= SOON_MS) watcher.disconnect();
  else for (const { addedNodes } of records) addedNodes.forEach(look);
});

// --- what the worker asks

/**
 * Some apps keep a draft themselves: what is there already is not put there twice.
 * @param {string} text
 */
async function readyFor(text) {
  const box = await appears(findBox, 15_000);
  if (!box) return {};
  if (textOf(box).includes(text.trim())) return { there: true };
  box.focus();
  return { ready: true };
}

function typedNow() {
  const box = findBox();
  return (box && textOf(box)) || asked;
}

/** @type {Record<string, (message: any) => Promise<unknown>>} */
const ANSWERS = {
  typed: async () => ({ text: typedNow() }),
  ready_for: ({ text }) => readyFor(text),
  has_card: async () => ({ there: Object.hasOwn(globalThis, Symbol.for('unstuck')) }),
};

export function begin() {
  document.addEventListener(rules.to, (event) => void hear(JSON.parse(/** @type {CustomEvent} */ (event).detail)));
  document.addEventListener('unstuck-hook', link, { once: true });
  link();
  document.addEventListener('input', follow, true);
  document.addEventListener('keydown', press, true);
  document.addEventListener('click', press, true);
  chrome.runtime.onMessage.addListener(({ kind, ...message }, _sender, reply) => {
    if (!Object.hasOwn(ANSWERS, kind)) return;
    ANSWERS[kind](message).then(reply, () => reply());
    return true;
  });
  send({ kind: 'page_hello' });
}
