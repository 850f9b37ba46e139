// Takes apart what the build has packed.

/** @param {string} packed */
export async function unpack(packed) {
  const zipped = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The phrases by which causes are told, and the words of this page's language as a core takes them. */
export async function parts() {
  const { unstuckParts: common, unstuckWords: own } = globalThis;
  if (!common || !own) throw new Error('parts.js or words.js is missing');
  const [phrases, ...texts] = await Promise.all([common.phrases, common.keys, own].map(unpack));
  const [keys, messages] = texts.map((text) => new TextDecoder().decode(text));
  /** @type {[string, string, string, string]} */
  const words = [keys, messages, navigator.language, document.documentElement.dir];
  return { phrases, words };
}
