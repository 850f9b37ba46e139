// The worker's side of the popup. A card that its page cannot have is shown there.
import { clearBadges, takeUncopied } from './cards.js';
import { core, perform } from './engine.js';
import * as cardFrames from './card_frames.js';
import * as troubleshooter from './troubleshooter.js';
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
  const refused = await cardFrames.refusedIn(tab);
  const cards = refused.map((frame) => ({ frame, view: core.card_view(frame) }));
  return { view: core.popup_view(tab, popups.get(tab)), cards: cards.filter(({ view }) => view.root) };
}

/**
 * Carries out a press; resolves with what is to be copied.
 * @param {Press} press
 * @returns {Promise<string | undefined>}
 */
async function carryOut(press) {
  if (press.card) await perform(core.pressed(press.card.frame, press.card.then));
  else if (press.copy_report) return report.text(press.copy_report.call);
  else if (press.open_own_page) await report.openOwnPage(press.open_own_page);
  else if (press.troubleshooter) await troubleshooter.open(press.troubleshooter.call);
  else if (press === 'options') await chrome.runtime.openOptionsPage();
  else if (press === 'clear') {
    await perform(core.cleared());
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
  /** @param {{ frame: FrameRef, press: Press, fields: Fields }} message */
  async popup_card({ frame, press, fields }) {
    takeUncopied();
    await perform(core.pressed(frame, press, fields));
    return { ...(await stateOf(frame.tab)), copy: takeUncopied() };
  },
  /** @param {{ tab: number, press: Press }} message */
  async popup_press({ tab, press }) {
    const copy = await carryOut(press);
    return { ...(await stateOf(tab)), copy };
  },
};
