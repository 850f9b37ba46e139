const core = fetch(chrome.runtime.getURL('unstuck_bg.wasm'));

// The build appends the glue of the core (`wasm_bindgen`) to this file: it is there once this script has run.
const ready = core.then((file) => wasm_bindgen({ module_or_path: file })).then(() => wasm_bindgen.start());

const MENU = 'draft';

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  ready
    .then(() => wasm_bindgen.receive(message, sender))
    .then(reply, (error) => reply({ error: String(error?.message ?? error) }));
  return true;
});

chrome.alarms.onAlarm.addListener(() => ready.then(() => wasm_bindgen.woke()));

chrome.commands.onCommand.addListener((_command, tab) => summon(tab, 0));

chrome.contextMenus.onClicked.addListener((info, tab) => summon(tab, info.frameId ?? 0));

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  chrome.contextMenus.create({ id: MENU, title: chrome.i18n.getMessage('menu_draft'), contexts: ['editable'] });
  await ready;
  await wasm_bindgen.register_sites();
  if (reason === 'install') chrome.runtime.openOptionsPage();
});

// Measured: a worker hears neither `online` nor `offline` reliably; one that is awake may.
self.addEventListener('online', () => ready.then(() => wasm_bindgen.online()));

function summon(tab, frame) {
  // Pages of the browser itself let no extension in; there is nothing to draft there either.
  if (tab?.id !== undefined) ready.then(() => wasm_bindgen.summon(tab.id, frame)).catch(() => {});
}
