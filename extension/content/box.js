// The message box: finds it, keeps its caret, and puts a draft there in the way that its editor takes.
import * as chat from './chat.js';

/** A field with a value, or an element that is written in. @typedef {HTMLTextAreaElement & HTMLInputElement} Box */
/** A place in a box. @typedef {[number, number] | Range} Place */

const BOX = 'textarea, [contenteditable=""], [contenteditable="true"], [contenteditable="plaintext-only"], [role="textbox"]';
/** @type {Box} */
let box;
/** @type {Document | ShadowRoot} */
let root;
/** @type {Place | undefined} */
let caret;
/** @type {Place | undefined} */
let picked;
/**
 * What was put there last: what stood there before, the value of a field, and what stood there after.
 * @type {{ before: string, value: string, after: string } | undefined}
 */
let inserted;

/** @param {Box} found */
const isField = (found) => 'value' in found;

/** @type {(found: Box | undefined) => found is Box} */
function usable(found) {
  if (!found?.isConnected || found.ariaReadOnly === 'true' || found.ariaDisabled === 'true') return false;
  return isField(found) ? !found.readOnly && !found.disabled : found.isContentEditable;
}

/** @param {string} selector */
export const visible = (selector) => [.../** @type {NodeListOf<Box>} */ ((root?.isConnected ? root : document).querySelectorAll(selector))].filter((found) => usable(found) && found.checkVisibility());

/** @param {unknown} element */
function boxOf(element) {
  const found = element instanceof HTMLElement ? /** @type {Box} */ (element.closest(BOX)) : undefined;
  return usable(found) ? found : undefined;
}

/** The box with the focus, which may lie in a component of the page, closed or not. */
export function focused() {
  let element = document.activeElement;
  for (let inner; element instanceof HTMLElement && (inner = chrome.dom.openOrClosedShadowRoot(element)?.activeElement); ) element = inner;
  return boxOf(element);
}

/**
 * The smallest part around the box in which something fits: where several chats are open, the box's own; in a component, its root.
 * @param {string} selector
 * @returns {ParentNode}
 */
export function around(selector) {
  /** @type {Node | null | undefined} */
  let part = box;
  for (; part; part = part.parentNode ?? (part instanceof ShadowRoot ? part.host : undefined)) {
    const found = /** @type {ParentNode & Node} */ (part);
    if (found.querySelector(selector)) return found;
  }
  return document;
}

/** @param {Box} found */
export function take(found) {
  box = found;
  root = /** @type {Document | ShadowRoot} */ (found.getRootNode());
  remember();
}

/**
 * The box of before, else what took its place. Among several there is no guessing.
 * @param {Adapter | undefined} adapter
 */
function find(adapter) {
  if (usable(box) && box.checkVisibility()) return box;
  const [own] = adapter && adapter.id !== 'generic' ? visible(adapter.box) : [];
  const all = visible(BOX);
  return own ?? (all.length === 1 ? all[0] : undefined);
}

/** The caret is remembered while the box has it: the card takes the focus, not the place. */
export function remember() {
  if (!box?.isConnected) return;
  if (isField(box)) caret = [box.selectionStart, box.selectionEnd];
  else {
    const selection = selectionIn();
    if (selection.rangeCount && box.contains(selection.anchorNode)) caret = selection.getRangeAt(0).cloneRange();
  }
}

/** A component of the page has a selection of its own. */
const selectionIn = () => /** @type {Selection} */ (/** @type {Document} */ (root).getSelection());

/** Back where the person was: focusing alone puts the caret of an editable element at its start. */
export function focus() {
  const place = caret;
  box.focus();
  // A page may redraw its box in the very moment of the focus.
  if (!box.isConnected) return;
  const selection = selectionIn();
  if (isField(box)) box.setSelectionRange(...(Array.isArray(place) ? place : /** @type {const} */ ([box.value.length, box.value.length])));
  else if (isRangeIn(place)) selection.setBaseAndExtent(place.startContainer, place.startOffset, place.endContainer, place.endOffset);
  else {
    selection.selectAllChildren(box);
    selection.collapseToEnd();
  }
}

// --- putting a draft there

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Line by line what can be read: editors keep spaces of their own, and invisible marks where a line is empty.
 * @param {string} text
 */
const readable = (text) => text.replace(/\r\n?/g, '\n').replace(/\u00a0/g, ' ').replace(/[\u200b\ufeff]/g, '');

/**
 * The last line ends with its box.
 * @param {Node} part
 */
const linesOf = (part) => readable(chat.textOf(part, '[contenteditable="false"]')).replace(/\n$/, '');

const written = () => (isField(box) ? readable(box.value) : linesOf(box));

// The text before and after what is selected.
function sides() {
  if (isField(box)) return [box.value.slice(0, box.selectionStart), box.value.slice(box.selectionEnd)].map(readable);
  const { startContainer, startOffset, endContainer, endOffset } = selectionIn().getRangeAt(0);
  const [before, after] = [document.createRange(), document.createRange()];
  before.selectNodeContents(box);
  after.selectNodeContents(box);
  before.setEnd(startContainer, startOffset);
  after.setStart(endContainer, endOffset);
  return [before, after].map((part) => linesOf(part.cloneContents()));
}

/**
 * Editors with a model of their own read a pasted text whole, lines and all, as one step of their undo. Two of them drop
 * empty lines of a plain text: they are given paragraphs.
 * @param {string} text
 */
function paste(text) {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  if (box.matches('.ProseMirror, .ck-editor__editable')) clipboardData.setData('text/html', paragraphs(text));
  return !box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, ...REACHES }));
}

/** @param {string} text */
function paragraphs(text) {
  // ProseMirror keeps spaces in its own form of a paste, CKEditor those that do not break.
  const kept = box.matches('.ProseMirror') ? text : text.replace(/^ | (?= )| $/gm, '\u00a0');
  const lines = kept.split('\n').map((line) => Object.assign(document.createElement('p'), { textContent: line }));
  lines[0].dataset.pmSlice = '1 1 []';
  const writer = new XMLSerializer();
  return lines.map((line) => writer.serializeToString(line)).join('');
}

/**
 * As a person types it, with a break where a line ends. A line of its own for each would be read as two where it is empty.
 * @param {string} text
 */
function typeLines(text) {
  text.split('\n').forEach((line, number) => {
    if (number) document.execCommand('insertLineBreak');
    if (line) document.execCommand('insertText', false, line);
  });
}

/**
 * Who takes the paste puts the text in; only where nobody did, it is typed. The first Quill has it typed into another box.
 * @param {string} text
 * @param {string} way
 */
function put(text, way) {
  const here = box;
  const typed = isField(box) ? 'type' : way;
  if (typed === 'paste' && paste(text)) return;
  if (typed === 'type' || box !== here) document.execCommand('insertText', false, text);
  else typeLines(text);
}

/**
 * It has to hold twice: an editor may take a text and give it back.
 * @param {() => boolean} check
 */
async function settles(check, turns = 20) {
  let held = 0;
  for (let turn = 0; turn < turns && held < 2; turn++) {
    await pause(50);
    held = check() ? held + 1 : 0;
  }
  return held === 2;
}

function undoKey() {
  const metaKey = navigator.platform.startsWith('Mac');
  return new KeyboardEvent('keydown', { key: 'z', code: 'KeyZ', keyCode: 90, ctrlKey: !metaKey, metaKey, ...REACHES });
}
const REACHES = { bubbles: true, cancelable: true, composed: true };

// Editors undo in ways of their own: when the browser is about to, at its key, or never themselves.
const UNDO = [
  () => box.dispatchEvent(new InputEvent('beforeinput', { inputType: 'historyUndo', ...REACHES })),
  () => box.dispatchEvent(undoKey()),
  () => document.execCommand('undo'),
];

/**
 * The first way that changes anything is the editor's: another one would take back more than the draft.
 * @param {string} value
 */
async function takeBack(value) {
  if (isField(box)) {
    box.value = value;
    box.dispatchEvent(new InputEvent('input', REACHES));
    return;
  }
  for (const undo of UNDO) {
    const now = written();
    undo();
    if (await settles(() => written() !== now, 6)) return;
  }
}

// --- a text that another one is to take the place of

/** @param {Place} place */
const textAt = (place) => (Array.isArray(place) ? box.value.slice(...place) : linesOf(place.cloneContents()));

/**
 * @param {Place | undefined} place
 * @returns {place is Range}
 */
const isRangeIn = (place) => place instanceof Range && box.contains(place.startContainer);

/**
 * @param {Place | undefined} place
 * @returns {place is Place}
 */
const isAt = (place) => (isField(box) ? Array.isArray(place) : isRangeIn(place));

/** @returns {Place} */
function all() {
  if (isField(box)) return [0, box.value.length];
  const range = document.createRange();
  range.selectNodeContents(box);
  // Editors know the places in their texts, not every one around them.
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const first = /** @type {Text | null} */ (texts.nextNode());
  if (first) range.setStart(first, 0);
  for (let last = first; last; last = /** @type {Text | null} */ (texts.nextNode())) range.setEnd(last, last.length);
  return range;
}

/**
 * What is selected in the box, else all of it. Its place is remembered.
 * @param {Adapter | undefined} adapter
 */
export function pick(adapter) {
  const found = find(adapter);
  if (!found) return '';
  if (found !== box) take(found);
  picked = isAt(caret) && textAt(caret) ? caret : all();
  return textAt(picked);
}

/**
 * Where that text is: where it was picked, or the whole box.
 * @param {string} text
 */
const placeOf = (text) => [picked, all()].find((place) => isAt(place) && textAt(place) === text);

/**
 * Puts the text at the caret, or in the place of `replaced`. Resolves with whether all of it is there; if not, nothing of it is.
 * @param {string} text
 * @param {Adapter | undefined} adapter
 * @param {string} [replaced]
 */
export async function insert(text, adapter, replaced) {
  // A page may put another box in the place of one that gets the focus; and the card may still have come for it.
  for (let tries = 0; tries < 2; tries++) {
    const found = find(adapter);
    if (!found) return false;
    if (found !== box) take(found);
    if (replaced) caret = placeOf(replaced);
    if (replaced && !caret) return false;
    focus();
    // The editor hears of its selection only after this task; Slate looks at it ten times a second.
    await pause(120);
    if (focused() === box) break;
  }
  if (!usable(box) || (!isField(box) && !box.contains(selectionIn().anchorNode))) return false;
  const { value } = box;
  const before = written();
  const [left, right] = sides();
  const wanted = left + readable(text) + right;
  if (isField(box) && box.maxLength >= 0 && wanted.length > box.maxLength) return false;
  put(text, adapter?.way ?? 'paste');
  const seen = () => {
    const found = find(adapter);
    if (found && found !== box) take(found);
    return found && written();
  };
  if (await settles(() => seen() === wanted)) {
    inserted = { before, value, after: wanted };
    return true;
  }
  if (usable(box) && seen() !== before) await takeBack(value);
  return false;
}

/** Takes the text that was put there last out again, if nothing was changed since. Resolves with whether the box is as before. */
export async function undo() {
  if (!inserted || !usable(box) || written() !== inserted.after) return false;
  const { before, value } = inserted;
  inserted = undefined;
  focus();
  await pause(120);
  if (isField(box)) document.execCommand('undo');
  const isBefore = () => written() === before;
  if (!isBefore()) await takeBack(value);
  if (await settles(isBefore)) return true;
  // An editor whose undo took more, or less.
  caret = all();
  focus();
  await pause(120);
  if (isField(box) || !paste(before)) document.execCommand('insertText', false, before);
  return settles(isBefore);
}

/**
 * What stands in the box.
 * @param {Adapter | undefined} [adapter]
 */
export function typed(adapter) {
  const found = find(adapter);
  if (!found) return undefined;
  if (found !== box) take(found);
  return written();
}

/**
 * The box that an event comes from.
 * @param {Event} event
 */
export const fromEvent = (event) => boxOf(event.composedPath()[0]) ?? focused();

/** The box of before, as long as it is there. */
export const current = () => (box?.isConnected ? box : undefined);
