// Keys, and asks that wait, at rest: encrypted with AES-GCM under a key that the browser holds and never gives out.
//
// This keeps a key from other contexts, from backups and from a search through the profile's files. It does not keep it
// from malware that runs as the person: nothing in a browser profile can.
const vault = (() => {
  const PREFIX = 'key:';
  const FLUSH_MS = 1_000;

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  let master;
  // A failure is not kept: the next try may go well.
  const opened = () => (master ??= make().catch((error) => ((master = undefined), Promise.reject(error))));

  async function make() {
    const opening = indexedDB.open('vault');
    opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
    const database = await done(opening);
    try {
      const known = await done(database.transaction('keys').objectStore('keys').get('master'));
      if (known) return known;
      const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
      await done(database.transaction('keys', 'readwrite').objectStore('keys').put(made, 'master'));
      return made;
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

  async function seal(text) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await opened(), new TextEncoder().encode(text));
    return { iv: iv.toBase64(), sealed: new Uint8Array(sealed).toBase64() };
  }

  async function open({ iv, sealed }) {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: Uint8Array.fromBase64(iv) }, await opened(), Uint8Array.fromBase64(sealed));
    return new TextDecoder().decode(plain);
  }

  return {
    async keep(source, key) {
      await chrome.storage.local.set({ [PREFIX + source]: await seal(key) });
    },

    // A key that can no longer be opened is as good as none: the person pastes it again.
    async key(source) {
      const { [PREFIX + source]: kept } = await chrome.storage.local.get(PREFIX + source);
      return kept && open(kept).catch(() => undefined);
    },

    // Ids of the sources whose key is kept.
    async sources() {
      const kept = Object.keys(await chrome.storage.local.get());
      return kept.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
    },

    // Asks and waits that outlive the browser: they hold the person's words, and lie beside the keys as safely.
    async keepLasting(lasting) {
      if (lasting.asks.length + lasting.closed.length === 0) return chrome.storage.local.remove('lasting');
      await chrome.storage.local.set({ lasting: await seal(JSON.stringify(lasting)) });
    },

    async lasting() {
      const { lasting } = await chrome.storage.local.get('lasting');
      return lasting && open(lasting).then(JSON.parse).catch(() => undefined);
    },

    // The last drafts, newest first.
    async drafts() {
      const { drafts } = await chrome.storage.local.get('drafts');
      return (drafts && (await open(drafts).then(JSON.parse).catch(() => undefined))) ?? [];
    },

    async keepDrafts(drafts) {
      if (drafts.length === 0) return chrome.storage.local.remove('drafts');
      await chrome.storage.local.set({ drafts: await seal(JSON.stringify(drafts)) });
    },

    // All keys as they are now, to be put back when a change is taken back. Sealed as they are.
    async setAside() {
      const kept = Object.entries(await chrome.storage.local.get());
      await chrome.storage.local.set({ keys_aside: Object.fromEntries(kept.filter(([name]) => name.startsWith(PREFIX))) });
    },

    dropAside: () => chrome.storage.local.remove('keys_aside'),

    async putBack() {
      const { keys_aside: aside } = await chrome.storage.local.get('keys_aside');
      if (!aside) return; // The browser was started anew since, or another page made a change.
      await chrome.storage.local.remove([...(await this.sources()).map((source) => PREFIX + source), 'keys_aside']);
      await chrome.storage.local.set(aside);
    },

    // The key of all keys goes too: what was sealed with it can never be opened again. The browser's store only appends to its
    // files, and merges those of a database when it is deleted: what was in a file by then is written no more (measured).
    async destroy() {
      master = undefined;
      await flush();
      await done(indexedDB.deleteDatabase('vault'));
      await flush();
    },

    forget: (source) => chrome.storage.local.remove(PREFIX + source),
  };
})();
