// A model in a file for llama.cpp that says one sentence: each word of it calls for the next, whatever was asked. No file of
// real weights is small, and none is to be had without a download.
import { open } from 'node:fs/promises';

const SENTENCE = ['▁Yes', ',', '▁I', '▁will', '▁be', '▁there', '▁at', '▁half', '▁past', '▁six', '▁and', '▁see', '▁you', '▁then', '.'];
const WIDTH = 64;
const [UNKNOWN, BEGIN, END, BYTES] = [0, 1, 2, 3];
const WORDS = BYTES + 256;
const COUNT = WORDS + SENTENCE.length;
/** What the file format calls its types. */
const [U32, I32, F32, BOOL, TEXT, ARRAY] = [4, 5, 6, 7, 8, 9];
const ALIGNED = 32;

const u32 = (value) => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const text = (value) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const PLAIN = {
  [U32]: u32,
  [I32]: (value) => Buffer.from(Int32Array.of(value).buffer),
  [F32]: (value) => Buffer.from(Float32Array.of(value).buffer),
  [BOOL]: (value) => Buffer.of(value ? 1 : 0),
  [TEXT]: text,
};
const entry = ([key, type, value]) =>
  Buffer.concat(
    Array.isArray(value)
      ? [text(key), u32(ARRAY), u32(type), u64(value.length), ...value.map(PLAIN[type])]
      : [text(key), u32(type), PLAIN[type](value)],
  );

const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
/** As tokenizers of SentencePiece number the kinds of their tokens. */
const [KNOWN, UNKNOWN_KIND, CONTROL, BYTE] = [1, 2, 3, 6];

const facts = (depth) => [
  ['general.architecture', TEXT, 'llama'],
  ['general.name', TEXT, 'tiny'],
  ['llama.context_length', U32, 65_536],
  ['llama.embedding_length', U32, WIDTH],
  ['llama.block_count', U32, 1],
  ['llama.feed_forward_length', U32, depth],
  ['llama.attention.head_count', U32, 2],
  ['llama.attention.head_count_kv', U32, 2],
  ['llama.attention.layer_norm_rms_epsilon', F32, 1e-5],
  ['llama.rope.dimension_count', U32, WIDTH / 2],
  ['tokenizer.ggml.model', TEXT, 'llama'],
  ['tokenizer.ggml.tokens', TEXT, ['<unk>', '<s>', '</s>', ...bytes, ...SENTENCE]],
  ['tokenizer.ggml.scores', F32, Array(COUNT).fill(0)],
  ['tokenizer.ggml.token_type', I32, [UNKNOWN_KIND, CONTROL, CONTROL, ...bytes.map(() => BYTE), ...SENTENCE.map(() => KNOWN)]],
  ['tokenizer.ggml.unknown_token_id', U32, UNKNOWN],
  ['tokenizer.ggml.bos_token_id', U32, BEGIN],
  ['tokenizer.ggml.eos_token_id', U32, END],
  ['tokenizer.chat_template', TEXT, "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"],
];

/** By name: how wide and high it is, and its numbers that are not 0. */
function weights(depth, endless) {
  const ones = Array.from({ length: WIDTH }, (_, at) => [at, 1]);
  const known = Array.from({ length: COUNT }, (_, token) => [token * WIDTH + Math.max(0, token - WORDS + 1), 1]);
  const next = [...SENTENCE.keys(), SENTENCE.length].map((at) => [(at < SENTENCE.length ? WORDS + at : endless ? WORDS : END) * WIDTH + at, 4]);
  return [
    ['token_embd.weight', WIDTH, COUNT, known],
    ['output_norm.weight', WIDTH, 1, ones],
    ['output.weight', WIDTH, COUNT, next],
    ['blk.0.attn_norm.weight', WIDTH, 1, ones],
    ['blk.0.ffn_norm.weight', WIDTH, 1, ones],
    ...['q', 'k', 'v', 'output'].map((name) => [`blk.0.attn_${name}.weight`, WIDTH, WIDTH, []]),
    ['blk.0.ffn_gate.weight', WIDTH, depth, []],
    ['blk.0.ffn_up.weight', WIDTH, depth, []],
    ['blk.0.ffn_down.weight', depth, WIDTH, []],
  ];
}

/** Writes it. The deeper, the slower it speaks; an endless one begins anew after its last word. */
export async function writeModel(path, { depth = WIDTH, endless = false } = {}) {
  let offset = 0;
  const tensors = weights(depth, endless).map(([name, width, height, numbers]) => {
    const at = offset;
    offset += Math.ceil((width * height * 4) / ALIGNED) * ALIGNED;
    const sides = height === 1 ? [width] : [width, height];
    return { head: Buffer.concat([text(name), u32(sides.length), ...sides.map(u64), u32(0), u64(at)]), at, numbers };
  });
  const entries = facts(depth).map(entry);
  const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length), ...entries, ...tensors.map(({ head }) => head)]);
  const start = Math.ceil(head.length / ALIGNED) * ALIGNED;
  const file = await open(path, 'w');
  await file.write(head);
  for (const { at, numbers } of tensors) {
    for (const [place, number] of numbers) await file.write(PLAIN[F32](number), 0, 4, start + at + place * 4);
  }
  // What is never written is 0, and takes no room.
  await file.truncate(start + offset);
  await file.close();
}
