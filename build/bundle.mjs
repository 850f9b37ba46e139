// Bundles the scripts that are shipped, each for where it runs: `bundle.mjs extension|site FOLDER`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { isReference, languages, lines } from "./words.mjs";

const { minimum_chrome_version: chrome } = JSON.parse(readFileSync("extension/manifest.json", "utf8"));

// What every page of a messenger or a web app gets is as small as it can be; the rest can be read as it was written.
const BUNDLES = {
  extension: [
    { worker: "worker/main.js", inject: ["extension/worker/core_needs.js"] },
    { content: "content/main.js", watched: "watched/main.js", card: "card/card.js", minify: true },
    // In the page's own world the address of the extension would stand in the stack of every error that passes the script.
    { hook: "watched/hook.js", minify: true, footer: { js: "//# sourceURL=fetch" } },
    { drafts: "pages/drafts.js", health: "pages/health.js", troubleshooter: "pages/troubleshooter.js", options: "pages/options.js", popup: "pages/popup.js", reference: "pages/reference.js", report: "pages/report.js" },
  ],
  site: [
    { home: "../www/home.js", language: "../www/language.js", parts: "../www/parts.js", playground: "../www/playground.js", search: "../www/search.js", minify: true },
    { demo: "../www/demo.js", inject: ["www/demo/core_needs.js"], minify: true },
  ],
};

// Words of the pages of the extension and of the reference, which the site's scripts never show.
const OTHER_WORDS = /^(command|drafts|history|options|post_mortem|reference|report|site(?!_access)|welcome)_/;

/** The words that the site's scripts show. */
function words() {
  const all = languages();
  const english = all.find(({ name }) => name === "en").messages;
  return lines(all, (key) => !OTHER_WORDS.test(key) && !isReference(key, english));
}

const pack = (content) => gzipSync(content, { level: 9 }).toString("base64");

// A page that was opened as a file may load nothing but scripts: what they need is packed into them.
const packed = {
  name: "packed",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^packed:/ }, ({ path }) => ({ path: path.slice("packed:".length), namespace: "packed" }));
    onLoad({ filter: /.*/, namespace: "packed" }, ({ path }) => ({
      contents: pack(path === "keys" ? words().keys : readFileSync(path)),
      loader: "text",
    }));
  },
};

// A style that a script brings along into a page.
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: (await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target: `chrome${chrome}` })).code.trim(),
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
    plugins: [packed, styles],
    format: "iife",
    target: `chrome${chrome}`,
    logLevel: "warning",
  });
}

// Beside the pages of each language its words; English has its pages at the root.
if (part === "site") {
  for (const [tag, text] of words().messages) {
    const folder = join(outdir, tag === "en" ? "" : tag);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "words.js"), `globalThis.unstuckWords = "${pack(text)}";\n`);
  }
}
