// The diagnosis, in any place that runs JavaScript. What it needs is loaded with the first failure, not before.
import init, * as core from '#library';
import { fromError } from './from_error.js';
import { locales } from '#made/locales.js';

export { fromError };

/** @type {Promise<void> | undefined} */
let loading;

/**
 * What failed and why, as data.
 * @param {unknown} failure
 */
export async function diagnose(failure) {
  await load();
  return core.diagnose(facts(failure));
}

/**
 * What failed and why, in words.
 * @param {unknown} failure
 * @param {string} [locale]
 */
export async function explain(failure, locale = 'en') {
  const [words] = await Promise.all([wordsOf(locale), load()]);
  return core.explain(facts(failure), words);
}

function load() {
  loading ??= start().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start() {
  const { wasm, phrases } = await import('#made/data.js');
  const [module, words] = await Promise.all([wasm, phrases].map(unpacked));
  await init({ module_or_path: module });
  core.learn(words);
}

/** @param {string} text */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {unknown} failure */
function facts(failure) {
  return failure instanceof Error ? fromError(failure) : failure;
}

/** @param {string} locale */
async function wordsOf(locale) {
  const wanted = locale.replaceAll('-', '_');
  const [primary] = wanted.split('_');
  // Of Chinese in traditional letters, the one that is there.
  const near = /^zh.*_(hant|hk|mo|tw)/i.test(wanted) ? 'zh_TW' : [...locales.keys()].find((known) => known.split('_')[0] === primary);
  const load = locales.get(wanted) ?? locales.get(near ?? 'en');
  return (await load?.())?.default;
}
