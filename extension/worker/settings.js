// The settings as they are kept: read whole, changed in parts.
import { core, perform } from './engine.js';

/** @returns {Promise<any>} */
export const keptSettings = async () => (await chrome.storage.local.get('settings')).settings;

/** @param {(settings: any) => object} change */
async function change(change) {
  const settings = (await keptSettings()) ?? {};
  await chrome.storage.local.set({ settings: { ...settings, ...change(settings) } });
}

/**
 * Keeps what was changed on a page, and tells the engine.
 * @param {unknown} ours
 * @param {(kept: unknown) => unknown} understood
 */
export async function keepSettings(ours, understood) {
  const kept = await keptSettings();
  const settings = merged(kept, understood(kept), ours);
  await chrome.storage.local.set({ settings });
  await perform(core.configured(settings));
}

/**
 * Only what was changed is written: what this version does not understand may be a newer one's, and stays as it is kept.
 * @param {any} kept
 * @param {any} understood
 * @param {any} ours
 * @returns {any}
 */
function merged(kept, understood, ours) {
  if (kept === undefined || JSON.stringify(understood) === JSON.stringify(ours)) return kept ?? ours;
  if (Array.isArray(ours) && Array.isArray(kept)) {
    /** @type {(list: any[] | undefined, id: unknown) => any} */
    const find = (list, id) => id !== undefined && list?.find((item) => item?.id === id);
    const items = ours.map((item) => {
      const known = find(kept, item?.id);
      return known ? merged(known, find(understood, item.id), item) : item;
    });
    return [...items, ...kept.filter((item) => item?.id !== undefined && !find(understood, item.id) && !find(ours, item.id))];
  }
  if (!isObject(ours) || !isObject(kept)) return ours;
  const changed = Object.entries(ours).map(([name, value]) => [name, merged(kept[name], understood?.[name], value)]);
  return { ...kept, ...Object.fromEntries(changed) };
}

/** @type {(value: unknown) => boolean} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @satisfies {Partial<Performers>} */
export const effects = {
  keep_fallback: ({ fallback }) =>
    change(({ fallbacks = [] }) => ({ fallbacks: [...fallbacks.filter((/** @type {any} */ { cause }) => cause !== fallback.cause), fallback] })),
  keep_address: ({ source, base_url }) =>
    change(({ sources = [] }) => ({ sources: sources.map((/** @type {any} */ known) => (known.id === source ? { ...known, base_url } : known)) })),
  keep_leave_to_read: () => change(({ assistant }) => ({ assistant: { ...assistant, may_read: true } })),
};
