// Makes a page of each chat component: the component of its package, bundled, with a talk in it.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

import { PACKAGES } from '../engine.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const page = (name) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${name}.css"></head>
<body><div id="place"></div><script src="${name}.js"></script></body>
</html>`;

/** Builds the pages of these names into a folder. */
export async function buildPages(names, folder) {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: names.map((name) => `${HERE}${name}.js`),
    outdir: folder,
    bundle: true,
    format: 'iife',
    nodePaths: [PACKAGES],
    // The repository has a React of its own above these pages.
    alias: { react: `${PACKAGES}/react`, 'react-dom': `${PACKAGES}/react-dom` },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    logLevel: 'error',
  });
  for (const name of names) await writeFile(`${folder}/${name}.html`, page(name));
}
