// How long a diagnosis takes in the wasm that ships, with the way in and out, on the answers of inputs.json.
//
//   call    one call across the boundary: what a watched page said of its failed call (status, headers, body) is handed
//           in, and the engine's effects of the diagnosis come out
//   worker  what the extension's worker runs when a call has failed: from the last bytes of the answer to the effects
//           that the engine names, and from there to the card that is painted
//   site    what the playground runs: from the pasted text to the view of the diagnosis
import { readFileSync } from "node:fs";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url));
const json = (path) => JSON.parse(read(path));

const inputs = json("tests/bench/inputs.json");
const words = ["keys", "en"].map((name) => read(`dist/unstuck/words/${name}.txt`).toString());

const ROUNDS = 9;
const FRAME = { tab: 1, id: 0, document: "d1" };
const PAGE = { tab: 2, id: 0, document: "d2" };
const SETTINGS = {
  agreed: 1,
  sources: [{ id: "s1", name: "A relay", base_url: "https://llm.example.com/v1", model: "gpt-4o" }],
};

let perform;
let answer;
setTheStage();
const phrases = read("dist/unstuck/phrases.bin");
const worker = await load("#worker", "dist/unstuck/worker_bg.wasm");
const core = new worker.Worker();
const diagnose = await load("#diagnose", "target/pkg/diagnose_bg.wasm");
const site = new diagnose.Site();

console.log(`node ${process.version}, median of ${ROUNDS} rounds, in µs`);
console.log("                        call   worker: effects   worker: card   site: all of it");
for (const [kind, parts] of Object.entries(inputs.kinds)) {
  for (const [size, bytes] of Object.entries(inputs.sizes)) await measure(`${kind}, ${size}`, parts.status, filled(parts, bytes));
}
for (const [name, { before, repeat, times, after }] of Object.entries(inputs.hostile)) {
  await measure(name, 400, before + repeat.repeat(times) + after);
}

async function load(name, file) {
  const part = await import(name);
  await part.default({ module_or_path: read(file) });
  if (!part.learn(phrases)) throw new Error("the phrases are of another build");
  part.speak(...words, "en", "ltr");
  return part;
}

async function measure(name, status, body) {
  const failure = JSON.stringify({ ...inputs.call, status, body });
  const turns = Math.max(4, Math.round(400_000 / (body.length + 1_000)));
  answer = { status, bytes: new TextEncoder().encode(body) };
  const effects = await median(() => failedCalls(turns));
  const word = { status, headers: Object.entries(inputs.call.headers), body };
  const call = await median(() => mean(turns, () => core.watch_failed(PAGE, "https://chat.example.com", false, inputs.call.url, word, true)));
  const card = await median(() => mean(turns, () => core.card_view(FRAME)));
  const whole = await median(() => mean(turns, () => site.diagnose(failure)));
  const columns = [call, effects, card, whole].map((figure, index) => figure.toFixed(1).padStart([8, 18, 15, 18][index]));
  console.log(name.padEnd(20) + columns.join(""));
}

// The mean time from the end of a failed answer to the effects.
async function failedCalls(turns) {
  let spent = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    core.start(new Uint8Array(), SETTINGS, 0.5, undefined);
    core.opened(FRAME, "https://chat.example.com");
    const effects = core.pressed(FRAME, "ask", { prompt: "Hello" });
    const { attempt_id, source, prompt, begun } = effects.find((effect) => effect.send).send;
    const performed = new Promise((done) => (perform = () => done(performance.now())));
    core.send(attempt_id, source, prompt, begun, "key");
    spent += (await performed) - answer.endedAt;
  }
  return (spent / turns) * 1_000;
}

function mean(turns, run) {
  const begun = performance.now();
  for (let turn = 0; turn < turns; turn += 1) run();
  return ((performance.now() - begun) / turns) * 1_000;
}

// Of several rounds, after two in which V8 settles.
async function median(round) {
  const figures = [];
  for (let number = -2; number < ROUNDS; number += 1) {
    const figure = await round();
    if (number >= 0) figures.push(figure);
  }
  return figures.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)];
}

// As the native bench fills it: so many bytes, or a character less.
function filled({ before, filler, after }, bytes) {
  const length = (text) => Buffer.byteLength(text);
  const room = Math.max(0, bytes - length(before) - length(after));
  const middle = Buffer.from(filler.repeat(Math.floor(room / length(filler)) + 1)).subarray(0, room).toString();
  return before + middle.replace(/\uFFFD$/, "") + after;
}

// What the core finds in a worker, without the browser behind it: nothing here takes time of its own.
function setTheStage() {
  const event = { addListener() {}, removeListener() {} };
  const events = ["onBeforeRequest", "onBeforeRedirect", "onHeadersReceived", "onResponseStarted", "onCompleted", "onErrorOccurred"];
  const chrome = {
    permissions: { contains: async () => true },
    webRequest: Object.fromEntries(events.map((name) => [name, event])),
  };
  Object.assign(globalThis, { chrome, navigator: { onLine: true }, perform: (effects) => perform(effects), fetch: async () => response() });
}

function response() {
  const chunks = [answer.bytes];
  const reader = own(ReadableStreamDefaultReader, {
    async read() {
      const value = chunks.shift();
      answer.endedAt = performance.now();
      return { done: !value, value };
    },
    async cancel() {},
  });
  const headers = new Headers(inputs.call.headers);
  return own(Response, { status: answer.status, ok: false, headers, body: { getReader: () => reader } });
}

// An object that passes for one of the browser's.
function own(type, members) {
  const object = Object.create(type.prototype);
  for (const [name, value] of Object.entries(members)) Object.defineProperty(object, name, { value });
  return object;
}
