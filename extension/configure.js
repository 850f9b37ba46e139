// The worker's side of the options and the welcome page: performs what is pressed there. Each open page has a state of its own.
const OPTIONS_EFFECTS = {
  keep_settings: ({ settings }) => keepSettings(settings),
  keep_key: ({ source, key }) => vault.keep(source, key),
  forget_key: ({ source }) => vault.forget(source),
  set_keys_aside: () => vault.setAside(),
  drop_keys_aside: () => vault.dropAside(),
  put_keys_back: () => vault.putBack(),
  register_sites: () => registerSites(),
  open_page: ({ url }) => void chrome.tabs.create({ url }),
  // The page that was pressed saves it: only a page can.
  export: async ({ format, version }) => ({ file: JSON.stringify({ format, version, settings: wasm_bindgen.understood(await keptSettings()) }, null, 2) }),
  erase: () => erase(),
};

Object.assign(PAGES, {
  async options({ page, guided }) {
    await dropIfLast(page);
    return optionsView(page, guided);
  },
  options_gone: ({ page }) => dropIfLast(page),
  options_look: ({ page, memory, guided }) => optionsView(page, guided, memory),
  async options_press({ page, memory, guided, press, fields }) {
    const bytes = remembered(memory);
    if (fields.import !== undefined) fields.imported = compact(fields.import);
    const keyed = await vault.sources();
    let more;
    try {
      more = await performOptions(page, bytes, press, fields);
    } catch (error) {
      // The storage is full, or cannot be written: the page is as before the press, so that nothing typed on it is lost.
      console.debug('Unstuck:', error);
      const added = (await vault.sources()).filter((source) => !keyed.includes(source));
      await Promise.all([vault.dropAside(), ...added.map((source) => vault.forget(source))]).catch(() => {});
      wasm_bindgen.options_unsaved(page, bytes);
    }
    return { ...(await optionsView(page, guided, memory)), ...more };
  },
  async options_test({ page, guided }) {
    await wasm_bindgen.options_test(page, await vault.key(wasm_bindgen.options_trial(page)));
    return optionsView(page, guided);
  },
});

async function performOptions(page, bytes, press, fields) {
  let more;
  for (const effect of wasm_bindgen.options_press(page, bytes, await keptSettings(), await vault.sources(), press, fields)) {
    const [kind, data] = partsOf(effect);
    more = (await OPTIONS_EFFECTS[kind](data)) ?? more;
  }
  return more;
}

// No page is left from before, and the policy may be another one than when the scripts were registered.
chrome.runtime.onStartup.addListener(async () => {
  await vault.dropAside();
  await ready;
  await registerSites();
});

// Keys that lie aside are there for the pages that are open, wherever in them one is: what an earlier one could have undone is over.
async function dropIfLast(page) {
  const pages = ['options.html', 'welcome.html'].map((path) => chrome.runtime.getURL(path));
  const open = await chrome.runtime.getContexts({ contextTypes: ['TAB'] });
  const others = open.filter(({ documentId, documentUrl }) => documentId !== page && pages.includes(documentUrl?.split('#')[0]));
  if (!others.length) await vault.dropAside();
}

const remembered = (memory) => (memory ? Uint8Array.fromBase64(memory) : undefined);

// A file as the core reads it: JSON without line breaks, or nothing when it is none.
function compact(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return '';
  }
}

// What an organisation has set, in the shape of `managed_schema.json` or any other: the core reads it field by field.
async function govern() {
  wasm_bindgen.govern(JSON.stringify(await chrome.storage.managed.get().catch(() => ({}))));
}

async function policyChanged() {
  await ready;
  await govern();
  await step({ configured: { settings: (await keptSettings()) ?? {} } });
  await registerSites();
}
chrome.storage.managed.onChanged.addListener(policyChanged);

const keptSettings = async () => (await chrome.storage.local.get('settings')).settings;

async function optionsView(page, guided, memory) {
  const view = wasm_bindgen.options_view(page, remembered(memory), await keptSettings(), await vault.sources(), await chrome.commands.getAll(), guided);
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
