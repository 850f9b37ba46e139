// The vault and the core of the extension on a page of its own: the same code over the same store as the worker's, whose own
// names nothing from outside can reach.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

const MODULE = `
  import init, * as core from '#core';
  import * as vault from './extension/worker/vault.js';

  // Nothing that the core would have performed is.
  globalThis.perform ??= () => {};

  const read = (name) => fetch(chrome.runtime.getURL(name));

  /** The core as it ships. */
  async function load() {
    await init({ module_or_path: await read('unstuck_bg.wasm') });
    core.learn(await (await read('phrases.bin')).bytes());
    return core;
  }

  /** The core with what the worker has written down. */
  async function resume() {
    await load();
    const { journal } = await chrome.storage.session.get('journal');
    const { settings } = await chrome.storage.local.get('settings');
    core.start(journal ? Uint8Array.fromBase64(journal) : new Uint8Array(), settings, Math.random(), undefined);
    return core;
  }

  export { load, resume, vault };
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
 * Runs a function on a page of the extension with `{ vault, load, resume }`: the vault, a way to load the core, and one to load it
 * with what the worker has written down. Each run has modules of its own.
 */
export async function inside(page, run, ...args) {
  bundled ??= bundle();
  return page.evaluate(`(async () => { ${await bundled}\nreturn (${run})(inside, ...${JSON.stringify(args)}); })()`);
}
