// Makes the fixture pages: the real editors from npm, bundled, in the markup of the messengers that use them.
import { cp, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OUT = fileURLToPath(new URL('../../../target/fixtures/', import.meta.url));

export const PAGES = [
  ...['whatsapp', 'telegram_k', 'telegram_a', 'discord', 'slack', 'messenger', 'teams', 'linkedin', 'google_chat', 'wechat', 'file_transfer', 'x', 'x_chat'],
  ...['prosemirror', 'quill_2', 'hostile', 'frame'],
];

/** Builds every page and resolves with the folder that they are in. */
export async function buildPages(name) {
  const outdir = `${OUT}${name}/`;
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: PAGES.filter((page) => page !== 'frame').map((page) => `${HERE}${page}.js`),
    outdir,
    bundle: true,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    logLevel: 'warning',
  });
  for (const page of PAGES) await cp(`${HERE}${page}.html`, `${outdir}${page}.html`);
  await cp(`${HERE}page.css`, `${outdir}page.css`);
  return outdir;
}
