// The ladder's part of the worker: performs what its steps need, and tells its page how they stand.
const ladder = (() => {
  // Of a page that is read, as much as any status page needs, and so long it is waited for.
  const MOST_BYTES = 512 * 1024;
  const PATIENCE_MS = 8_000;
  // An extension that was switched needs a moment to take hold or to let go.
  const SETTLE_MS = 300;

  // The ladders of an earlier life of the worker.
  let restored;
  const restore = () =>
    (restored ??= chrome.storage.session.get('ladders').then(({ ladders }) => {
      if (ladders) wasm_bindgen.ladder_restore(fromBase64(ladders));
    }));

  const keep = () => chrome.storage.session.set({ ladders: wasm_bindgen.ladder_journal().toBase64() });

  let shown;
  function refresh() {
    if (shown === undefined) return;
    const message = { kind: 'paint_ladder', call: shown, view: wasm_bindgen.ladder_view(shown) };
    chrome.runtime.sendMessage(message).catch(() => (shown = undefined)); // Nobody listens once it is closed.
  }

  async function readPage(url) {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const { ok, body } = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal });
      const [reader, decoder] = [body.getReader(), new TextDecoder()];
      let [text, bytes] = ['', 0];
      while (ok && bytes < MOST_BYTES) {
        const { done, value } = await reader.read();
        if (done) break;
        text += decoder.decode(value.subarray(0, MOST_BYTES - bytes), { stream: true });
        bytes += value.length;
      }
      reader.cancel().catch(() => {});
      return ok ? text : undefined;
    } catch {
      return undefined;
    }
  }

  // What is switched off is written down before: a later life of the worker, or of the browser, switches it on again.
  async function switchExtensions(on, off, last) {
    const { switched_off: before = [] } = await chrome.storage.local.get('switched_off');
    await chrome.storage.local.set({ switched_off: [...new Set([...before, ...off])] });
    const stuck = [];
    for (const [ids, enabled] of [[off, false], [on, true]]) {
      for (const id of ids) {
        const known = await chrome.management.get(id).catch(() => undefined);
        if (!known || known.enabled === enabled) continue;
        await chrome.management.setEnabled(id, enabled).catch(() => enabled && stuck.push(known.name));
      }
    }
    if (last && !stuck.length) await chrome.storage.local.remove('switched_off');
    else await new Promise((settled) => setTimeout(settled, SETTLE_MS));
    return stuck;
  }

  async function switchOnAgain() {
    const { switched_off: off } = await chrome.storage.local.get('switched_off');
    if (off && chrome.management) await switchExtensions(off, [], true);
  }

  // Runs in the page, where other extensions see the call.
  const tryHere = (url) => fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(8_000) }).then(() => true, () => false);

  // Each gives what it leads to: more effects, or something for the page.
  const STEPS = {
    press: ({ surface, then }) => step({ pressed: { surface, press: then } }),
    async read_pages({ urls }, { call }) {
      const answers = await Promise.all(urls.map(readPage));
      const clock = new Date().toLocaleTimeString(chrome.i18n.getUILanguage(), { hour: '2-digit', minute: '2-digit' });
      return wasm_bindgen.ladder_pages(call, answers, clock);
    },
    probe: (_, { call }) => wasm_bindgen.ladder_probe(call),
    check_api: async ({ source }, { call }) => wasm_bindgen.ladder_check_api(call, source, await vault.key(source)),
    async list_extensions(_, { call }) {
      const all = await chrome.management?.getAll();
      const others = all?.filter(({ id, type, enabled, mayDisable }) => type === 'extension' && enabled && mayDisable && id !== chrome.runtime.id);
      return wasm_bindgen.ladder_extensions(call, others);
    },
    async switch_extensions({ on, off, last }, { call }) {
      return wasm_bindgen.ladder_switched(call, await switchExtensions(on, off, last));
    },
    async try_call({ source }, { call }) {
      return wasm_bindgen.ladder_tried(call, await wasm_bindgen.ladder_try(call, source, await vault.key(source)));
    },
    async try_in_page({ surface, url }, { call }) {
      const target = { tabId: surface.tab, documentIds: [surface.document] };
      const [ran] = await chrome.scripting.executeScript({ target, func: tryHere, args: [url] }).catch(() => []);
      return wasm_bindgen.ladder_tried(call, ran?.result ?? undefined);
    },
    async clear_site({ origin }, { call }) {
      const what = { cache: true, cacheStorage: true, cookies: true, fileSystems: true, indexedDB: true, localStorage: true, serviceWorkers: true };
      const done = chrome.browsingData?.remove({ origins: [origin] }, what).then(() => true, () => false);
      return wasm_bindgen.ladder_cleared(call, (await done) ?? false);
    },
    open_privately: ({ url }) => void chrome.windows.create({ url, incognito: true }).catch(() => {}),
    open_report: ({ call }) => void chrome.tabs.create({ url: chrome.runtime.getURL(`report.html?call=${call}`) }),
    open_rules: ({ source }) => void chrome.tabs.create({ url: chrome.runtime.getURL(`options.html#${source ? `rules-${source}` : 'retry'}`) }),
    open_welcome: () => void chrome.tabs.create({ url: chrome.runtime.getURL('welcome.html') }),
    open_page: ({ url }) => void chrome.tabs.create({ url }),
    copy: ({ text }, reply) => void (reply.copy = text),
    copy_report: async (_, reply) => void (reply.copy = await report.text(reply.call)),
    save: (file, reply) => void (reply.save = file),
  };

  async function climb(effects, reply) {
    for (const effect of effects ?? []) {
      const [kind, data] = partsOf(effect);
      refresh();
      const more = await STEPS[kind](data, reply);
      await keep();
      await climb(more, reply);
    }
  }

  // Nothing waits for it.
  async function lookUp(call) {
    await restore();
    await climb(wasm_bindgen.ladder_look_up(call), { call });
    await keep();
  }

  ready.then(switchOnAgain);
  chrome.runtime.onStartup.addListener(() => {}); // Begins a life of the worker with the browser's.

  Object.assign(EFFECTS, {
    open_troubleshooter: ({ call, step }) => open(call, step),
    look_up: ({ call }) => void lookUp(call).catch((error) => console.debug('Unstuck: status page', error)),
  });

  Object.assign(PAGES, {
    async ladder({ fields: { call } }) {
      await restore();
      shown = Number(call);
      return { view: wasm_bindgen.ladder_view(shown) };
    },
    async ladder_press({ press, fields: { call } }) {
      await restore();
      shown = Number(call);
      const reply = { call: shown };
      await climb(wasm_bindgen.ladder_press(shown, press), reply);
      await keep();
      return { ...reply, view: wasm_bindgen.ladder_view(shown) };
    },
  });

  const open = (call, step) => chrome.tabs.create({ url: chrome.runtime.getURL(`ladder.html?call=${call}${step ? `&step=${step}` : ''}`) });

  return { open, refresh, restore };
})();
