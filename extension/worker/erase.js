// Everything that was ever kept, gone: the extension is as on the day it was installed.
import { showBadges } from './badge.js';
import { core, perform, stopWaiting } from './engine.js';
import * as vault from './vault.js';

export async function erase() {
  // The engine stops what runs and closes the cards; what it writes meanwhile goes with the rest.
  await perform(core.erased());
  await stopWaiting();
  await chrome.scripting.unregisterContentScripts();
  const manifest = chrome.runtime.getManifest();
  const { origins = [], permissions = [] } = await chrome.permissions.getAll();
  /**
   * What the manifest itself asks for cannot be given back.
   * @type {<T>(all: T[], own?: readonly unknown[]) => T[]}
   */
  const added = (all, own = []) => all.filter((one) => !own.includes(one));
  await chrome.permissions.remove({ origins: added(origins, manifest.host_permissions), permissions: added(permissions, manifest.permissions) });
  await showBadges();
  await vault.destroy();
  await Promise.all([chrome.storage.local, chrome.storage.session, chrome.storage.sync].map((area) => area.clear()));
}
