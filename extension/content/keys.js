// Keys in a page with a card: Escape closes the card, and an Enter that was meant for the card sends no message.
import * as messageBox from './box.js';
import * as frame from './frame.js';

// Nobody reads what is in the box sooner.
const REACTION_MS = 400;

let hasEscaped = false;
// Since when the focus is back in the box, as long as no key was pressed anew.
let cameAt = -Infinity;

/** The card gives the focus to the box: an Enter or Escape that is still down, or the second half of a double Enter, is not for the box. */
export function came() {
  cameAt = performance.now();
}

/** @param {KeyboardEvent} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {KeyboardEvent} event */
const isBare = ({ ctrlKey, altKey, metaKey, shiftKey, isComposing }) => !(ctrlKey || altKey || metaKey || shiftKey || isComposing);

/** @param {KeyboardEvent} event */
function down(event) {
  if (event.isTrusted && event.key === 'Escape' && isBare(event) && frame.isOpen()) {
    stop(event);
    if (!hasEscaped) frame.dismiss();
    hasEscaped = true;
  } else if (frame.isHost(event.target)) {
    event.stopImmediatePropagation();
    if (event.key === 'Tab') leaveLauncher(event);
  }
  if (!event.isTrusted || frame.isHost(event.target)) return;
  // Who types a letter first means the Enter that follows.
  if (event.key === 'Enter' && cameAt !== -Infinity && (event.repeat || performance.now() - cameAt < REACTION_MS)) stop(event);
  else cameAt = -Infinity;
}

/**
 * From the launcher it goes on as from the box.
 * @param {KeyboardEvent} event
 */
function leaveLauncher(event) {
  if (frame.isOpen() || !messageBox.current() || !frame.isLauncherEnd(event.shiftKey)) return;
  messageBox.focus();
  if (event.shiftKey) event.preventDefault();
}

/**
 * After the box comes the launcher, unless Tab means something else to the page.
 * @param {KeyboardEvent} event
 */
function comeToLauncher(event) {
  const isMeant = event.isTrusted && event.key === 'Tab' && isBare(event) && !event.defaultPrevented;
  if (isMeant && !frame.isOpen() && messageBox.current() && messageBox.focused() === messageBox.current() && frame.focusLauncher()) event.preventDefault();
}

/** @param {KeyboardEvent} event */
function up(event) {
  // A key that was on its way when the card took the focus comes to the frame's element.
  if (frame.isHost(event.target)) event.stopImmediatePropagation();
  if (event.key === 'Escape' && (hasEscaped || cameAt !== -Infinity)) {
    hasEscaped = false;
    stop(event);
  }
  if (event.key === 'Enter' && performance.now() - cameAt < REACTION_MS) stop(event);
}

export function listen() {
  addEventListener('keydown', down, true);
  addEventListener('keydown', comeToLauncher);
  addEventListener('keypress', (event) => frame.isHost(event.target) && event.stopImmediatePropagation(), true);
  addEventListener('keyup', up, true);
}
