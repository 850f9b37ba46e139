// The worker's side of the page that shows how the AI services have been doing.
import { core } from './engine.js';
import { pages } from './pages_core.js';
import * as vault from './vault.js';

let isSaved = true;

/** Whether all that was counted, and is to be told, is on the disk. */
export const isKept = () => isSaved;

/** @satisfies {Partial<Performers>} */
export const effects = {
  async keep_health() {
    isSaved = await vault.keepHealth(core.health()).then(() => true, () => false);
    chrome.runtime.sendMessage({ kind: 'history_changed' }).catch(() => {}); // Nobody listens where no page is open.
  },
};

export const messages = {
  /** @param {{ press?: Press, fields: Fields }} message */
  history: async ({ press, fields }) => (await pages()).history(press, fields, core.health()),
};
