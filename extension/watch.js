// Watches the calls of pages on sites that the person switched on, and explains those that fail. Nothing is listened to
// before a tab is watched, and nothing after the last one is let go.
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
  // The page's exception may come before the browser's event: so long it is waited for, in milliseconds.
  const PATIENCE_MS = 250;

  const watched = new Map();
  const waiting = new Set();

  // Sites are switched on by scheme and host, as in a match pattern without a port.
  const siteOf = (url) => {
    const { protocol, hostname } = new URL(url);
    return `${protocol}//${hostname}`;
  };

  function listen(tabId, site) {
    const listeners = Object.entries(EVENTS).map(([event, name]) => {
      const listener = (details) => {
        if (!details.initiator || details.initiator === 'null' || siteOf(details.initiator) !== site) return;
        if (wasm_bindgen.watch_hear(name, details)) waiting.forEach((look) => look());
      };
      const headers = event === 'onHeadersReceived' || event === 'onCompleted' ? ['responseHeaders'] : [];
      // Without `extraHeaders` the browser keeps preflights to itself.
      chrome.webRequest[event].addListener(listener, { urls: ['<all_urls>'], types: TYPES, tabId }, [...headers, 'extraHeaders']);
      return () => chrome.webRequest[event].removeListener(listener);
    });
    return () => listeners.forEach((remove) => remove());
  }

  const ended = (tab, url) =>
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

  /** Watches a tab that shows a site which is switched on; false, and nothing is listened to, for any other. */
  async function start(tab) {
    await ready;
    const { url } = await chrome.tabs.get(tab);
    const { settings } = await chrome.storage.local.get('settings');
    if (!url || !settings?.sites?.includes(siteOf(url))) return false;
    stop(tab);
    watched.set(tab, listen(tab, siteOf(url)));
    chrome.tabs.onRemoved.addListener(stop);
    return true;
  }

  function stop(tab) {
    if (!watched.has(tab)) return;
    watched.get(tab)();
    watched.delete(tab);
    wasm_bindgen.watch_forget(tab);
    if (!watched.size) chrome.tabs.onRemoved.removeListener(stop);
  }

  /** The report of a call in a watched tab, with the exception that the page got, if it got one. */
  async function explain(tab, url, { name, message } = {}) {
    if (!watched.has(tab)) return undefined;
    await ended(tab, url);
    const origins = [`${siteOf(url)}/*`];
    const visible = await chrome.permissions.contains({ origins }).catch(() => true); // No address of the web.
    return wasm_bindgen.watch_explain(tab, url, name, message, visible);
  }

  return { start, stop, explain };
})();
