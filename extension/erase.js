// Everything that was ever kept, gone: the extension is as on the day it was installed.
async function erase() {
  // The engine stops what runs and closes the cards; what it writes meanwhile goes with the rest.
  await step('erased');
  clearTimeout(timer);
  await chrome.alarms.clearAll();
  await chrome.scripting.unregisterContentScripts();
  const manifest = chrome.runtime.getManifest();
  const { origins, permissions } = await chrome.permissions.getAll();
  // What the manifest itself asks for cannot be given back.
  const added = (all, own = []) => all.filter((one) => !own.includes(one));
  await chrome.permissions.remove({ origins: added(origins, manifest.host_permissions), permissions: added(permissions, manifest.permissions) });
  for (const { id } of await chrome.tabs.query({})) chrome.action.setBadgeText({ tabId: id, text: '' }).catch(() => {});
  await vault.destroy();
  await Promise.all([chrome.storage.local, chrome.storage.session, chrome.storage.sync].map((area) => area.clear()));
}
