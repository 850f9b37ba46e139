// The tabs that were open before a site was switched on, or before an update: they get now what a reload would bring.
import { core } from './engine.js';
import { CONTENT_SCRIPT } from './tabs.js';

/** What is known of a frame. @typedef {{ site: string, lacksCard: boolean, lacksHook: boolean, isHeld: boolean }} Seen */

/**
 * Runs in a frame of a tab. Whoever looks first brings the hook: no two of them may wrap the calls of a page.
 * @param {string[]} chats
 * @param {string[]} apps
 * @returns {Seen}
 */
function look(chats, apps) {
  const site = `${location.protocol}//${location.hostname}`;
  const here = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis));
  /** @param {string} name */
  const lacks = (name) => !Object.hasOwn(here, Symbol.for(name));
  const lacksHook = apps.includes(site) && self === top && lacks('unstuck watch') && lacks('unstuck hook');
  if (lacksHook) here[Symbol.for('unstuck hook')] = true;
  // A page that was only watched is a chat from now on.
  if (chats.includes(site)) delete here[Symbol.for('unstuck quiet')];
  // A script that an update has left behind, with a text of the person's still to be copied, keeps the page to itself.
  const isHeld = !document.dispatchEvent(new Event('unstuck-renew', { cancelable: true }));
  return { site, lacksCard: chats.includes(site) && lacks('unstuck'), lacksHook, isHeld };
}

/**
 * Brings the scripts into every frame that a site which is on has open. A tab that loads meanwhile may have them already: each of them
 * finds the first one and leaves all to it.
 */
export async function reachOpenTabs() {
  const chats = core.sites();
  const apps = core.watched_apps();
  const url = [...chats, ...apps].map((site) => `${site}/*`);
  const tabs = url.length ? await chrome.tabs.query({ url, discarded: false }) : [];
  const allowed = tabs.filter((tab) => core.is_allowed(tab.url ?? ''));
  // A tab that does not answer holds up no other.
  await Promise.all(allowed.map(({ id }) => id !== undefined && reach(id, chats, apps).catch((error) => console.debug('Unstuck:', error))));
}

/**
 * @param {number} tabId
 * @param {string[]} chats
 * @param {string[]} apps
 */
async function reach(tabId, chats, apps) {
  const frames = await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, func: look, args: [chats, apps] });
  const free = frames.filter(({ result }) => result && !result.isHeld && core.is_allowed(`${result.site}/`));
  /** @param {(seen: Seen) => boolean} wants */
  const documents = (wants) => free.filter(({ result }) => wants(/** @type {Seen} */ (result))).map(({ documentId }) => documentId);
  const hooked = documents(({ lacksHook }) => lacksHook);
  await bring(tabId, hooked, 'watched.js');
  await bring(tabId, hooked, 'hook.js', 'MAIN');
  await bring(tabId, documents(({ lacksCard }) => lacksCard), CONTENT_SCRIPT);
}

/**
 * @param {number} tabId
 * @param {string[]} documentIds
 * @param {string} file
 * @param {'ISOLATED' | 'MAIN'} [world]
 */
async function bring(tabId, documentIds, file, world) {
  if (documentIds.length) await chrome.scripting.executeScript({ target: { tabId, documentIds }, files: [file], world });
}
