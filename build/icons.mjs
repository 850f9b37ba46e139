// Draws extension/icons/icon.svg as the PNGs that the manifest names. Run it after a change of the mark:
// CHROME=/usr/bin/chromium node build/icons.mjs
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const ICONS = "extension/icons";
const svg = readFileSync(`${ICONS}/icon.svg`, "utf8");

const browser = await chromium.launch({ executablePath: process.env.CHROME, args: ["--no-sandbox", "--disable-background-networking"] });
try {
  for (const size of [16, 32, 48, 128]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    // The store wants 16 pixels around the largest, since it may draw an edge there.
    const margin = size === 128 ? 16 : 0;
    const drawn = size - 2 * margin;
    await page.setContent(`<style>body{margin:${margin}px}svg{display:block;width:${drawn}px;height:${drawn}px}</style>${svg}`);
    await page.screenshot({ path: `${ICONS}/icon-${size}.png`, omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
