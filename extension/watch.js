// Watches the calls of web apps that the person switched on, and tells the core of those that fail. Nothing is listened to
// while none is switched on.
const watch = (() => {
  const EVENTS = {
    onBeforeRequest: 'before_request',
    onBeforeRedirect: 'before_redirect',
    onHeadersReceived: 'headers_received',
    onResponseStarted: 'response_started',
    onCompleted: 'completed',
    onErrorOccurred: 'error',
  };
  const TYPES = ['xmlhttprequest', 'script', 'websocket', 'ping'];
  // The page's exception may come before the browser's event, or after it: so long one waits for the other, in milliseconds.
  const PATIENCE_MS = 250;

  const watched = new Map();
  const waiting = new Set();
  let on = [];

  const siteOf = (url) => apps.siteOf(url);

  // --- what the browser sees

  function listen(filter, hear) {
    const listeners = Object.entries(EVENTS).map(([event, name]) => {
      const listener = (details) => hear(name, details);
      const headers = event === 'onHeadersReceived' || event === 'onCompleted' ? ['responseHeaders'] : [];
      // Without `extraHeaders` the browser keeps preflights to itself.
      chrome.webRequest[event].addListener(listener, { types: TYPES, ...filter }, [...headers, 'extraHeaders']);
      return () => chrome.webRequest[event].removeListener(listener);
    });
    return () => listeners.forEach((remove) => remove());
  }

  function hear(name, details) {
    if (!wasm_bindgen.watch_hear(name, details)) return;
    waiting.forEach((look) => look());
    setTimeout(() => ended(details), 2 * PATIENCE_MS);
  }

  // What the page has not told of by now it does not see: a stream that was cut, a call of its own worker.
  async function ended({ tabId: tab, frameId: frame, documentId: document, documentLifecycle, initiator, requestId, url, statusCode, error }) {
    const of = document && documentLifecycle === 'active' && !frame && kindOf(siteOf(initiator), url);
    if (of === 'answer' && !error && statusCode < 400) await perform(wasm_bindgen.watch_seen_well({ tab, frame, document }, siteOf(initiator)));
    if (of) await show({ tab, frame, document }, (surface) => wasm_bindgen.watch_untold(surface, siteOf(initiator), of === 'session', requestId));
  }

  function kindOf(site, url) {
    const { answer, session } = apps.rules(site);
    const bare = url.split(/[?#]/)[0].replace(/^ws/, 'http');
    return on.includes(site) && ((RegExp(answer).test(bare) && 'answer') || (RegExp(session).test(bare) && 'session'));
  }

  // Registered at once, so that a call wakes the worker: the browser tells of hosts only that the extension may reach, and
  // once the settings are read nothing is left of it unless one of these apps is on.
  let unlisten = listen({ urls: apps.patterns() }, (name, details) =>
    ready.then(() => details.tabId >= 0 && details.initiator && on.includes(siteOf(details.initiator)) && hear(name, details)),
  );

  /** Follows the settings: the scripts on exactly the sites that are on, and the listeners only while one is. */
  function follow() {
    on = wasm_bindgen.watched_apps();
    if (!on.some(apps.isKnown)) unlisten = unlisten?.();
    else unlisten ??= listen({ urls: apps.patterns() }, (name, details) => details.initiator && on.includes(siteOf(details.initiator)) && hear(name, details));
    [...watched.keys()].forEach((tab) => on.includes(watched.get(tab).site) || stop(tab));
  }

  async function register() {
    follow();
    const matches = on.map((site) => `${site}/*`);
    if (!matches.length) return;
    const scripts = [
      { id: 'watched', js: ['watched/apps.js', 'watched/page.js'] },
      { id: 'hook', js: ['watched/hook.js'], world: 'MAIN' },
    ];
    const excludeMatches = wasm_bindgen.excluded_sites();
    await chrome.scripting.registerContentScripts(scripts.map((script) => ({ ...script, matches, excludeMatches, runAt: 'document_start' })));
  }

  /** Watches all calls of a tab with a site that is on and whose calls are not known beforehand; false for any other. */
  async function start(tab) {
    await ready;
    const { url } = await chrome.tabs.get(tab);
    const site = url && siteOf(url);
    if (!on.includes(site)) return false;
    if (watched.get(tab)?.site === site) return true;
    stop(tab);
    const own = ({ initiator }) => initiator && initiator !== 'null' && siteOf(initiator) === site;
    watched.set(tab, { site, remove: listen({ urls: ['<all_urls>'], tabId: tab }, (name, details) => own(details) && hear(name, details)) });
    chrome.tabs.onRemoved.addListener(stop);
    return true;
  }

  function stop(tab) {
    if (!watched.has(tab)) return;
    watched.get(tab).remove();
    watched.delete(tab);
    wasm_bindgen.watch_forget(tab);
    if (!watched.size) chrome.tabs.onRemoved.removeListener(stop);
  }

  // --- what a page says

  const closed = (tab, url) =>
    new Promise((resolve) => {
      const look = () => {
        if (wasm_bindgen.watch_is_open(tab, url)) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(() => resolve(waiting.delete(look)), PATIENCE_MS);
      waiting.add(look);
      look();
    });

  /** Waits for the browser's word on a call; resolves with whether it would have one. */
  async function isVisible(tab, url) {
    await closed(tab, url);
    return chrome.permissions.contains({ origins: [`${siteOf(url)}/*`] }).catch(() => true); // No address of the web.
  }

  // A page gets its card when there is something to tell, not before.
  async function show(surface, tellCore) {
    const effects = tellCore(surface);
    if (!effects) return;
    if (effects.some(({ paint }) => paint)) await dress(surface);
    await perform(effects);
  }

  async function dress({ tab, document }) {
    const target = { tabId: tab, documentIds: [document] };
    const reply = await chrome.tabs.sendMessage(tab, { kind: 'has_card' }, { documentId: document }).catch(() => undefined);
    if (reply?.there) return;
    await chrome.scripting.executeScript({ target, func: () => void (globalThis[Symbol.for('unstuck quiet')] = true) });
    await chrome.scripting.executeScript({ target, files: CONTENT_SCRIPTS });
  }

  const keptIn = (tab) => `typed:${tab}`;

  const isOn = ({ origin }) => origin && on.includes(siteOf(origin));

  Object.assign(FROM_PAGES, {
    async page_hello(_word, surface, sender) {
      if (!isOn(sender)) return;
      if (!apps.isKnown(siteOf(sender.origin))) await start(surface.tab);
      const key = keptIn(surface.tab);
      const { [key]: kept } = await chrome.storage.session.get(key);
      if (kept?.origin !== sender.origin) return;
      await dress(surface);
      const box = await tell(surface, { kind: 'ready_for', text: kept.text });
      const done = box?.there || (box?.ready && (await tell(surface, { kind: 'insert', text: kept.text }))?.done);
      if (!done) await step({ text_kept: { surface, text: kept.text } });
      await chrome.storage.session.remove(key);
    },
    // Somebody types: the card's frame is loaded before it is needed.
    async page_typing(_word, surface, sender) {
      if (isOn(sender) && !surface.frame) await dress(surface);
    },
    async page_failed(word, surface, sender) {
      const url = String(word?.url);
      if (!isOn(sender) || surface.frame || !URL.canParse(url) || url.length > 8192) return;
      const visible = await isVisible(surface.tab, url);
      await show(surface, () => wasm_bindgen.watch_failed(surface, siteOf(sender.origin), word.of === 'session', url, word, visible));
    },
    async page_said({ text }, surface, sender) {
      if (!isOn(sender) || surface.frame || typeof text !== 'string') return;
      await show(surface, () => wasm_bindgen.watch_said(surface, siteOf(sender.origin), text));
    },
    async page_answered(word, surface, sender) {
      if (isOn(sender)) await perform(wasm_bindgen.watch_answered(surface, siteOf(sender.origin), word?.of === 'session'));
    },
  });

  Object.assign(EFFECTS, {
    async reload_keeping({ surface }) {
      const { text } = (await tell(surface, { kind: 'typed' }).catch(() => undefined)) ?? {};
      const { url } = await chrome.tabs.get(surface.tab);
      if (text && url) await chrome.storage.session.set({ [keptIn(surface.tab)]: { origin: new URL(url).origin, text } });
      await chrome.tabs.reload(surface.tab);
    },
  });

  return { start, follow, register };
})();
