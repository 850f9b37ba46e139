// The browser's own model behind the shape of a call: the core asks and reads it as it does any other source. The browser gives
// it to the workers of extensions, so that no page has to be open for it.
const ownModel = (() => {
  const READS_TEXT = { expectedInputs: [{ type: 'text' }], expectedOutputs: [{ type: 'text' }] };

  const missing = (message) => {
    throw new DOMException(message, 'NotSupportedError');
  };

  async function availability() {
    if (typeof LanguageModel === 'undefined') missing('The browser has no model of its own.');
    return LanguageModel.availability(READS_TEXT);
  }

  const json = (answer) => new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });

  // What it can do, as a list of models. Only an attempt to begin says why it is not there.
  async function list(signal) {
    const state = await availability();
    if (state === 'available') return json({ models: [{ name: 'built-in' }] });
    if (state === 'unavailable') (await LanguageModel.create({ ...READS_TEXT, signal })).destroy();
    return json({ download: state });
  }

  async function download(tell) {
    const monitor = (event) => event.addEventListener('downloadprogress', ({ loaded }) => tell(loaded));
    (await LanguageModel.create({ ...READS_TEXT, monitor })).destroy();
    return list();
  }

  async function answer({ messages: [system, ...turns] }, signal) {
    // An ask never begins a download: that is the person's press.
    if ((await availability()) !== 'available') missing('The model was not downloaded yet.');
    const session = await LanguageModel.create({ ...READS_TEXT, initialPrompts: [system], signal });
    const stream = session.promptStreaming(turns, { signal }).getReader();
    const next = () => stream.read().catch((error) => (session.destroy(), Promise.reject(error)));
    let first = await next();
    const line = (said) => new TextEncoder().encode(`${JSON.stringify(said)}\n`);
    const body = new ReadableStream({
      async pull(lines) {
        const { done, value } = first ?? (await next());
        first = undefined;
        if (!done) return lines.enqueue(line({ message: { content: value } }));
        lines.enqueue(line({ done: true }));
        lines.close();
        session.destroy();
      },
      cancel: () => session.destroy(),
    });
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
  }

  return { ask: (body, signal) => (body === undefined ? list(signal) : answer(JSON.parse(body), signal)), download };
})();

Object.assign(PAGES, {
  // The person pressed: the reply stays open, and with it the worker, until the model is there.
  async options_download({ page, guided }) {
    const tell = (share) => {
      wasm_bindgen.options_downloading(page, share);
      chrome.runtime.sendMessage({ kind: 'options_changed' }).catch(() => {}); // Nobody listens once it is closed.
    };
    const failed = await ownModel.download(tell).then(() => undefined, (error) => error);
    wasm_bindgen.options_downloaded(page, failed?.name, failed?.message);
    return optionsView(page, guided);
  },
});
