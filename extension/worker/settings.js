// Changes of the settings: one after the other, so that none is lost. The core says what is to be kept.
import { keptSettings } from './configuration.js';
import { core, perform } from './engine.js';
import { pages } from './pages_core.js';

let changing = Promise.resolve();

/** @param {(pages: import('#pages').Pages, kept: unknown) => unknown} change */
export function change(change) {
  const changed = changing.then(async () => {
    const settings = change(await pages(), await keptSettings());
    await chrome.storage.local.set({ settings });
    return settings;
  });
  changing = changed.then(() => {}, () => {});
  return changed;
}

/**
 * Keeps what was changed on a page, and tells the engine.
 * @param {unknown} settings
 */
export async function keepSettings(settings) {
  await perform(core.configured(await change((pages, kept) => pages.merged(kept, settings))));
}

/** @satisfies {Partial<Performers>} */
export const effects = {
  keep_fallback: ({ fallback }) => change((pages, kept) => pages.changed(kept, { fallback })),
  keep_source: ({ source }) => change((pages, kept) => pages.changed(kept, { source })),
  keep_leave_to_read: () => change((pages, kept) => pages.changed(kept, 'leave_to_read')),
};
