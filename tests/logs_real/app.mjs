// A program that asks the lab through OpenAI's client and logs with pino. Argument: the file. Standard input has the asks, a JSON object
// each: base, fault, call, request.
import { createInterface } from "node:readline";
import OpenAI from "openai";
import pino from "pino";

const LONGEST_MS = 8000;
// Each client has connections of its own, as what a fault leaves of one would fail the next ask. Node shows its class of them once
// something was fetched.
await fetch("data:,");
const { constructor: Connections } = globalThis[Symbol.for("undici.globalDispatcher.1")];
const log = pino(pino.destination({ dest: process.argv[2], sync: true }));

async function ask({ base, fault, call, request }) {
  const own = log.child({ request_id: request });
  const client = new OpenAI({ baseURL: base, apiKey: "lab-key", maxRetries: 0, timeout: 4000, fetchOptions: { dispatcher: new Connections() } });
  const headers = { "x-request-id": request, ...(fault && { "x-lab-fault": fault }) };
  try {
    const messages = [{ role: "user", content: "Shall we meet?" }];
    const answer = await client.chat.completions.create({ model: "lab-small", messages, stream: true }, { headers, signal: AbortSignal.timeout(LONGEST_MS) });
    for await (const _ of answer);
    own.info(`${call} was answered`);
  } catch (err) {
    own.error({ err }, `${call} failed`);
  }
}

const asks = [];
for await (const line of createInterface({ input: process.stdin })) asks.push(JSON.parse(line));

async function worker() {
  for (let next = asks.shift(); next; next = asks.shift()) await ask(next);
}

await Promise.all(Array.from({ length: 12 }, worker));
