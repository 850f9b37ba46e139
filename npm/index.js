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
  const { wasm, heads, texts } = await import('#made/data.js');
  const [module, causes, phrases] = await Promise.all([wasm, heads, texts].map(unpacked));
  await init({ module_or_path: module });
  core.learn(packed(causes, phrases));
}

/** @param {string} text */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * The phrases as the core takes them, each behind its cause, its traits and its length: apart they compress better.
 * @param {Uint8Array} heads
 * @param {Uint8Array} texts
 */
function packed(heads, texts) {
  const count = heads.length / 2;
  const phrases = new Uint8Array(texts.length + heads.length);
  let to = 0;
  for (let index = 0, from = 0; index < count; index += 1) {
    const end = texts.indexOf(10, from);
    phrases.set([heads[index], heads[count + index], end - from], to);
    phrases.set(texts.subarray(from, end), to + 3);
    to += 3 + end - from;
    from = end + 1;
  }
  return phrases;
}

/** @param {unknown} failure */
function facts(failure) {
  return failure instanceof Error ? fromError(failure) : failure;
}

/** @param {string} locale */
async function wordsOf(locale) {
  const wanted = locale.replaceAll('-', '_');
  const load = locales.get(wanted) ?? locales.get(wanted.split('_')[0]) ?? locales.get('en');
  return (await load?.())?.default;
}
