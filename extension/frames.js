// The frames of the cards: which document of ours shows the card of which page, and which pages cannot have one.
//
// A frame is served when it brings the token that the content script of its page has told us of, once. What belongs together is
// kept in `storage.session`, which pages cannot read: a worker that was put to sleep knows it still.
const frames = (() => {
  const PAGE = `chrome-extension://${chrome.runtime.id}/card.html`;
  const PATIENCE_MS = 3_000;

  // Tokens that pages have told of, and frames that wait for theirs to be told.
  const expected = new Map();
  const waiting = new Map();

  // A few entries of the session storage, at hand.
  const cache = new Map();
  async function kept(name) {
    if (!cache.has(name)) cache.set(name, (await chrome.storage.session.get(name))[name]);
    return cache.get(name);
  }
  function keep(entries) {
    Object.entries(entries).forEach(([name, value]) => cache.set(name, value));
    return chrome.storage.session.set(entries);
  }

  const frameOf = ({ document }) => `frame:${document}`;
  const ownerOf = (document) => `owner:${document}`;

  // The frame and the page speak for themselves: either may be heard first.
  async function claim(token) {
    if (!expected.has(token)) {
      await new Promise((resolve) => {
        waiting.set(token, resolve);
        setTimeout(resolve, PATIENCE_MS);
      });
      waiting.delete(token);
    }
    const surface = expected.get(token);
    expected.delete(token);
    return surface;
  }

  return {
    isCard: ({ url }) => url?.split('#')[0] === PAGE,

    /** The page of this surface has loaded a frame that brings this token; without one it can have no frame. */
    async expect(surface, token) {
      const refused = ((await kept('refused')) ?? []).filter(({ document }) => document !== surface.document);
      if (typeof token !== 'string') return keep({ refused: [...refused, surface] });
      expected.set(token, surface);
      waiting.get(token)?.();
      if ((await kept('refused'))?.length !== refused.length) await keep({ refused });
    },

    isExpected: ({ document }) => [...expected.values()].some((surface) => surface.document === document),

    /** A frame brings its token, once: from now on it shows the card of the page that told of it. */
    async join(token, { tab, documentId, frameId }) {
      const surface = await claim(token);
      if (!surface || surface.tab !== tab.id || !frameId) throw new Error('unknown card');
      await keep({ [frameOf(surface)]: documentId, [ownerOf(documentId)]: surface });
      return surface;
    },

    /** The surface whose card this document shows. */
    async surfaceOf({ documentId }) {
      const surface = await kept(ownerOf(documentId));
      if (!surface) throw new Error('unknown card');
      return surface;
    },

    /** The document that shows the card of this surface. */
    documentFor: (surface) => kept(frameOf(surface)),

    /** The surfaces of a tab that can have no frame: the popup shows their cards. */
    refusedIn: async (tab) => ((await kept('refused')) ?? []).filter((surface) => surface.tab === tab),

    async forget(surface) {
      const names = [frameOf(surface), ownerOf(await kept(frameOf(surface)))];
      names.forEach((name) => cache.delete(name));
      await chrome.storage.session.remove(names);
      const refused = (await kept('refused')) ?? [];
      const others = refused.filter(({ document }) => document !== surface.document);
      if (others.length !== refused.length) await keep({ refused: others });
    },
  };
})();
