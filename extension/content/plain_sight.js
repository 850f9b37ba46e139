// Whether the card is in plain sight, as far as the page around it can tell: a page must not have people press what they do
// not see. The card's own document asks, and looks for itself.

// So long after the card came up the browser may take to see it.
const APPEARING_MS = 300;
// A question that waits so long says that the page blocked its thread, and it may have shown something else meanwhile.
const LATEST_MS = 120;

/** @type {Element | undefined} */
let watched;
/** @type {IntersectionObserver | undefined} */
let following;
let cameUp = 0;
// Since when nothing was in the way. Infinity while something is.
let clearSince = Infinity;
let lastPlace = '';

/** @param {boolean} isVisible */
function note(isVisible) {
  const now = performance.now();
  if (!isVisible) clearSince = Infinity;
  else if (clearSince === Infinity) clearSince = now - cameUp < APPEARING_MS ? cameUp : now;
  return isVisible;
}

// --- what observers miss

// The browser paints the message of a focused field that is not valid over everything, and lets clicks through. What has
// the focus in a frame cannot be seen from here.
const CAN_SHOW_MESSAGES = ':invalid, iframe, frame, object, embed, fencedframe';
/** @param {Element} card */
function mayShowMessage(card) {
  if (performance.now() < messageUntil) return true;
  const { host } = /** @type {ShadowRoot} */ (card.getRootNode());
  for (let element = document.activeElement; element && element !== host; element = innerFocus(element)) {
    if (element.matches(CAN_SHOW_MESSAGES)) return true;
  }
  return self !== top && !document.hasFocus();
}
// A field that is shown to be wrong and loses the focus in that very moment keeps its message; for how long, its text decides.
const MESSAGE_MS = 60_000;
let messageUntil = 0;
/** @type {(element: Element) => Element | null} */
const innerFocus = (element) => (element instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(element)?.activeElement : undefined) ?? null;

/** The frames that this page lies in, from the inside out; each is of the same origin, else no card is shown here. */
function* framesAround() {
  for (let inner = window; inner !== top; inner = /** @type {Window & typeof globalThis} */ (inner.parent)) yield /** @type {Element} */ (inner.frameElement);
}

function isMaskedAround() {
  for (const frame of framesAround()) {
    /** @type {Element | undefined} */
    let element = frame;
    for (; element; element = element.parentElement ?? /** @type {ShadowRoot} */ (element.getRootNode()).host) {
      const { maskImage, webkitMaskBoxImageSource: border } = getComputedStyle(element);
      if (maskImage !== 'none' || (border && border !== 'none')) return true;
    }
  }
  return false;
}

function hasMovedAround() {
  const place = JSON.stringify([...framesAround()].map((frame) => frame.getBoundingClientRect()));
  const hasMoved = place !== lastPlace;
  lastPlace = place;
  return hasMoved;
}

/** Pages make frames small, and what is in them. */
const isSized = (/** @type {Element} */ { currentCSSZoom: zoom }) => zoom >= 0.75 && zoom <= 4;

const isStaged = () => document.documentElement.matches(':active-view-transition');

// --- what they see

const OPTIONS = { trackVisibility: true, delay: 100, threshold: [0, 0.5, 1] };

/**
 * @param {Element} card
 * @returns {Promise<boolean>}
 */
function observeOnce(card) {
  return new Promise((resolve) => {
    let done = false;
    const observer = new IntersectionObserver((entries) => {
      done = true;
      observer.disconnect();
      resolve(entries[entries.length - 1].isVisible);
    }, OPTIONS);
    observer.observe(card);
    // A browser without a screen draws, and looks, only while something moves.
    const draw = () => void (done || requestAnimationFrame(draw));
    draw();
  });
}

/** Hears what the page does with the focus. */
export function listen() {
  addEventListener('focusout', ({ target }) => watched && target instanceof Element && target.matches(CAN_SHOW_MESSAGES) && note(false), true);
}

/**
 * The card in this frame element is shown from now on.
 * @param {Element} element
 */
export function begin(element) {
  watched = element;
  cameUp = performance.now();
  clearSince = Infinity;
  hasMovedAround();
  following?.disconnect();
  following = new IntersectionObserver((entries) => note(entries[entries.length - 1].isVisible), OPTIONS);
  following.observe(watched);
}

/** The page took the focus, which is about to be taken back. */
export function distrust() {
  if (watched && mayShowMessage(watched)) messageUntil = performance.now() + MESSAGE_MS;
}

/** The card is no longer shown. */
export function end() {
  following?.disconnect();
  watched = undefined;
}

/**
 * For how many milliseconds the card has been in plain sight, by a fresh look that was asked for at `askedAt`; -1 when it is not.
 * @param {number} askedAt
 */
export async function look(askedAt) {
  const isLate = Date.now() - askedAt > LATEST_MS;
  const isHidden = () => !watched || isStaged() || !isSized(watched) || mayShowMessage(watched) || isMaskedAround();
  const hasMoved = watched && hasMovedAround();
  const isSeen = watched && !isLate && !hasMoved && !isHidden() && (await observeOnce(watched)) && !isHidden();
  return note(Boolean(isSeen)) ? performance.now() - clearSince : -1;
}
