// Bundles the scripts that are shipped, each for where it runs: `bundle.mjs extension|site FOLDER`.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { minimum_chrome_version: chrome } = JSON.parse(readFileSync("extension/manifest.json", "utf8"));

// What every page of a messenger or a web app gets is as small as it can be; the rest can be read as it was written.
const BUNDLES = {
  extension: [
    { worker: "worker/main.js", inject: ["extension/worker/core_needs.js"] },
    { content: "content/main.js", watched: "watched/main.js", card: "card/card.js", minify: true },
    // In the page's own world the address of the extension would stand in the stack of every error that passes the script.
    { hook: "watched/hook.js", minify: true, footer: { js: "//# sourceURL=fetch" } },
    { drafts: "pages/drafts.js", troubleshooter: "pages/troubleshooter.js", options: "pages/options.js", popup: "pages/popup.js", report: "pages/report.js" },
  ],
  site: [{ playground: "../www/playground.js", minify: true }],
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
    format: "iife",
    target: `chrome${chrome}`,
    logLevel: "warning",
  });
}
