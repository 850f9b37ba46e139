// Other extensions, which are switched off and on again to find the one that stands in the way.

// One that was switched needs a moment to take hold or to let go.
const SETTLE_MS = 300;

/**
 * What is switched off is written down before: a later life of the worker, or of the browser, switches it on again.
 * @param {string[]} on
 * @param {string[]} off
 * @param {boolean} last
 * @returns the names of those that could not be switched on
 */
export async function switchExtensions(on, off, last) {
  const before = /** @type {string[]} */ ((await switchedOff()) ?? []);
  await chrome.storage.local.set({ switched_off: [...new Set([...before, ...off])] });
  /** @type {string[]} */
  const stuck = [];
  for (const { ids, enabled } of [{ ids: off, enabled: false }, { ids: on, enabled: true }]) {
    for (const id of ids) {
      const known = await chrome.management.get(id).catch(() => undefined);
      if (!known || known.enabled === enabled) continue;
      await chrome.management.setEnabled(id, enabled).catch(() => enabled && stuck.push(known.name));
    }
  }
  if (last && !stuck.length) await chrome.storage.local.remove('switched_off');
  else await new Promise((settled) => setTimeout(settled, SETTLE_MS));
  return stuck;
}

/** Switches on what an earlier life of the worker left switched off. */
export async function switchOnAgain() {
  const off = await switchedOff();
  if (off && chrome.management) await switchExtensions(off, [], true);
}

/** @returns {Promise<string[] | undefined>} */
const switchedOff = async () => /** @type {any} */ (await chrome.storage.local.get('switched_off')).switched_off;
