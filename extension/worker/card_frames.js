// The frames of the cards: which document of ours shows the card of which page, and which pages cannot have one.
//
// A frame is served when it brings the token that the content script of its page has told us of, once. What belongs together is
// kept in `storage.session`, which pages cannot read: a worker that was put to sleep knows it still.
const PAGE = `chrome-extension://${chrome.runtime.id}/card.html`;
const PATIENCE_MS = 3_000;

/**
 * Tokens that pages have told of.
 * @type {Map<string, Surface>}
 */
const expected = new Map();

/**
 * Frames that wait for theirs to be told.
 * @type {Map<string, () => void>}
 */
const waiting = new Map();

/**
 * A few entries of the session storage, at hand.
 * @type {Map<string, any>}
 */
const cache = new Map();

/** @param {string} name */
async function kept(name) {
  if (!cache.has(name)) cache.set(name, (await chrome.storage.session.get(name))[name]);
  return cache.get(name);
}

/** @param {Record<string, unknown>} entries */
function keep(entries) {
  for (const [name, value] of Object.entries(entries)) cache.set(name, value);
  return chrome.storage.session.set(entries);
}

/** @type {() => Promise<Surface[]>} */
const refused = async () => (await kept('refused')) ?? [];

/** @param {Surface} surface */
const frameOf = ({ document }) => `frame:${document}`;

/** @param {string | undefined} document */
const ownerOf = (document) => `owner:${document}`;

/**
 * The frame and the page speak for themselves: either may be heard first.
 * @param {string} token
 */
async function claim(token) {
  if (!expected.has(token)) {
    await new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      waiting.set(token, resolve);
      setTimeout(resolve, PATIENCE_MS);
    });
    waiting.delete(token);
  }
  const surface = expected.get(token);
  expected.delete(token);
  return surface;
}

/** @param {chrome.runtime.MessageSender} sender */
export const isCard = ({ url }) => url?.split('#')[0] === PAGE;

/**
 * The page of this surface has loaded a frame that brings this token; without one it can have no frame.
 * @param {Surface} surface
 * @param {unknown} token
 */
export async function expect(surface, token) {
  const others = (await refused()).filter(({ document }) => document !== surface.document);
  if (typeof token !== 'string') return keep({ refused: [...others, surface] });
  expected.set(token, surface);
  waiting.get(token)?.();
  if ((await kept('refused'))?.length !== others.length) await keep({ refused: others });
}

/** @param {Surface} surface */
export const isExpected = ({ document }) => [...expected.values()].some((surface) => surface.document === document);

/**
 * A frame brings its token, once: from now on it shows the card of the page that told of it.
 * @param {string} token
 * @param {chrome.runtime.MessageSender} sender
 */
export async function join(token, { tab, documentId, frameId }) {
  const surface = await claim(token);
  if (!surface || surface.tab !== tab?.id || !frameId) throw new Error('unknown card');
  await keep({ [frameOf(surface)]: documentId, [ownerOf(documentId)]: surface });
  return surface;
}

/**
 * The surface whose card this document shows.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Surface>}
 */
export async function surfaceOf({ documentId }) {
  const surface = await kept(ownerOf(documentId));
  if (!surface) throw new Error('unknown card');
  return surface;
}

/**
 * The document that shows the card of this surface.
 * @type {(surface: Surface) => Promise<string | undefined>}
 */
export const documentFor = (surface) => kept(frameOf(surface));

/**
 * The surfaces of a tab that can have no frame: the popup shows their cards.
 * @param {number} tab
 */
export const refusedIn = async (tab) => (await refused()).filter((surface) => surface.tab === tab);

/** @param {Surface} surface */
export async function forget(surface) {
  const names = [frameOf(surface), ownerOf(await kept(frameOf(surface)))];
  for (const name of names) cache.delete(name);
  await chrome.storage.session.remove(names);
  const before = await refused();
  const others = before.filter(({ document }) => document !== surface.document);
  if (others.length !== before.length) await keep({ refused: others });
}
