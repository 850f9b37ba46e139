// What an organisation has set.

/** In the shape of `managed_schema.json` or any other, as JSON: the core reads it field by field. */
export const policy = async () => JSON.stringify(await chrome.storage.managed.get().catch(() => ({})));
