// The worker's side of the options and the welcome page: performs what is pressed there. Each open page has a state of its own.
import { eraseDrafts } from './drafts.js';
import { performOne } from './perform.js';
import { core as engine, perform as performOfEngine } from './engine.js';
import { erase } from './erase.js';
import * as ownModel from './model.js';
import { pages } from './pages_core.js';
import { keptSettings } from './configuration.js';
import { keepSettings } from './settings.js';
import { registerSites } from './sites.js';
import * as vault from './vault.js';

/** What a page of these tells of itself. @typedef {{ page: string, guided: boolean, memory?: string }} Page */

/** @type {PerformersOf<OptionsEffect>} */
const EFFECTS = {
  keep_settings: ({ settings }) => keepSettings(settings),
  keep_key: ({ source, key }) => vault.keep(source, key).then(tellKeys),
  forget_key: ({ source }) => vault.forget(source).then(tellKeys),
  // What the manifest itself asks for stays.
  give_back: ({ origins }) => chrome.permissions.remove({ origins }).catch(() => false).then(() => {}),
  set_keys_aside: () => vault.setAside(),
  drop_keys_aside: () => vault.dropAside(),
  put_keys_back: () => vault.putBack().then(tellKeys),
  register_sites: () => registerSites(),
  open_page: ({ url }) => void chrome.tabs.create({ url }),
  // The page that was pressed saves it: only a page can.
  export: async ({ format, version }) => ({ file: JSON.stringify({ format, version, settings: (await pages()).exported(await keptSettings()) }, null, 2) }),
  erase: () => erase(),
  erase_drafts: () => eraseDrafts(),
};

export const messages = {
  /** @param {Page} page */
  async options({ page, guided }) {
    await dropIfLast(page);
    return view({ page, guided });
  },
  /**
   * What answers on this computer is offered first. Nothing is granted for that: servers are asked only where the browser lets us already.
   * @param {Page} page
   */
  async options_glance({ page, guided }) {
    const here = await chrome.permissions.contains({ origins: ['http://localhost/*', 'http://127.0.0.1/*'] });
    const found = await (await pages()).options_glance(page, await keptSettings(), here);
    return found ? view({ page, guided }) : undefined;
  },
  /** @param {Page} page */
  options_gone: ({ page }) => dropIfLast(page),
  /** @param {Page} page */
  options_look: (page) => view(page),
  /** @param {Page & { press: Press, fields: Fields }} message */
  async options_press({ page, memory, guided, press, fields }) {
    const bytes = remembered(memory);
    if (fields.import !== undefined) fields.imported = compact(fields.import);
    const keyed = await vault.sources();
    let more;
    try {
      more = await perform(page, bytes, press, fields);
    } catch (error) {
      // The storage is full, or cannot be written: the page is as before the press, so that nothing typed on it is lost.
      console.debug('Unstuck:', error);
      const added = (await vault.sources()).filter((source) => !keyed.includes(source));
      await Promise.all([vault.dropAside(), ...added.map((source) => vault.forget(source))]).then(tellKeys).catch(() => {});
      (await pages()).options_unsaved(page, bytes);
    }
    return { ...(await view({ page, guided, memory })), ...more };
  },
  /** @param {Page} page */
  async options_test({ page, guided }) {
    const core = await pages();
    const link = await core.options_test(page, await vault.key(core.options_trial(page)), engine.salt());
    if (link) await chrome.tabs.create({ url: link });
    return view({ page, guided });
  },
  /**
   * The person pressed: the reply stays open, and with it the worker, until the model is there.
   * @param {Page} page
   */
  async options_download({ page, guided }) {
    const core = await pages();
    /** @param {number} share */
    const tell = (share) => {
      core.options_downloading(page, share);
      chrome.runtime.sendMessage({ kind: 'options_changed' }).catch(() => {}); // Nobody listens once it is closed.
    };
    const failed = await ownModel.download(tell).then(() => undefined, (error) => error);
    core.options_downloaded(page, failed?.name, failed?.message);
    return view({ page, guided });
  },
};

/**
 * @param {string} page
 * @param {Uint8Array | undefined} bytes
 * @param {Press} press
 * @param {Fields} fields
 */
async function perform(page, bytes, press, fields) {
  /** @type {object | undefined} */
  let more;
  const core = await pages();
  for (const effect of core.options_press(page, bytes, await keptSettings(), await vault.sources(), press, fields)) {
    more = (await performOne(EFFECTS, effect)) ?? more;
  }
  return more;
}

/**
 * Keys that lie aside are there for the pages that are open, wherever in them one is: what an earlier one could have undone is over.
 * @param {string} page
 */
async function dropIfLast(page) {
  const own = ['options.html', 'welcome.html'].map((path) => chrome.runtime.getURL(path));
  const open = await chrome.runtime.getContexts({ contextTypes: ['TAB'] });
  const others = open.filter(({ documentId, documentUrl }) => documentId !== page && own.includes(documentUrl?.split('#')[0] ?? ''));
  if (!others.length) await vault.dropAside();
}

/** Tells the engine which keys there are now, by their marks. */
async function tellKeys() {
  const marks = await vault.marks();
  await performOfEngine(engine.keyed(Object.keys(marks), Uint32Array.from(Object.values(marks))));
}

/** @param {string | undefined} memory */
const remembered = (memory) => (memory ? Uint8Array.fromBase64(memory) : undefined);

/**
 * A file as the core reads it: JSON without line breaks, or nothing when it is none.
 * @param {string} text
 */
function compact(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return '';
  }
}

/** @param {Page} page */
async function view({ page, guided, memory }) {
  const core = await pages();
  const shown = core.options_view(page, remembered(memory), await keptSettings(), await vault.sources(), await chrome.commands.getAll(), guided);
  return { ...shown, memory: core.options_memory(page).toBase64() };
}
