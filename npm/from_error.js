// The facts of a failed call, from the exception that a client threw.

/** How many causes of an exception are looked through. */
const DEPTH = 8;

/**
 * Reads what an exception tells: status, headers and answer of an SDK's error, and the exceptions that it came from.
 * @param {any} error
 * @param {Record<string, unknown>} [known]
 */
export function fromError(error, known = {}) {
  const chain = chainOf(error);
  const first = (/** @type {(one: any) => unknown} */ read) => chain.map(read).find((found) => found !== undefined && found !== null);
  const status = first((one) => one.status ?? one.statusCode ?? one.response?.status);
  const failure = {
    status: Number.isInteger(status) ? status : undefined,
    headers: headersOf(first((one) => one.headers ?? one.response?.headers)),
    body: bodyOf(chain),
    error_name: nameOf(chain),
    message: messageOf(chain),
    aborted: chain.some((one) => nameOfOne(one) === 'AbortError') || undefined,
    online: globalThis.navigator?.onLine === false ? false : undefined,
    context: 'document' in globalThis ? 'page' : 'process' in globalThis ? 'native' : undefined,
    now_ms: Date.now(),
  };
  return Object.fromEntries(Object.entries({ ...failure, ...known }).filter(([, value]) => value !== undefined));
}

/**
 * The exception, what caused it, what caused that, and what an AggregateError holds.
 * @param {any} error
 */
function chainOf(error) {
  /** @type {any[]} */
  const chain = [];
  const waiting = [error];
  while (waiting.length > 0 && chain.length < DEPTH) {
    const one = waiting.shift();
    if (one === undefined || one === null || chain.includes(one)) continue;
    chain.push(typeof one === 'object' ? one : { message: String(one) });
    waiting.push(one.cause, ...(Array.isArray(one.errors) ? one.errors : []));
  }
  return chain;
}

/** @param {any} headers */
function headersOf(headers) {
  if (!headers || typeof headers !== 'object') return undefined;
  const pairs = typeof headers.entries === 'function' ? [...headers.entries()] : Object.entries(headers);
  return Object.fromEntries(pairs.map(([name, value]) => [String(name).toLowerCase(), value]));
}

/**
 * The answer of the service: whole where a client keeps it, else the error inside it.
 * @param {any[]} chain
 */
function bodyOf(chain) {
  for (const one of chain) {
    const body = one.body ?? one.responseBody ?? one.response?.data ?? one.data;
    if (typeof body === 'string') return body;
    if (isRecord(body)) return JSON.stringify(body);
    // The SDK of OpenAI keeps what stands under `error`, that of Anthropic the whole answer.
    if (isRecord(one.error)) return JSON.stringify('error' in one.error ? one.error : { error: one.error });
    if (typeof one.error === 'string') return one.error;
  }
  return undefined;
}

/** @param {unknown} value */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The name that tells most: the innermost that is more than `Error`.
 * @param {any[]} chain
 */
function nameOf(chain) {
  return chain.map(nameOfOne).filter((name) => name && !['Error', 'Object', 'undefined'].includes(name)).at(-1);
}

/**
 * SDKs leave the name at `Error` and tell an abort and a time-out by their classes.
 * @param {any} one
 * @returns {string | undefined}
 */
function nameOfOne(one) {
  const name = String((one.name !== 'Error' && one.name) || one.constructor?.name);
  if (/UserAbort/.test(name)) return 'AbortError';
  return /Timeout/.test(name) ? 'TimeoutError' : name;
}

/**
 * What each of them says, outermost first, with the codes of the system (`ECONNREFUSED`).
 * @param {any[]} chain
 */
function messageOf(chain) {
  const parts = chain.flatMap(({ message, code }) => [message, typeof code === 'string' ? code : undefined]);
  /** @type {string[]} */
  const said = [];
  for (const part of parts) {
    if (part && !said.some((known) => known.includes(part))) said.push(String(part));
  }
  return said.length > 0 ? said.join(': ') : undefined;
}
