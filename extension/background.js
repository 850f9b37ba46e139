const core = fetch(chrome.runtime.getURL('unstuck_bg.wasm'));
const phrases = fetch(chrome.runtime.getURL('phrases.bin')).then((file) => file.arrayBuffer());
// The build appends the worker's other scripts and the glue of the core (`wasm_bindgen`) to this file: all are there once it has run.
const ready = core.then((file) => wasm_bindgen({ module_or_path: file })).then(begin);

// --- what the browser tells us: registered at once, so that each of these wakes the worker ------------------------------

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  ready.then(() => receive(message, sender)).then(reply, (error) => reply({ error: String(error?.message ?? error) }));
  return true;
});

chrome.alarms.onAlarm.addListener(() => ready.then(() => step('woke')));

chrome.commands.onCommand.addListener((_command, tab) => summon(tab, 0));

chrome.contextMenus.onClicked.addListener((info, tab) => summon(tab, info.frameId ?? 0, info.frameUrl));

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  chrome.contextMenus.create({ id: 'draft', title: chrome.i18n.getMessage('menu_draft'), contexts: ['editable'] });
  if (reason === 'install') chrome.tabs.create({ url: 'welcome.html' });
  await ready;
  await registerSites();
});

chrome.permissions.onAdded.addListener(() => ready.then(() => step('access_granted')));

// Measured: a sleeping worker hears neither `online` nor `offline`; one that is awake may.
self.addEventListener('online', () => ready.then(() => step('online')));

// --- the engine: events in, effects out -------------------------------------------------------------------------------

async function begin() {
  wasm_bindgen.learn(new Uint8Array(await phrases));
  await govern();
  // Content scripts are shut out of every storage area before the first write.
  await Promise.all(['local', 'session', 'sync', 'managed'].map((area) => chrome.storage[area].setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })));
  const { journal } = await chrome.storage.session.get('journal');
  const { settings } = await chrome.storage.local.get('settings');
  // A browser that has just started has no journal: what the last one left behind is taken over.
  const inherited = journal === undefined ? await vault.lasting() : undefined;
  const known = journal === undefined ? new Uint8Array() : fromBase64(journal);
  const effects = wasm_bindgen.start(known, settings, Math.random(), inherited);
  if (wasm_bindgen.is_damaged()) await chrome.storage.session.set({ damaged_journal: journal });
  watch.follow();
  await perform(effects);
}

// What is no base64 is read as bytes all the same: the core finds the damage.
function fromBase64(text) {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return new TextEncoder().encode(String(text));
  }
}

const step = (event) => perform(wasm_bindgen.step(event));

// An effect as the core names it: its kind alone, or with what belongs to it.
const partsOf = (effect) => (typeof effect === 'string' ? [effect] : Object.entries(effect)[0]);

// In order, each after the one before: what is journalled first is written before the world sees the rest.
async function perform(effects) {
  for (const effect of effects) {
    const [kind, data] = partsOf(effect);
    try {
      await EFFECTS[kind](data);
    } catch (error) {
      console.debug('Unstuck:', kind, error);
    }
  }
  releaseIdle();
  refreshPopups();
  ladder.refresh();
}

const EFFECTS = {
  journal: () => chrome.storage.session.set({ journal: wasm_bindgen.journal().toBase64() }).catch(() => step('journal_failed')),
  send: async ({ attempt_id, source, prompt, begun }) => wasm_bindgen.send(attempt_id, source, prompt, begun, await vault.key(source)),
  probe: ({ attempt_id }) => wasm_bindgen.probe(attempt_id),
  keep: ({ durable }) => vault.keepLasting(durable),
  async keep_fallback({ fallback }) {
    const { settings = {} } = await chrome.storage.local.get('settings');
    const others = (settings.fallbacks ?? []).filter(({ cause }) => cause !== fallback.cause);
    await chrome.storage.local.set({ settings: { ...settings, fallbacks: [...others, fallback] } });
  },
  async keep_address({ source, base_url }) {
    const { settings = {} } = await chrome.storage.local.get('settings');
    const sources = (settings.sources ?? []).map((known) => (known.id === source ? { ...known, base_url } : known));
    await chrome.storage.local.set({ settings: { ...settings, sources } });
  },
  abort() {}, // The core has stopped the call itself.
  wake_at: ({ at_ms }) => wakeAt(at_ms),
  paint: ({ surface }) => paintSoon(surface),
  async insert({ surface, text, replaced }) {
    const reply = await tell(surface, { kind: 'insert', text, replaced }).catch(() => undefined);
    await step({ inserted: { surface, done: Boolean(reply?.done) } });
  },
  copy: ({ surface, text }) => copyFor(surface, text),
  open_page: ({ url }) => chrome.tabs.create({ url }),
  open_options: () => chrome.runtime.openOptionsPage(),
  reload_page: ({ surface }) => chrome.tabs.reload(surface.tab),
};

let timer;
function wakeAt(time) {
  clearTimeout(timer);
  const wait = Math.max(0, time - Date.now());
  timer = setTimeout(() => step('woke'), Math.min(wait, 2 ** 31 - 1));
  // The worker may die in a long wait; the browser makes no alarm shorter than this.
  if (wait >= 30_000) chrome.alarms.create('wake', { when: time });
}

// --- surfaces ---------------------------------------------------------------------------------------------------------

const tell = (surface, message) => chrome.tabs.sendMessage(surface.tab, message, { documentId: surface.document });

// A streaming answer is painted at once and then at most every 40 ms.
const painting = new Map();
function paintSoon(surface) {
  const due = painting.get(surface.document);
  if (due) return void (due.again = true);
  const turn = { again: false };
  painting.set(surface.document, turn);
  setTimeout(() => {
    painting.delete(surface.document);
    if (turn.again) paintSoon(surface);
  }, 40);
  return paint(surface);
}

// By document, how many paintings are on their way.
const onTheWay = new Map();
async function paint(surface) {
  const count = (more) => onTheWay.set(surface.document, (onTheWay.get(surface.document) ?? 0) + more);
  count(1);
  try {
    await deliver(surface);
  } finally {
    if (count(-1).get(surface.document) === 0) onTheWay.delete(surface.document);
    releaseIdle();
  }
}

async function deliver(surface) {
  const open = wasm_bindgen.unsettled_in(surface.tab);
  chrome.action.setBadgeText({ tabId: surface.tab, text: open ? String(open) : '' }).catch(() => {});
  if (await tellCard(surface, { kind: 'paint', view: wasm_bindgen.card_view(surface) })) return;
  const isRefused = (await frames.refusedIn(surface.tab)).some(({ document }) => document === surface.document);
  if (isRefused || frames.isExpected(surface)) return;
  try {
    const { token } = await tell(surface, { kind: 'card' });
    await frames.expect(surface, token);
  } catch {
    await leave(surface);
  }
}

/** Tells the document that shows the card of this surface; resolves with whether there is one. */
async function tellCard(surface, message) {
  const documentId = await frames.documentFor(surface);
  if (!documentId) return false;
  const reply = await chrome.tabs.sendMessage(surface.tab, message, { documentId }).catch(() => undefined);
  if (!reply) await frames.forget(surface);
  return Boolean(reply);
}

async function leave(surface) {
  await frames.forget(surface);
  await step({ gone: { surface } });
}

// Where the popup answers, it copies too.
let popupCopy;
async function copyFor(surface, text) {
  if (!(await tellCard(surface, { kind: 'copy', text }))) popupCopy = text;
}

async function summon(tab, frameId, frameUrl = tab?.url) {
  if (tab?.id === undefined) return;
  await ready;
  // Where the organisation lets nothing be, the popup says so.
  if (![tab.url, frameUrl].every((url) => wasm_bindgen.is_allowed(url ?? ''))) return void chrome.action.openPopup({ windowId: tab.windowId }).catch(() => {});
  const call = () => chrome.tabs.sendMessage(tab.id, { kind: 'summon' }, { frameId });
  try {
    await call();
  } catch {
    // Not there yet. Pages of the browser itself let nothing in: there is nothing to draft there either.
    const target = { tabId: tab.id, frameIds: [frameId] };
    await chrome.scripting.executeScript({ target, files: CONTENT_SCRIPTS }).then(call, () => {});
  }
}

// --- messages ---------------------------------------------------------------------------------------------------------

const surfaceOf = ({ tab, frameId, documentId }) => ({ tab: tab.id, frame: frameId, document: documentId });

const ownPage = (sender) => sender.url?.startsWith(chrome.runtime.getURL(''));

// A page that is shut in has no origin of its own, yet an address.
const siteOf = ({ origin, url }) => (origin === 'null' ? new URL(url).origin : origin);

async function receive(message, sender) {
  const { kind, tab, press, fields, memory, word } = message;
  if (sender.id !== chrome.runtime.id) throw new Error('this message comes from another extension');
  if (frames.isCard(sender)) return receiveFromCard(message, sender);
  if (Object.hasOwn(PAGES, kind)) {
    if (!ownPage(sender)) throw new Error('only a page of this extension may ask for this');
    return PAGES[kind]({ tab, surface: message.surface, press, fields: fields ?? {}, memory, page: sender.documentId, guided: sender.url === chrome.runtime.getURL('welcome.html') });
  }
  if (kind === 'adapters') return adaptersOf(sender);
  if (kind === 'gone' && sender.tab) return void leave(surfaceOf(sender));
  if (!sender.tab || sender.documentLifecycle !== 'active') throw new Error('this message needs a page that is shown in a tab');
  const surface = surfaceOf(sender);
  if (Object.hasOwn(FROM_PAGES, kind)) return void (await FROM_PAGES[kind](word, surface, sender));
  if (kind === 'card') return void (await frames.expect(surface, message.token));
  if (kind !== 'open') throw new Error('no such message');
  await frames.expect(surface, message.token);
  await step({ opened: { surface, site: siteOf(sender) } });
  const missed = (await adaptersOf(sender)).find(({ id }) => id === fields?.missed);
  if (missed?.name) await step({ box_missed: { surface, messenger: missed.name } });
  // Where the page cannot have the card, the popup answers.
  if (typeof message.token !== 'string') await chrome.action.openPopup({ windowId: sender.tab.windowId }).catch(() => {});
}

// What the person presses comes from the card's own document alone: no script of a page's world can say it.
async function receiveFromCard({ kind, token, ...message }, sender) {
  if (!sender.tab || sender.documentLifecycle !== 'active') throw new Error('this message needs a card that is shown in a tab');
  if (kind === 'card_hello') return { view: wasm_bindgen.card_view(await frames.join(token, sender)) };
  if (!Object.hasOwn(FROM_CARDS, kind)) throw new Error('no such message');
  const surface = await frames.surfaceOf(sender);
  await FROM_CARDS[kind](surface, message);
  return hold(surface);
}

const FROM_CARDS = {
  press: (surface, { press, fields, number }) => step({ pressed: { surface, press, typed: fields, number } }),
  online: () => step('online'),
  returned: (surface) => step({ returned: { surface } }),
  resume: (surface) => paint(surface),
};

// How each messenger is built, and last the way that fits any page.
let adapters;
async function adaptersOf({ url }) {
  const { hostname } = new URL(url);
  adapters ??= fetch(chrome.runtime.getURL('sites.json')).then((file) => file.json());
  return (await adapters).filter(({ hosts }) => !hosts || hosts.includes(hostname));
}

// The reply to a card stays open as long as something moves on it, and until the card shows the end of it: that keeps the worker
// alive for exactly this time.
const held = [];
const hold = (surface) => new Promise((resolve) => held.push({ surface, resolve }) && releaseIdle());

const isUnpainted = ({ document }) => onTheWay.has(document) || painting.get(document)?.again;

function releaseIdle() {
  for (const waiting of held.splice(0)) {
    if (wasm_bindgen.is_busy(waiting.surface) || isUnpainted(waiting.surface)) held.push(waiting);
    else waiting.resolve();
  }
}

// The tabs for which a popup was opened, and their addresses.
const popups = new Map();
async function refreshPopups() {
  for (const tab of popups.keys()) {
    const message = { kind: 'paint_popup', tab, ...(await popupState(tab)) };
    chrome.runtime.sendMessage(message).catch(() => popups.delete(tab)); // Nobody listens once it is closed.
  }
}

async function popupState(tab) {
  const refused = await frames.refusedIn(tab);
  const cards = refused.map((surface) => ({ surface, view: wasm_bindgen.card_view(surface) }));
  return { view: wasm_bindgen.popup_view(tab, popups.get(tab)), cards: cards.filter(({ view }) => view.root) };
}

// What scripts on a page may tell besides what concerns a card; watch.js adds to it.
const FROM_PAGES = {};

const PAGES = {
  async popup({ tab }) {
    popups.set(tab, (await chrome.tabs.get(tab).catch(() => undefined))?.url);
    return popupState(tab);
  },
  async popup_card({ surface, press, fields }) {
    popupCopy = undefined;
    await step({ pressed: { surface, press, typed: fields } });
    return { ...(await popupState(surface.tab)), copy: popupCopy };
  },
  async popup_press({ tab, press }) {
    let copy;
    if (press.card) await step({ pressed: { surface: press.card.surface, press: press.card.then } });
    else if (press.copy_report) copy = await report.text(press.copy_report.call);
    else if (press.open_own_page) await EFFECTS.open_own_page(press.open_own_page);
    else if (press.ladder) await ladder.open(press.ladder.call);
    else if (press === 'options') await chrome.runtime.openOptionsPage();
    else if (press === 'clear') {
      await step('cleared');
      for (const { id } of await chrome.tabs.query({})) chrome.action.setBadgeText({ tabId: id, text: '' }).catch(() => {});
    }
    return { ...(await popupState(tab)), copy };
  },
};

const CONTENT_SCRIPTS = ['chat', 'box', 'plain_sight', 'frame', 'sense'].map((name) => `content/${name}.js`);

// The launcher is on exactly the sites that are switched on.
async function registerSites() {
  const matches = wasm_bindgen.sites().map((site) => `${site}/*`);
  await chrome.scripting.unregisterContentScripts();
  if (matches.length) await chrome.scripting.registerContentScripts([{ id: 'launcher', matches, excludeMatches: wasm_bindgen.excluded_sites(), js: CONTENT_SCRIPTS, allFrames: true, runAt: 'document_idle' }]);
  await watch.register();
}
