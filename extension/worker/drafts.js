// The drafts that are kept, and the worker's side of their page.
import { pages } from './pages_core.js';
import * as vault from './vault.js';

// One change after the other, so that none is lost.
let changing = Promise.resolve();

/** @param {(drafts: any[]) => any[]} change */
function changeDrafts(change) {
  changing = changing.catch(() => {}).then(async () => vault.keepDrafts(change(await vault.drafts())));
  return changing;
}

export const eraseDrafts = () => changeDrafts(() => []);

const view = async () => (await pages()).drafts_view(await vault.drafts());

/** @satisfies {Partial<Performers>} */
export const effects = {
  keep_draft: ({ draft, most }) => changeDrafts((drafts) => [draft, ...drafts].slice(0, most)),
};

export const messages = {
  async drafts() {
    (await pages()).drafts_open();
    return { view: await view() };
  },
  /** @param {{ fields: Fields }} message */
  async drafts_search({ fields }) {
    (await pages()).drafts_search(String(fields.search ?? ''));
    return { view: await view() };
  },
  /** @param {{ press: Press, fields: Fields }} message */
  async drafts_press({ press, fields }) {
    /** @type {any} */
    let effect;
    const core = await pages();
    // The worker may have died since it was typed.
    core.drafts_search(String(fields.search ?? ''));
    await changeDrafts((drafts) => {
      effect = core.drafts_press(press, drafts);
      return effect?.keep_drafts?.drafts ?? drafts;
    });
    return { view: await view(), copy: effect?.copy?.text };
  },
};
