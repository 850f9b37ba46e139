// The worker's side of the options page: performs what is pressed there. Each open page has a state of its own.
const OPTIONS_EFFECTS = {
  keep_settings: ({ settings }) => keepSettings(settings),
  keep_key: ({ source, key }) => vault.keep(source, key),
  forget_key: ({ source }) => vault.forget(source),
  set_keys_aside: () => vault.setAside(),
  drop_keys_aside: () => vault.dropAside(),
  put_keys_back: () => vault.putBack(),
  register_sites: () => registerSites(),
};

Object.assign(PAGES, {
  async options({ page }) {
    await dropIfLast(page);
    return optionsView(page);
  },
  options_gone: ({ page }) => dropIfLast(page),
  options_look: ({ page, memory }) => optionsView(page, memory),
  async options_press({ page, memory, press, fields }) {
    const bytes = remembered(memory);
    for (const effect of wasm_bindgen.options_press(page, bytes, await keptSettings(), await vault.sources(), press, fields)) {
      const [kind, data] = typeof effect === 'string' ? [effect] : Object.entries(effect)[0];
      await OPTIONS_EFFECTS[kind](data);
    }
    return optionsView(page, memory);
  },
  async options_test({ page }) {
    await wasm_bindgen.options_test(page, await vault.key(wasm_bindgen.options_trial(page)));
    return optionsView(page);
  },
});

// Keys that lie aside are there for the pages that are open: what an earlier one could have undone is over.
async function dropIfLast(page) {
  const open = await chrome.runtime.getContexts({ documentUrls: [chrome.runtime.getURL('options.html')] });
  if (open.every(({ documentId }) => documentId === page)) await vault.dropAside();
}

const remembered = (memory) => (memory ? Uint8Array.fromBase64(memory) : undefined);

const keptSettings = async () => (await chrome.storage.local.get('settings')).settings;

async function optionsView(page, memory) {
  const view = wasm_bindgen.options_view(page, remembered(memory), await keptSettings(), await vault.sources());
  return { ...view, memory: wasm_bindgen.options_memory(page).toBase64() };
}

async function keepSettings(ours) {
  const kept = await keptSettings();
  const settings = merged(kept, wasm_bindgen.understood(kept), ours);
  await chrome.storage.local.set({ settings });
  await step({ configured: { settings } });
}

// Only what was changed is written: what this version does not understand may be a newer one's, and stays as it is kept.
function merged(kept, understood, ours) {
  if (kept === undefined || JSON.stringify(understood) === JSON.stringify(ours)) return kept ?? ours;
  if (Array.isArray(ours) && Array.isArray(kept)) {
    const find = (list, id) => id !== undefined && list?.find((item) => item?.id === id);
    const items = ours.map((item) => {
      const known = find(kept, item?.id);
      return known ? merged(known, find(understood, item.id), item) : item;
    });
    return [...items, ...kept.filter((item) => item?.id !== undefined && !find(understood, item.id) && !find(ours, item.id))];
  }
  if (!isObject(ours) || !isObject(kept)) return ours;
  const changed = Object.entries(ours).map(([name, value]) => [name, merged(kept[name], understood?.[name], value)]);
  return { ...kept, ...Object.fromEntries(changed) };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
