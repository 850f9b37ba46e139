// Bundles the scripts that are shipped, each for where it runs: `bundle.mjs extension|site FOLDER`.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { isReference } from "./words.mjs";

const { minimum_chrome_version: chrome } = JSON.parse(readFileSync("extension/manifest.json", "utf8"));

// What every page of a messenger or a web app gets is as small as it can be; the rest can be read as it was written.
const BUNDLES = {
  extension: [
    { worker: "worker/main.js", inject: ["extension/worker/core_needs.js"] },
    { content: "content/main.js", watched: "watched/main.js", card: "card/card.js", minify: true },
    // In the page's own world the address of the extension would stand in the stack of every error that passes the script.
    { hook: "watched/hook.js", minify: true, footer: { js: "//# sourceURL=fetch" } },
    { drafts: "pages/drafts.js", health: "pages/health.js", troubleshooter: "pages/troubleshooter.js", options: "pages/options.js", popup: "pages/popup.js", report: "pages/report.js" },
  ],
  site: [
    { home: "../www/home.js", parts: "../www/parts.js", playground: "../www/playground.js", search: "../www/search.js", minify: true },
    { demo: "../www/demo.js", inject: ["www/demo/core_needs.js"], minify: true },
  ],
};

// Words of the pages of the extension and of the reference, which the site's scripts never show.
const OTHER_WORDS = /^(command|drafts|history|options|post_mortem|reference|report|site(?!_access)|welcome)_/;

/** The words that the site's scripts show, without what is told to translators. */
function words() {
  const english = JSON.parse(readFileSync("extension/_locales/en/messages.json", "utf8"));
  const kept = Object.entries(english).filter(([key]) => !OTHER_WORDS.test(key) && !isReference(key, english));
  return JSON.stringify(Object.fromEntries(kept.map(([key, { message, placeholders }]) => [key, { message, placeholders }])));
}

// A page that was opened as a file may load nothing but scripts: what they need is packed into them.
const packed = {
  name: "packed",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^packed:/ }, ({ path }) => ({ path: path.slice("packed:".length), namespace: "packed" }));
    onLoad({ filter: /.*/, namespace: "packed" }, ({ path }) => ({
      contents: gzipSync(path === "words" ? words() : readFileSync(path), { level: 9 }).toString("base64"),
      loader: "text",
    }));
  },
};

const [part, outdir] = process.argv.slice(2);
for (const { inject, minify, footer, ...entries } of BUNDLES[part]) {
  await build({
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: `extension/${path}`, out })),
    outdir,
    inject,
    minify,
    footer,
    bundle: true,
    plugins: [packed],
    format: "iife",
    target: `chrome${chrome}`,
    logLevel: "warning",
  });
}
