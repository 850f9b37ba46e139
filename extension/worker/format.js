// The format of what is kept on the disk. What is kept is read field by field, and what is not understood stays as it is: so new
// fields need no new format. A change that this does not carry gets the next number, and a step from the one before.
//
// 1: the builds before the number was written, 6c4e91a the first of them.
// 2: the same, with the health of the services, channels and hidden sites beside it.
//
// Each has a profile in `tests/data/profiles/`. What lies in `storage.session` has no format: the browser empties that with an update.
const FORMAT = 2;

/**
 * What makes a format the next one; nothing where the next one only adds.
 * @type {Record<number, () => Promise<void>>}
 */
const STEPS = {};

/** Brings what an earlier version kept up to this one. What a later one kept is left alone. */
export async function bringUp() {
  const { format = 1 } = /** @type {{ format?: number }} */ (await chrome.storage.local.get('format'));
  if (format >= FORMAT) return;
  for (let at = format; at < FORMAT; at += 1) await STEPS[at]?.();
  await chrome.storage.local.set({ format: FORMAT });
}
