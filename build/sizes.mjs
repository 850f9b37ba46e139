// Prints what the extension weighs and fails when a part is over its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { filesBelow, zip } from "./pack.mjs";

const KB = 1024;
const EXTENSION = "dist/unstuck";

const NPM = "dist/npm/unstuck-diagnose";

const gzipped = (path) => gzipSync(readFileSync(path), { level: 9 }).length;

const rows = [
  { part: "worker's wasm", bytes: bytesOf("worker_bg.wasm"), budget: 598 * KB },
  { part: "worker's wasm, gzipped", bytes: gzipped(`${EXTENSION}/worker_bg.wasm`), budget: 271 * KB },
  { part: "pages' wasm", bytes: bytesOf("pages_bg.wasm"), budget: 987 * KB },
  { part: "site's wasm, gzipped", bytes: gzipped("target/pkg/diagnose_bg.wasm"), budget: 104 * KB },
  { part: "phrases", bytes: bytesOf("phrases.bin"), budget: 115 * KB },
  { part: "content scripts", bytes: bytesOf("content.js"), budget: 20.3 * KB },
  { part: "hook in a watched page", bytes: bytesOf("hook.js"), budget: 2.1 * KB },
  { part: "all in a watched page", bytes: bytesOf("hook.js") + bytesOf("watched.js"), budget: 7.3 * KB },
  { part: "worker, with its glue", bytes: bytesOf("worker.js") },
  { part: "whole extension, zipped", bytes: zip(EXTENSION).length, budget: 1.3 * 1024 * KB },
  { part: "npm package, gzipped", bytes: scriptsOf(NPM).reduce((sum, path) => sum + gzipped(path), 0), budget: 300 * KB },
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

function bytesOf(file) {
  return readFileSync(`${EXTENSION}/${file}`).length;
}

/** All that a program loads to diagnose and to explain. */
function scriptsOf(directory) {
  return filesBelow(directory)
    .filter((file) => file.endsWith(".js"))
    .map((file) => `${directory}/${file}`);
}

function inKb(bytes) {
  return (bytes / KB).toFixed(1);
}
