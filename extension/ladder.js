// The ladder's part of the worker: performs what its steps need, and tells its page how they stand.
const ladder = (() => {
  // Of a page that is read, as much as any status page needs, and so long it is waited for.
  const MOST_BYTES = 512 * 1024;
  const PATIENCE_MS = 8_000;

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
    open_page: ({ url }) => void chrome.tabs.create({ url }),
    copy: ({ text }, reply) => void (reply.copy = text),
    copy_report: async (_, reply) => void (reply.copy = await report.text(reply.call)),
    save: (file, reply) => void (reply.save = file),
  };

  async function climb(effects, reply) {
    for (const effect of effects ?? []) {
      const [kind, data] = typeof effect === 'string' ? [effect] : Object.entries(effect)[0];
      refresh();
      const more = await STEPS[kind](data, reply);
      await keep();
      await climb(more, reply);
    }
  }

  Object.assign(EFFECTS, {
    open_ladder: ({ call }) => open(call),
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

  const open = (call) => chrome.tabs.create({ url: chrome.runtime.getURL(`ladder.html?call=${call}`) });

  return { open, refresh, restore };
})();
