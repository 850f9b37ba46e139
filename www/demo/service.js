// The scripted service, and the network in front of it: takes the place of `fetch` in this page, so that nothing leaves it.
import { FAULTS } from './faults.js';

/** @import { Fault, Reply } from './faults.js' */
/** @typedef {{ url: string, method: string, timeStamp: number, statusCode?: number, redirectUrl?: string, error?: string }} Details */

const WORD_MS = 70;
const REPLY_MS = 400;
const SITE = 'https://chat.example';

/** @param {number} ms */
const pause = (ms) => new Promise((over) => setTimeout(over, ms));

/** What an extension hears of a request from the browser. */
class Heard {
  /** @type {Set<(details: Details) => void>} */
  #listeners = new Set();
  addListener = (/** @type {(details: Details) => void} */ listener) => void this.#listeners.add(listener);
  removeListener = (/** @type {(details: Details) => void} */ listener) => void this.#listeners.delete(listener);
  /** @param {Details} details */
  tell(details) {
    for (const listener of this.#listeners) listener(details);
  }
}

const webRequest = {
  onBeforeRequest: new Heard(),
  onBeforeRedirect: new Heard(),
  onHeadersReceived: new Heard(),
  onResponseStarted: new Heard(),
  onCompleted: new Heard(),
  onErrorOccurred: new Heard(),
};

/**
 * @param {{ answer: string, long: string, note: (told: string) => void }} script What the service writes, the text that is too long for
 *   it, and who is told what went over the wire.
 */
export function service({ answer, long, note }) {
  /** @type {Fault} */
  let fault = { replies: [] };
  let asked = 0;
  let isOnline = true;

  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isOnline });
  const permissions = { contains: async () => !fault.noAccess };

  /**
   * @param {string} url
   * @param {RequestInit} init
   * @returns {Reply | undefined} Nothing for an answer without a fault.
   */
  function next(url, init) {
    if (!isOnline) return { error: 'net::ERR_INTERNET_DISCONNECTED' };
    const isAsk = init.method === 'POST';
    const isFirst = new URL(url).hostname === 'api.openai.com';
    if (!isAsk) return fault.portal ? { redirect: fault.portal } : { status: 204 };
    if (!isFirst || (fault.isTooLong && !String(init.body).includes(long))) return undefined;
    const reply = fault.replies[fault.lasts ? Math.min(asked, fault.replies.length - 1) : asked];
    asked++;
    return reply;
  }

  /**
   * @param {string} url
   * @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  async function answered(url, init = {}) {
    const details = () => ({ url, method: init.method ?? 'GET', timeStamp: Date.now() });
    const host = new URL(url).hostname;
    webRequest.onBeforeRequest.tell(details());
    const reply = next(url, init);
    note(`→ ${host}`);
    await pause(REPLY_MS);
    init.signal?.throwIfAborted();
    if (reply?.redirect) {
      note(`← 302 ${new URL(reply.redirect).hostname}`);
      webRequest.onBeforeRedirect.tell({ ...details(), statusCode: 302, redirectUrl: reply.redirect });
      return Response.error();
    }
    if (reply?.error && !reply.cutAfter) {
      note(`← ${reply.error}`);
      if (fault.noAccess) webRequest.onHeadersReceived.tell(details());
      webRequest.onErrorOccurred.tell({ ...details(), error: reply.error });
      throw new TypeError('Failed to fetch');
    }
    if (reply?.thrown) {
      note(`← ${reply.thrown}`);
      webRequest.onErrorOccurred.tell(details());
      throw Object.assign(new Error(reply.thrown), { name: reply.thrown });
    }
    webRequest.onHeadersReceived.tell(details());
    webRequest.onResponseStarted.tell(details());
    if (reply && !reply.cutAfter) {
      const wait = reply.headers?.['retry-after'];
      note(`← ${reply.status}${wait ? `, retry-after: ${wait}` : ''}`);
      webRequest.onCompleted.tell(details());
      return from(url, new Response(reply.status === 204 ? null : reply.body, { status: reply.status, headers: reply.headers }));
    }
    note('← 200');
    const isRest = String(init.body).includes('"assistant"');
    const words = wordsOf(answer).slice(isRest ? (fault.replies[0]?.cutAfter ?? 0) : 0).slice(0, reply?.cutAfter);
    const body = stream(words, url, init.signal ?? undefined, () => {
      if (!reply?.error) return webRequest.onCompleted.tell(details());
      note(`← ${reply.error}`);
      webRequest.onErrorOccurred.tell({ ...details(), error: reply.error });
      throw new TypeError('network error');
    });
    return new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } });
  }

  /** @type {any} */ (globalThis).fetch = answered;

  return {
    network: { webRequest, permissions },
    site: SITE,
    /** @param {string} id */
    breakIt(id) {
      fault = FAULTS[id];
      asked = 0;
      isOnline = !fault.isOffline;
    },
    mend() {
      fault = { replies: [] };
    },
    /** @param {boolean} on */
    connect(on) {
      isOnline = on;
      if (on && fault.isOffline) fault = { replies: [] };
    },
    isOnline: () => isOnline,
  };
}

/**
 * The words of a text, each with the space behind it; of one without spaces, as its language has them.
 * @param {string} text
 */
function wordsOf(text) {
  if (text.includes(' ')) return text.split(/(?<= )/);
  return [...new Intl.Segmenter(document.documentElement.lang, { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}

/**
 * A response that says where it came from.
 * @param {string} url
 * @param {Response} response
 */
const from = (url, response) => Object.defineProperty(response, 'url', { value: url.split('#')[0] });

/**
 * The words as the service streams them, in its own dialect.
 * @param {string[]} words
 * @param {string} url
 * @param {AbortSignal | undefined} signal
 * @param {() => void} over Throws when the stream is cut.
 */
function stream(words, url, signal, over) {
  const isAnthropic = new URL(url).hostname === 'api.anthropic.com';
  const event = (/** @type {object} */ data) => new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`);
  const piece = (/** @type {string} */ text) => (isAnthropic ? event({ type: 'content_block_delta', delta: { type: 'text_delta', text } }) : event({ choices: [{ delta: { content: text } }] }));
  return new ReadableStream({
    async start(controller) {
      try {
        for (const word of words) {
          await pause(WORD_MS);
          signal?.throwIfAborted();
          controller.enqueue(piece(word));
        }
        over();
        controller.enqueue(isAnthropic ? event({ type: 'message_stop' }) : new TextEncoder().encode('data: [DONE]\n\n'));
        controller.close();
      } catch (error) {
        controller.error(error);
      }
    },
  });
}
