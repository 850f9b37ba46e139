// Prints what the extension weighs and fails when a part is over its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { filesBelow, zip } from "./pack.mjs";

const KB = 1024;
const EXTENSION = "dist/unstuck";

const wasm = readFileSync(`${EXTENSION}/unstuck_bg.wasm`);
const rows = [
  { part: "wasm", bytes: wasm.length, budget: 735 * KB },
  { part: "wasm, gzipped", bytes: gzipSync(wasm, { level: 9 }).length, budget: 331 * KB },
  { part: "phrases", bytes: readFileSync(`${EXTENSION}/phrases.bin`).length, budget: 104 * KB },
  { part: "content scripts", bytes: bytesBelow(`${EXTENSION}/content`), budget: 15.5 * KB },
  { part: "hook in a watched page", bytes: readFileSync(`${EXTENSION}/watched/hook.js`).length, budget: 1.5 * KB },
  { part: "all in a watched page", bytes: bytesBelow(`${EXTENSION}/watched`), budget: 7 * KB },
  { part: "glue (in the worker)", bytes: readFileSync("target/pkg/unstuck.js").length },
  { part: "worker, with its glue", bytes: readFileSync(`${EXTENSION}/background.js`).length },
  { part: "whole extension, zipped", bytes: zip(EXTENSION).length },
];

for (const { part, bytes, budget } of rows) {
  const limit = budget ? `  of ${inKb(budget)} KB${bytes > budget ? "  OVER BUDGET" : ""}` : "";
  console.log(`  ${part.padEnd(24)}${inKb(bytes).padStart(7)} KB${limit}`);
}

const over = rows.filter(({ bytes, budget }) => bytes > budget).map(({ part }) => part);
if (over.length > 0) {
  console.error(`build.sh: Over budget: ${over.join("; ")}. Make it smaller; build/sizes.mjs holds the budgets.`);
  process.exitCode = 1;
}

function bytesBelow(directory) {
  return filesBelow(directory).reduce((sum, path) => sum + readFileSync(`${directory}/${path}`).length, 0);
}

function inKb(bytes) {
  return (bytes / KB).toFixed(1);
}
