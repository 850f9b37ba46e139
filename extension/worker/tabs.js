// The pages that a card can belong to: how they are named, told, and given the content script.

/** The content script with all that it needs. */
export const CONTENT_SCRIPT = 'content.js';

/**
 * @param {FrameRef} frame
 * @param {Message} message
 */
export const tell = (frame, message) => chrome.tabs.sendMessage(frame.tab, message, { documentId: frame.document });

/** A sender that is the script of a page in a tab. @typedef {chrome.runtime.MessageSender & { tab: { id: number }, frameId: number, documentId: string, url: string }} PageSender */

/**
 * @param {chrome.runtime.MessageSender} sender
 * @returns {sender is PageSender}
 */
export const isPage = (sender) => sender.tab?.id !== undefined;

/**
 * @param {PageSender} sender
 * @returns {FrameRef}
 */
export const frameOf = ({ tab, frameId, documentId }) => ({ tab: tab.id, id: frameId, document: documentId });

/**
 * A page that is shut in has no origin of its own, yet an address.
 * @param {PageSender} sender
 */
export const siteOf = ({ origin, url }) => (origin === 'null' ? new URL(url).origin : origin);

/** @type {Promise<Adapter[]> | undefined} */
let adapters;

/**
 * How each messenger is built, and last the way that fits any page.
 * @param {{ url?: string }} page
 */
export async function adaptersOf({ url = '' }) {
  const { hostname } = new URL(url);
  adapters ??= fetch(chrome.runtime.getURL('sites.json')).then((file) => file.json());
  return (await adapters).filter(({ hosts }) => !hosts || hosts.includes(hostname));
}

/**
 * Whether the person looks at this tab. One that is gone is in sight: nobody has to be led there.
 * @param {number} id
 */
export async function isInSight(id) {
  const tab = await chrome.tabs.get(id).catch(() => undefined);
  return !tab || (tab.active && (await chrome.windows.get(tab.windowId)).focused);
}

/**
 * Those of these sites that a page is of: it learns nothing of the others.
 * @param {HiddenSite[]} sites
 * @param {string} url
 */
export function sitesOf(sites, url) {
  const { protocol, hostname } = new URL(url);
  return sites.filter(({ site }) => site === `${protocol}//${hostname}`);
}
