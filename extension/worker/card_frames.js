// The frames of the cards: which document of ours shows the card of which page, and which pages cannot have one.
//
// A frame is served when it brings the token that the content script of its page has told us of, once. What belongs together is
// kept in `storage.session`, which pages cannot read: a worker that was put to sleep knows it still.
const PAGE = `chrome-extension://${chrome.runtime.id}/card.html`;
const PATIENCE_MS = 3_000;

/**
 * Tokens that pages have told of.
 * @type {Map<string, FrameRef>}
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

/** @type {() => Promise<FrameRef[]>} */
const refused = async () => (await kept('refused')) ?? [];

/** @param {FrameRef} frame */
const cardKey = ({ document }) => `frame:${document}`;

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
  const frame = expected.get(token);
  expected.delete(token);
  return frame;
}

/** @param {chrome.runtime.MessageSender} sender */
export const isCard = ({ url }) => url?.split('#')[0] === PAGE;

/**
 * The page has loaded a card that brings this token; without one it can have none.
 * @param {FrameRef} frame
 * @param {unknown} token
 */
export async function expect(frame, token) {
  const others = (await refused()).filter(({ document }) => document !== frame.document);
  if (typeof token !== 'string') return keep({ refused: [...others, frame] });
  expected.set(token, frame);
  waiting.get(token)?.();
  if ((await kept('refused'))?.length !== others.length) await keep({ refused: others });
}

/** @param {FrameRef} frame */
export const isExpected = ({ document }) => [...expected.values()].some((frame) => frame.document === document);

/**
 * A frame brings its token, once: from now on it shows the card of the page that told of it.
 * @param {string} token
 * @param {chrome.runtime.MessageSender} sender
 */
export async function join(token, { tab, documentId, frameId }) {
  const frame = await claim(token);
  if (!frame || frame.tab !== tab?.id || !frameId) throw new Error('unknown card');
  await keep({ [cardKey(frame)]: documentId, [ownerOf(documentId)]: frame });
  return frame;
}

/**
 * The frame whose card this document shows.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<FrameRef>}
 */
export async function frameOf({ documentId }) {
  const frame = await kept(ownerOf(documentId));
  if (!frame) throw new Error('unknown card');
  return frame;
}

/**
 * The document that shows the card of this frame.
 * @type {(frame: FrameRef) => Promise<string | undefined>}
 */
export const documentFor = (frame) => kept(cardKey(frame));

/**
 * The frames of a tab that can have no card of their own: the popup shows it.
 * @param {number} tab
 */
export const refusedIn = async (tab) => (await refused()).filter((frame) => frame.tab === tab);

/** @param {FrameRef} frame */
export async function forget(frame) {
  const names = [cardKey(frame), ownerOf(await kept(cardKey(frame)))];
  for (const name of names) cache.delete(name);
  await chrome.storage.session.remove(names);
  const before = await refused();
  const others = before.filter(({ document }) => document !== frame.document);
  if (others.length !== before.length) await keep({ refused: others });
}
