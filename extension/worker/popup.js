// The worker's side of the popup. A card that its page cannot have is shown there.
import * as core from '#core';
import { clearBadges, takeUncopied } from './cards.js';
import { step } from './engine.js';
import * as frames from './frames.js';
import * as ladder from './ladder.js';
import * as report from './report.js';

/**
 * The tabs for which a popup was opened, and their addresses.
 * @type {Map<number, string | undefined>}
 */
const popups = new Map();

/** Paints the popups that are open. */
export async function refresh() {
  for (const tab of popups.keys()) {
    const message = { kind: 'paint_popup', tab, ...(await stateOf(tab)) };
    chrome.runtime.sendMessage(message).catch(() => popups.delete(tab)); // Nobody listens once it is closed.
  }
}

/** @param {number} tab */
async function stateOf(tab) {
  const refused = await frames.refusedIn(tab);
  const cards = refused.map((surface) => ({ surface, view: core.card_view(surface) }));
  return { view: core.popup_view(tab, popups.get(tab)), cards: cards.filter(({ view }) => view.root) };
}

/**
 * Carries out a press; resolves with what is to be copied.
 * @param {Press} press
 * @returns {Promise<string | undefined>}
 */
async function perform(press) {
  if (press.card) await step({ pressed: { surface: press.card.surface, press: press.card.then } });
  else if (press.copy_report) return report.text(press.copy_report.call);
  else if (press.open_own_page) await report.openOwnPage(press.open_own_page);
  else if (press.troubleshooter) await ladder.open(press.troubleshooter.call);
  else if (press === 'options') await chrome.runtime.openOptionsPage();
  else if (press === 'clear') {
    await step('cleared');
    await clearBadges();
  }
  return undefined;
}

export const messages = {
  /** @param {{ tab: number }} message */
  async popup({ tab }) {
    popups.set(tab, (await chrome.tabs.get(tab).catch(() => undefined))?.url);
    return stateOf(tab);
  },
  /** @param {{ surface: Surface, press: Press, fields: Fields }} message */
  async popup_card({ surface, press, fields }) {
    takeUncopied();
    await step({ pressed: { surface, press, typed: fields } });
    return { ...(await stateOf(surface.tab)), copy: takeUncopied() };
  },
  /** @param {{ tab: number, press: Press }} message */
  async popup_press({ tab, press }) {
    const copy = await perform(press);
    return { ...(await stateOf(tab)), copy };
  },
};
