// The sites that are switched on, and the policy that may forbid them.
import { core, perform, ready } from './engine.js';
import { keptSettings, policy } from './configuration.js';
import { reachOpenTabs } from './open_tabs.js';
import { change } from './settings.js';
import { CONTENT_SCRIPT, sitesOf } from './tabs.js';
import * as watch from './watch.js';

/** The alarm at which a launcher that was hidden for a while comes back. */
export const SHOWN_AGAIN = 'shown again';

/** Puts the launcher on exactly the sites that are switched on and where it is not hidden, and into their tabs that are open. */
export async function registerSites() {
  const matches = core.sites().map((site) => `${site}/*`);
  await chrome.scripting.unregisterContentScripts();
  if (matches.length) {
    await chrome.scripting.registerContentScripts([
      { id: 'launcher', matches, excludeMatches: core.excluded_sites(), js: [CONTENT_SCRIPT], allFrames: true, runAt: 'document_idle' },
    ]);
  }
  await watch.register();
  await tellHidden();
  reachOpenTabs();
}

/** Tells the pages that are open where the launcher is hidden, and comes back when that is over somewhere. */
async function tellHidden() {
  const hidden = core.hidden_sites();
  // The browser tells the addresses of sites that are switched on alone.
  for (const { id, url } of await chrome.tabs.query({})) {
    if (id !== undefined && url) chrome.tabs.sendMessage(id, { kind: 'hidden', hidden: sitesOf(hidden, url) }).catch(() => {});
  }
  const ends = hidden.map(({ until_ms }) => until_ms ?? Infinity).filter((end) => end > Date.now());
  const when = Math.min(...ends);
  if (Number.isFinite(when)) await chrome.alarms.create(SHOWN_AGAIN, { when });
}

/** The launcher is back where it was hidden until now, in the pages that are open too. */
export async function showAgain() {
  await change((pages, kept) => pages.changed(kept, { shown_again: Date.now() }));
  await registerSites();
}

/** Follows a change of what an organisation has set. */
export async function policyChanged() {
  await ready;
  core.govern(await policy());
  await perform(core.configured((await keptSettings()) ?? {}));
  await registerSites();
}

/** @satisfies {Partial<Performers>} */
export const effects = {
  async keep_hidden({ hidden }) {
    await change((pages, kept) => pages.changed(kept, { hidden }));
    await registerSites();
  },
};
