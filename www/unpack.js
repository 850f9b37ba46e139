// Takes apart what the build has packed.

/** @param {string} packed */
export async function unpack(packed) {
  const zipped = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The phrases by which causes are told, and the words as the text of a messages.json. */
export async function parts() {
  if (!globalThis.unstuckParts) throw new Error('parts.js is missing');
  const [phrases, words] = await Promise.all([unpack(globalThis.unstuckParts.phrases), unpack(globalThis.unstuckParts.words)]);
  return { phrases, words: new TextDecoder().decode(words) };
}
