// Sockets that closed while somebody waited: told once the page has had the time to connect again by itself.

// So long it has, in milliseconds.
const GRACE_MS = 4_000;
// An answer of which something came so lately was still coming.
const PAUSE_MS = 3_000;
// After so long nobody waits any more.
const SOON_MS = 120_000;

/**
 * By tab, the failure that waits to be told, or was told.
 * @type {Map<number, { timer?: ReturnType<typeof setTimeout>, sure: boolean }>}
 */
const lost = new Map();

/**
 * Whether an answer was to come on a socket when it closed.
 * @param {number} asked when somebody asked
 * @param {number} came when something came last
 */
export function isAwaited(asked, came) {
  const now = Date.now();
  return now - asked < SOON_MS && (came < asked || now - came < PAUSE_MS);
}

/**
 * @param {number} tab
 * @param {boolean} sure whether it will be told better than by the page
 * @param {() => unknown} tell
 */
export function tellLater(tab, sure, tell) {
  if (lost.get(tab)?.timer) return;
  const timer = setTimeout(() => {
    lost.set(tab, { sure });
    tell();
  }, GRACE_MS);
  lost.set(tab, { timer, sure });
}

/**
 * Whether a failure is about to be told.
 * @param {number} tab
 */
export function isTelling(tab) {
  const { timer, sure } = lost.get(tab) ?? {};
  return Boolean(timer && sure);
}

/**
 * The page has heard from its server again, or is gone.
 * @param {number} tab
 * @returns whether something of it was lost
 */
export function answered(tab) {
  clearTimeout(lost.get(tab)?.timer);
  return lost.delete(tab);
}
