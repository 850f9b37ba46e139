// The browser's own model behind the shape of a call: the core asks and reads it as it does any other source. The browser gives
// it to the workers of extensions, so that no page has to be open for it.
const READS_TEXT = { expectedInputs: [{ type: 'text' }], expectedOutputs: [{ type: 'text' }] };

/** @param {string} message */
function missing(message) {
  return new DOMException(message, 'NotSupportedError');
}

async function availability() {
  if (typeof LanguageModel === 'undefined') throw missing('The browser has no model of its own.');
  return LanguageModel.availability(READS_TEXT);
}

/** @param {object} answer */
const json = (answer) => new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });

/**
 * What it can do, as a list of models. Only an attempt to begin says why it is not there.
 * @param {AbortSignal} [signal]
 */
async function list(signal) {
  const state = await availability();
  if (state === 'available') return json({ models: [{ name: 'built-in' }] });
  if (state === 'unavailable') (await LanguageModel.create({ ...READS_TEXT, signal })).destroy();
  return json({ download: state });
}

/**
 * Has the browser load the model, and tells which share of it is there.
 * @param {(share: number) => void} tell
 */
export async function download(tell) {
  /** @param {EventTarget} event */
  const monitor = (event) => event.addEventListener('downloadprogress', (progress) => tell(/** @type {ProgressEvent} */ (progress).loaded));
  (await LanguageModel.create({ ...READS_TEXT, monitor })).destroy();
  return list();
}

/**
 * @param {{ messages: unknown[] }} asked
 * @param {AbortSignal} signal
 */
async function answer({ messages: [system, ...turns] }, signal) {
  // An ask never begins a download: that is the person's press.
  if ((await availability()) !== 'available') throw missing('The model was not downloaded yet.');
  const session = await LanguageModel.create({ ...READS_TEXT, initialPrompts: [system], signal });
  const stream = session.promptStreaming(turns, { signal }).getReader();
  /** @returns {Promise<ReadableStreamReadResult<string>>} */
  const next = () =>
    stream.read().catch((error) => {
      session.destroy();
      throw error;
    });
  /** @type {ReadableStreamReadResult<string> | undefined} */
  let first = await next();
  /** @param {object} said */
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

/**
 * A call as the core makes it: without a body it asks what there is.
 * @param {string | undefined} body
 * @param {AbortSignal} signal
 */
export const ask = (body, signal) => (body === undefined ? list(signal) : answer(JSON.parse(body), signal));
