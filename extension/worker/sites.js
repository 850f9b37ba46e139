// The sites that are switched on, and the policy that may forbid them.
import { core, perform, ready } from './engine.js';
import { keptSettings, policy } from './configuration.js';
import { CONTENT_SCRIPT } from './tabs.js';
import * as watch from './watch.js';

/** Puts the launcher on exactly the sites that are switched on. */
export async function registerSites() {
  const matches = core.sites().map((site) => `${site}/*`);
  await chrome.scripting.unregisterContentScripts();
  if (matches.length) {
    await chrome.scripting.registerContentScripts([
      { id: 'launcher', matches, excludeMatches: core.excluded_sites(), js: [CONTENT_SCRIPT], allFrames: true, runAt: 'document_idle' },
    ]);
  }
  await watch.register();
}

/** Follows a change of what an organisation has set. */
export async function policyChanged() {
  await ready;
  core.govern(await policy());
  await perform(core.configured((await keptSettings()) ?? {}));
  await registerSites();
}
