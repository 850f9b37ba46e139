// Keys, and asks that wait, at rest: encrypted with AES-GCM under a key that the browser holds and never gives out.
//
// This keeps a key from other contexts, from backups and from a search through the profile's files. It does not keep it
// from malware that runs as the person: nothing in a browser profile can.
const PREFIX = 'key:';
const FLUSH_MS = 2_000;

/** A text that was sealed. @typedef {{ iv: string, sealed: string }} Sealed */

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @type {Promise<CryptoKey> | undefined} */
let master;

function opened() {
  master ??= make().catch((error) => {
    // A failure is not kept: the next try may go well.
    master = undefined;
    throw error;
  });
  return master;
}

const make = () =>
  withKeys(async (database) => {
    const known = await find(database);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await done(database.transaction('keys', 'readwrite').objectStore('keys').put(made, 'master'));
    return made;
  });

/** @param {IDBDatabase} database @returns {Promise<CryptoKey | undefined>} */
const find = (database) => done(database.transaction('keys').objectStore('keys').get('master'));

/**
 * @template T
 * @param {(database: IDBDatabase) => Promise<T>} use
 */
async function withKeys(use) {
  const opening = indexedDB.open('vault');
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
  const database = await done(opening);
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

// Makes the browser write what its store holds in memory into a file, as it does after a database is deleted.
async function flush() {
  const opening = indexedDB.open('over');
  opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
  const database = await done(opening);
  await done(database.transaction('bytes', 'readwrite', { durability: 'strict' }).objectStore('bytes').put(crypto.getRandomValues(new Uint8Array(64)), 'any'));
  database.close();
  await done(indexedDB.deleteDatabase('over'));
  // It does so a moment later, and does not say when.
  await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
}

/**
 * @param {string} text
 * @returns {Promise<Sealed>}
 */
async function seal(text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await opened(), new TextEncoder().encode(text));
  return { iv: iv.toBase64(), sealed: new Uint8Array(sealed).toBase64() };
}

/**
 * No key is made for that: what another key has sealed would not open with it.
 * @param {Sealed} kept
 */
async function open({ iv, sealed }) {
  const key = await (master ?? withKeys(find));
  if (!key) throw new Error('no key');
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: Uint8Array.fromBase64(iv) }, key, Uint8Array.fromBase64(sealed));
  return new TextDecoder().decode(plain);
}

/**
 * What is sealed under this name, if it can still be opened.
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
async function opens(name) {
  const kept = /** @type {Sealed | undefined} */ ((await chrome.storage.local.get(name))[name]);
  return kept && open(kept).catch(() => undefined);
}

/** @param {string} name */
async function parsed(name) {
  const text = await opens(name);
  return text === undefined ? undefined : JSON.parse(text);
}

// --- keys

/**
 * @param {string} source
 * @param {string} text
 */
export async function keep(source, text) {
  // The same key again stays the key that it was.
  if ((await key(source)) !== text) await chrome.storage.local.set({ [PREFIX + source]: await seal(text) });
}

/**
 * A key that can no longer be opened is as good as none: the person pastes it again.
 * @param {string | undefined} source
 */
export const key = (source) => opens(PREFIX + source);

/**
 * A mark by which two keys are told apart: of the number that a key is sealed under, which is new each time and says nothing
 * of the key. Zero for no key.
 * @param {Sealed | undefined} kept
 */
const markOf = (kept) => (kept ? new DataView(Uint8Array.fromBase64(kept.iv).buffer).getUint32(0) || 1 : 0);

/**
 * A key and its mark.
 * @param {string} source
 */
export async function keyAndMark(source) {
  const name = PREFIX + source;
  const kept = /** @type {Sealed | undefined} */ ((await chrome.storage.local.get(name))[name]);
  const key = kept && (await open(kept).catch(() => undefined));
  return { key, mark: key === undefined ? 0 : markOf(kept) };
}

/** The mark of every key that is kept, by source. */
export async function marks() {
  const kept = Object.entries(/** @type {Record<string, Sealed>} */ (await chrome.storage.local.get()));
  return Object.fromEntries(kept.filter(([name]) => name.startsWith(PREFIX)).map(([name, sealed]) => [name.slice(PREFIX.length), markOf(sealed)]));
}

/** Ids of the sources whose key is kept. */
export async function sources() {
  const kept = Object.keys(await chrome.storage.local.get());
  return kept.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
}

/** @param {string} source */
export const forget = (source) => chrome.storage.local.remove(PREFIX + source);

/** All keys as they are now, to be put back when a change is taken back. Sealed as they are. */
export async function setAside() {
  const kept = Object.entries(await chrome.storage.local.get());
  await chrome.storage.local.set({ keys_aside: Object.fromEntries(kept.filter(([name]) => name.startsWith(PREFIX))) });
}

export const dropAside = () => chrome.storage.local.remove('keys_aside');

export async function putBack() {
  const { keys_aside: aside } = await chrome.storage.local.get('keys_aside');
  if (!aside) return; // The browser was started anew since, or another page made a change.
  await chrome.storage.local.remove([...(await sources()).map((source) => PREFIX + source), 'keys_aside']);
  await chrome.storage.local.set(aside);
}

// --- words of the person

/**
 * Asks and waits that outlive the browser: they hold the person's words, and lie beside the keys as safely.
 * @param {{ asks: unknown[], closed: unknown[] }} kept
 */
export async function keepLasting(kept) {
  if (kept.asks.length + kept.closed.length === 0) return chrome.storage.local.remove('lasting');
  await chrome.storage.local.set({ lasting: await seal(JSON.stringify(kept)) });
}

export const lasting = () => parsed('lasting');

/**
 * How the AI services have been doing: no words, but when the person asked.
 * @param {Uint8Array} bytes
 */
export const keepHealth = async (bytes) => chrome.storage.local.set({ health: await seal(bytes.toBase64()) });

/** What was kept of it; empty where there is nothing, or nothing that can be opened. */
export async function health() {
  const text = await opens('health');
  return text ? Uint8Array.fromBase64(text) : new Uint8Array();
}

/**
 * The last drafts, newest first.
 * @returns {Promise<any[]>}
 */
export const drafts = async () => (await parsed('drafts')) ?? [];

/** @param {unknown[]} drafts */
export async function keepDrafts(drafts) {
  if (drafts.length === 0) return chrome.storage.local.remove('drafts');
  await chrome.storage.local.set({ drafts: await seal(JSON.stringify(drafts)) });
}

/**
 * The key of all keys goes too: what was sealed with it can never be opened again. The browser's store only appends to its
 * files, and merges those of a database when it is deleted: what was in a file by then is written no more (measured).
 */
export async function destroy() {
  master = undefined;
  await flush();
  await done(indexedDB.deleteDatabase('vault'));
  await flush();
}
