// The badge on the toolbar icon: how many requests of a tab wait for the person, or that one goes on by itself.
import { core } from './engine.js';

// The green of the brand, on which white letters are easy to read.
chrome.action.setBadgeBackgroundColor({ color: '#0b7261' });
chrome.action.setBadgeTextColor({ color: '#ffffff' });

/** @param {number} tabId */
export function showBadge(tabId) {
  const [text, title] = core.badge(tabId);
  const isClosed = () => {};
  chrome.action.setBadgeText({ tabId, text }).catch(isClosed);
  chrome.action.setTitle({ tabId, title }).catch(isClosed);
}

export async function showBadges() {
  for (const { id } of await chrome.tabs.query({})) if (id !== undefined) showBadge(id);
}
