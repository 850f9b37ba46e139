// The vault and the core of the extension on a page of its own: the same code over the same store as the worker's, whose own
// names nothing from outside can reach.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

const MODULE = `
  import startWorker, * as worker from '#worker';
  import startPages, * as pages from '#pages';
  import * as vault from './extension/worker/vault.js';
  import { readWords } from './extension/pages/words.js';

  // Nothing that the core would have performed is.
  globalThis.perform ??= () => {};
  globalThis.reconsider ??= () => {};
  globalThis.statusSaid ??= () => {};

  const read = (name) => fetch(chrome.runtime.getURL(name));
  const phrases = async () => (await read('phrases.bin')).bytes();

  /** The core of a file learns the phrases and the words. */
  async function teach(core) {
    core.learn(await phrases());
    core.speak(...(await readWords()), chrome.i18n.getUILanguage(), chrome.i18n.getMessage('@@bidi_dir'));
  }

  /** The worker's core as it ships. */
  async function load() {
    await startWorker({ module_or_path: await read('worker_bg.wasm') });
    await teach(worker);
    return new worker.Worker();
  }

  /** What the worker has written down. */
  async function written() {
    const { journal } = await chrome.storage.session.get('journal');
    const { settings } = await chrome.storage.local.get('settings');
    return { journal: journal ? Uint8Array.fromBase64(journal) : new Uint8Array(), settings };
  }

  /** The worker's core with what the worker has written down. */
  async function resume() {
    const core = await load();
    const { journal, settings } = await written();
    core.start(journal, settings, Math.random(), undefined);
    return core;
  }

  /** The core of the pages with the same. */
  async function loadPages() {
    await startPages({ module_or_path: await read('pages_bg.wasm') });
    await teach(pages);
    const core = new pages.Pages();
    const { journal, settings } = await written();
    core.look(journal, settings);
    return core;
  }

  export { load, loadPages, resume, vault };
`;

let bundled;
async function bundle() {
  const { outputFiles } = await build({
    stdin: { contents: MODULE, resolveDir: REPOSITORY },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'inside',
    define: { 'import.meta.url': '""' },
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/**
 * Runs a function on a page of the extension with `{ vault, load, resume, loadPages }`: the vault, a way to load the worker's core, and ways to load
 * that and the core of the pages with what the worker has written down. Each run has modules of its own.
 */
export async function inside(page, run, ...args) {
  bundled ??= bundle();
  return page.evaluate(`(async () => { ${await bundled}\nreturn (${run})(inside, ...${JSON.stringify(args)}); })()`);
}
