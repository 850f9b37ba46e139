// Assembles the npm package: `npm.mjs FOLDER VERSION`. The wasm, the phrases and the words become ES modules, so that no bundler
// and no server has to be told of another file.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { positioned } from "./words.mjs";

const [folder, version] = process.argv.slice(2);
const MADE = "target/npm";

mkdirSync(join(folder, "words"), { recursive: true });

const wasm = inText(readFileSync("target/pkg/library_bg.wasm"));
const phrases = inText(readFileSync("target/pages/phrases.bin"));
made("data.js", exported({ wasm, phrases }));

const languages = readdirSync(`${MADE}/words`).filter((file) => file.endsWith(".json")).map((file) => basename(file, ".json"));
const words = (language) => JSON.parse(readFileSync(`${MADE}/words/${language}.json`, "utf8"));
const english = words("en");
for (const language of languages) {
  const filled = Object.entries(words(language)).map(([key, { message }]) => [key, positioned(key, message, english)]);
  made(`words/${language}.js`, `export default ${JSON.stringify(Object.fromEntries(filled))};\n`);
}

const rows = languages.map((language) => `  [${JSON.stringify(language)}, () => import("./words/${language}.js")],\n`);
writeFileSync(`${MADE}/locales.js`, `export const locales = new Map([\n${rows.join("")}]);\n`);

await build({
  entryPoints: ["npm/index.js"],
  outfile: join(folder, "index.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  external: ["./words/*"],
  plugins: [{ name: "apart", setup: ({ onResolve }) => onResolve({ filter: /^#made\/data\.js$/ }, () => ({ path: "./data.js", external: true })) }],
  logLevel: "warning",
});

for (const file of ["npm/index.d.ts", `${MADE}/ids.d.ts`, "npm/README.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
  cpSync(file, join(folder, basename(file)));
}
const manifest = JSON.parse(readFileSync("npm/manifest.json", "utf8"));
write("package.json", `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);

/** The command finds a kilobyte more to save than Node's own zlib. */
function inText(bytes) {
  return execFileSync("gzip", ["-9nc"], { input: bytes, maxBuffer: 1 << 24 }).toString("base64");
}

function exported(values) {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join("");
}

/** Into the package, and where the type checker finds it. */
function made(file, text) {
  write(file, text);
  writeFileSync(join(MADE, file), text);
}

function write(file, text) {
  writeFileSync(join(folder, file), text);
}
