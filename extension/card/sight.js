// Whether the card is in plain sight: a press counts only where the person can see what they press.
//
// While the card is shown, both this document and the content script around it look again and again with
// an IntersectionObserver that tracks visibility. A page that covers the card, fades it, moves it or blocks its own thread
// fails a look. A press counts only when no look of the last moments failed, one more after the press succeeds, and nothing
// was in the way for half a second before it.

const BETWEEN_LOOKS_MS = 100;
const LOOKS_NEEDED = 2;
// A page that does not answer for so long may be showing something else meanwhile.
const LATEST_ANSWER_MS = 400;
// A machine that is busy as a whole is slow here too; the page is given as much longer, up to this.
const MOST_LAG_MS = 150;
// So long a failed look makes presses void.
const MEMORY_MS = 700;
// So long after the card came up or was moved, a click may have been meant for what was there before.
const SETTLING_MS = 500;
// So long it takes a card to fade in.
const APPEARING_MS = 300;

/** @type {(lagMs: number) => Promise<number>} */
let lookAround = async () => -1;
let isNested = false;
let lagMs = 0;
let enteredAt = 0;
/** @type {{ at: number, good: boolean }[]} */
let looks = [];
let watching = false;
let pointerInside = false;
let isShown = false;
let appeared = 0;
let settled = 0;

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** @type {(promise: Promise<number>, ms: number) => Promise<number>} */
const within = (promise, ms) => Promise.race([promise, pause(ms).then(() => -1)]);

/**
 * What one fresh observation says of an element. Observers report with a frame, so frames are asked for.
 * @param {Element} element
 * @param {IsGood} isGood
 * @returns {Promise<boolean>}
 */
function observe(element, isGood) {
  return new Promise((resolve) => {
    let done = false;
    const observer = new IntersectionObserver(
      (entries) => {
        done = true;
        observer.disconnect();
        resolve(isGood(entries[entries.length - 1]));
      },
      { trackVisibility: true, delay: 100 },
    );
    observer.observe(element);
    const draw = () => void (done || requestAnimationFrame(draw));
    draw();
  });
}

/** @typedef {(seen: IntersectionObserverEntry) => boolean} IsGood */

/** @type {IsGood} */
const isVisible = ({ isVisible }) => isVisible;
/** @type {IsGood} */
const isWhole = ({ isVisible, intersectionRatio }) => isVisible && intersectionRatio > 0.9;

/**
 * For how many milliseconds nothing has been in the way of the card, if nothing is in the way of this element now; else -1.
 * @param {Element} element
 * @param {IsGood} isGood
 */
async function look(element, isGood) {
  const seen = Promise.all([observe(element, isGood), lookAround(lagMs)]).then(([isSeen, clearMs]) => (isSeen ? clearMs : -1));
  return within(seen, LATEST_ANSWER_MS);
}

const isPresent = () => isShown && !document.hidden;

async function watch() {
  if (watching) return;
  watching = true;
  looks = [];
  while (isPresent()) await lookOnce();
  watching = false;
}

async function lookOnce() {
  await pause(appeared + APPEARING_MS - performance.now());
  const began = performance.now();
  const good = (await look(document.body, isVisible)) >= 0;
  const now = performance.now();
  // One that began before the card came up says nothing of it.
  if (began >= appeared + APPEARING_MS) looks = [...looks.filter(({ at }) => now - at < MEMORY_MS), { at: now, good }];
  const rested = performance.now();
  await pause(BETWEEN_LOOKS_MS);
  lagMs = Math.min(performance.now() - rested - BETWEEN_LOOKS_MS, MOST_LAG_MS);
}

const allGood = () => looks.every(({ good }) => good);

document.addEventListener('pointerover', () => {
  if (!pointerInside) enteredAt = performance.now();
  pointerInside = true;
  watch();
});
document.documentElement.addEventListener('pointerleave', () => void (pointerInside = false));
addEventListener('focus', watch);

function unsettle() {
  settled = performance.now() + SETTLING_MS;
  document.body.classList.add('unsettled');
  setTimeout(() => performance.now() >= settled && document.body.classList.remove('unsettled'), SETTLING_MS + 1);
}

/**
 * Takes the function that asks the content script for its look, and whether its page lies in another one.
 * @param {(lagMs: number) => Promise<number>} askAround
 * @param {boolean} nested
 */
export function begin(askAround, nested) {
  [lookAround, isNested] = [askAround, nested];
}

/** The card came up. */
export function appear() {
  appeared = performance.now();
  looks = [];
  isShown = true;
  unsettle();
  watch();
}

/** The card was moved. */
export const moved = unsettle;

/** The card is no longer shown. */
export function end() {
  isShown = false;
}

/**
 * Whether a press on this element, made just now, counts.
 * @param {Element} element
 */
export async function counts(element) {
  const pressedAt = performance.now();
  // A page around could have moved all of it under the pointer.
  if (isNested && pointerInside && pressedAt - enteredAt < SETTLING_MS) return false;
  const end = pressedAt + 3 * LATEST_ANSWER_MS;
  // Whoever presses by way of assistive technology has neither pointer nor focus here.
  while (looks.length < LOOKS_NEEDED && allGood() && performance.now() < end) await (watching ? pause(20) : lookOnce());
  if (looks.length < LOOKS_NEEDED || !allGood()) return false;
  const clearMs = await look(element, isWhole);
  // Whoever types at once has had it in sight since it came up.
  const wantedMs = pointerInside ? SETTLING_MS : Math.min(SETTLING_MS, pressedAt - appeared - APPEARING_MS);
  return clearMs >= 0 && clearMs - (performance.now() - pressedAt) >= wantedMs;
}
