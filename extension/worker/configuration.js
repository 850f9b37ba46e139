// What is configured: the settings as they are kept, and what an organisation has set.

/** @returns {Promise<any>} */
export const keptSettings = async () => (await chrome.storage.local.get('settings')).settings;

/** What an organisation has set, in the shape of `managed_schema.json` or any other, as JSON: the core reads it field by field. */
export const policy = async () => JSON.stringify(await chrome.storage.managed.get().catch(() => ({})));
