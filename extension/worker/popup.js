// The worker's side of the popup. A card that its page cannot have is shown there.
import { showBadges } from './badge.js';
import { takeUncopied } from './cards.js';
import { core, perform } from './engine.js';
import * as cardFrames from './card_frames.js';
import * as troubleshooter from './troubleshooter.js';
import { performOne } from './perform.js';
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
 * What each press does; what it gives is to be copied.
 * @type {PerformersOf<PopupPress>}
 */
const PRESSES = {
  card: ({ frame, then }) => perform(core.pressed(frame, then)),
  copy_report: ({ call }) => report.text(call),
  open_own_page: (page) => void report.openOwnPage(page),
  troubleshooter: ({ call }) => troubleshooter.open(call),
  options: () => chrome.runtime.openOptionsPage(),
  async clear() {
    await perform(core.cleared());
    await showBadges();
  },
};

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
  /** @param {{ tab: number, press: PopupPress }} message */
  async popup_press({ tab, press }) {
    const copy = await performOne(PRESSES, press);
    return { ...(await stateOf(tab)), copy };
  },
};
