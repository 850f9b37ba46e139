// The focus in the card. A page that takes it while somebody types there would get the rest of the words, so it is led back.
// Whoever presses in the page, or leaves by Tab, takes it along.
import * as messageBox from './box.js';
import * as frame from './frame.js';
import * as keys from './keys.js';
import * as plainSight from './plain_sight.js';

// How soon a page that is pressed in takes the focus.
const PRESS_MS = 1_000;
// How often another frame may take it from a card that is open, before the popup has to show the card.
const MOST_THEFTS = 3;

let isInCard = false;
let mayLeave = false;
/** An editor that takes a draft moves the focus about, and a card that has just opened may still come for it. */
let isFilling = false;
let thefts = 0;

const enter = () => void ([isInCard, mayLeave] = [true, isFilling]);

// The page's own call that takes the focus ends here: before the next key, the card has it again.
function leave() {
  if (!isInCard || mayLeave || !frame.isOpen()) isInCard = false;
  else {
    plainSight.distrust();
    frame.keepFocus();
  }
}

/**
 * The card has lost the focus, maybe to another frame, of which no event tells here. A press in one is none that we hear, but the
 * pointer is over it then.
 * @param {boolean} isTyping
 */
export function followFrames(isTyping) {
  // What carries a hyphen may hide a frame, as what other extensions add to a page does.
  const under = [...document.querySelectorAll(':hover')].at(-1)?.tagName ?? (self === top ? '' : 'IFRAME');
  const mayBePressed = !isTyping && /^(I?FRAME|OBJECT|EMBED)$|-/.test(under);
  if (mayBePressed || !(/** @type {Window} */ (top).document.hasFocus())) return;
  leave();
  if (isInCard && ++thefts === MOST_THEFTS) frame.evict();
}

/** Whether the page has taken the focus so often that it gets no card any more. */
export const isStolen = () => thefts >= MOST_THEFTS;

/** The card was closed: what the page did until then is forgotten. */
export const trust = () => void (thefts = 0);

/** @param {PointerEvent} event */
function press({ isTrusted }) {
  if (!isTrusted) return;
  mayLeave = true;
  // What was pressed may keep the focus where it is.
  setTimeout(() => {
    isInCard &&= frame.isHost(document.activeElement);
    mayLeave = isFilling;
  }, PRESS_MS);
}

/**
 * The focus may go where this leads it.
 * @param {() => void} lead
 */
export function follow(lead) {
  mayLeave = true;
  lead();
}

export function giveToBox() {
  follow(frame.release);
  keys.came();
  messageBox.focus();
}

/** @type {typeof messageBox.insert} */
export function fill(...draft) {
  isFilling = true;
  follow(frame.release);
  return messageBox.insert(...draft).finally(() => (isFilling = mayLeave = false));
}

export function listen() {
  addEventListener('pointerdown', press, true);
  addEventListener('focusin', ({ target }) => (frame.isHost(target) ? enter() : leave()), true);
  // A click into the card takes the focus from the window, and nothing in the page gets it.
  addEventListener('blur', () => frame.isHost(document.activeElement) && enter());
}
