// The core of the extension's pages: a file of its own, loaded when the first page is opened.
import init, { Pages, learn, speak } from '#pages';
import { core, phrases, words } from './engine.js';
import { keptSettings, policy } from './configuration.js';

async function load() {
  await init({ module_or_path: await fetch(chrome.runtime.getURL('pages_bg.wasm')) });
  learn(new Uint8Array(await phrases));
  speak(...(await words));
  return new Pages();
}

/** @type {Promise<Pages> | undefined} */
let loading;

/** What could not be loaded once is loaded anew the next time. */
function loaded() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The core of the pages, with the engine's state and the settings as they are now. */
export async function pages() {
  const [pages, set, settings] = await Promise.all([loaded(), policy(), keptSettings()]);
  pages.govern(set);
  pages.look(core.journal(), settings);
  return pages;
}
