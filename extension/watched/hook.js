// In the page's own world: hears which of its calls fail, and hands over the first of what they say. It changes no result
// and no error, and looks into no answer that is good; of a socket it knows when words came and went, and no word.

/** @typedef {{ to: string, answer: string, session: string, signIn: string, socket: string }} Rules */
/** @typedef {'answer' | 'session'} Of */

// What a page could put its own hand on later, and so learn where this script speaks to.
const { CustomEvent, document } = globalThis;
const { apply, construct } = Reflect;
const { dispatchEvent } = document;
const once = { once: true };
/** @type {Record<string, unknown>} */
const failed = {};
/** @type {Rules} */
let rules;
/** @type {unknown} */
let signedIn;

/**
 * @param {string} name
 * @param {object} [word]
 */
const say = (name, word) => apply(dispatchEvent, document, [new CustomEvent(name, { detail: JSON.stringify(word) })]);

// The extension's own script gives its rules before any script of the page runs, and the name under which it listens.
document.addEventListener(
  'unstuck-rules',
  (event) => {
    rules = JSON.parse(/** @type {CustomEvent} */ (event).detail);
    say(rules.to, {});
  },
  once,
);
say('unstuck-hook');

/** @param {keyof Rules} kind @param {string} url */
const is = (kind, url) => url.match(rules[kind]);
/** @param {string} url */
const bareOf = (url) => url.split(/[?#]/)[0];

/**
 * What is to be done with a call to this address when it comes to its end; nothing where it does not matter.
 * @param {any} target
 */
function caller(target) {
  try {
    const { href } = new URL(target.url ?? target, document.baseURI);
    const bare = bareOf(href);
    const of = is('answer', bare) ? 'answer' : is('session', bare) && 'session';
    /** @param {object} [word] */
    const fail = (word) => (failed[/** @type {Of} */ (of)] = say(rules.to, { of, url: href, ...word }));
    return (
      of && {
        fail,
        /**
         * A session that is empty, where there was one before, has ended.
         * @param {number} status
         * @param {string} end
         * @param {unknown} headers
         * @param {any} length
         * @param {() => string | Promise<string>} body
         */
        async came(status, end, headers, length, body) {
          const ok = status < 400;
          const empty = of === 'session' && length && length < 5;
          const out = empty ? signedIn : end !== href && is('signIn', end);
          if (!ok || out) return fail({ status, out, headers, body: ok ? '' : (await body()).slice(0, 4096) });
          if (of === 'session') signedIn = !empty;
          if (failed[of]) say(rules.to, { of, ok });
          failed[of] = 0;
        },
      }
    );
  } catch {}
}

/**
 * Of a copy, so that the page reads the whole.
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 */
async function first(reader) {
  const { value } = await reader.read();
  reader.cancel();
  return new TextDecoder().decode(value);
}

/**
 * @param {any} owner
 * @param {string} name
 * @param {(result: any, args: any[], self: any) => unknown} run
 */
const wrap = (owner, name, run) => {
  owner[name] = new Proxy(owner[name], { apply: (target, self, args) => run(apply(target, self, args), args, self) });
};

wrap(globalThis, 'fetch', (/** @type {Promise<Response>} */ sent, [target]) => {
  const call = caller(target);
  if (!call) return sent;
  return sent.then(
    (answer) => {
      const { status, url, headers, ok } = answer;
      const copy = !ok && answer.body && answer.clone().body?.getReader();
      if (status) call.came(status, url, [...headers], headers.get('content-length'), () => (copy ? first(copy) : '')).catch(() => {});
      return answer;
    },
    (error) => {
      // What has no name is a page's own reason to stop.
      const { name, message } = Object(error);
      if (name && name !== 'AbortError') call.fail({ name, message });
      throw error;
    },
  );
});

wrap(XMLHttpRequest.prototype, 'open', (opened, args, /** @type {XMLHttpRequest} */ self) => {
  const call = caller(args[1]);
  if (call) {
    const came = () => {
      const body = () => (self.responseType ? '' : self.responseText);
      call.came(self.status, self.responseURL, self.getAllResponseHeaders(), self.getResponseHeader('content-length'), body);
    };
    self.addEventListener('load', came, once);
    self.addEventListener('error', () => call.fail(), once);
  }
  return opened;
});

/** @type {WeakMap<WebSocket, any>} */
const sockets = new WeakMap();

globalThis.WebSocket = WebSocket.prototype.constructor = new Proxy(WebSocket, {
  construct(target, args, made) {
    const socket = construct(target, args, made);
    try {
      const { url } = socket;
      if (is('socket', bareOf(url))) {
        const word = { of: 'socket', url, sent: 0, came: 0 };
        sockets.set(socket, word);
        socket.addEventListener('message', () => {
          if (word.sent >= word.came) say(rules.to, word);
          word.came = Date.now();
        });
        socket.addEventListener('close', (/** @type {CloseEvent} */ { code, reason }) => say(rules.to, Object.assign(word, { code, reason })), once);
      }
    } catch {}
    return socket;
  },
});

// What is sent on a socket that is closed goes nowhere, without an error.
wrap(WebSocket.prototype, 'send', (_, __, self) => {
  const word = sockets.get(self) ?? {};
  word.sent = Date.now();
  if (word.code) say(rules.to, word);
});
