// What the tests of the site share: where it was built, a server on loopback, and a browser.
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const SITE = fileURLToPath(new URL("../../dist/www/", import.meta.url));
export const EXTENSION = fileURLToPath(new URL("../../dist/unstuck/", import.meta.url));

const LOCALES = fileURLToPath(new URL("../../extension/_locales/", import.meta.url));

// Every language: its tag, the folder of its pages on the site, and its messages.
export const LANGUAGES = readdirSync(LOCALES).map((name) => {
  const messages = JSON.parse(readFileSync(join(LOCALES, name, "messages.json"), "utf8"));
  const tag = messages.language_tag.message;
  return { tag, folder: tag === "en" ? "" : `${tag}/`, messages };
});

const KINDS = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".png": "image/png",
};

// Serves the site and keeps the address of every request, as a log on a real server would.
export async function serve() {
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url);
    const { pathname } = new URL(request.url, "http://site");
    const path = join(SITE, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const content = await readFile(path).catch(() => null);
    const kind = KINDS[extname(path)] ?? "application/octet-stream";
    response.writeHead(content ? 200 : 404, { "content-type": kind });
    response.end(content);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${server.address().port}/`;
  return { asked, base, close: () => new Promise((closed) => server.close(closed)) };
}

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROME ?? "chromium", args: ["--no-sandbox"] });

// The rules of accessibility that a page breaks, each with the first element that does.
export async function violations(page) {
  const result = await page.evaluate(`${axe.source}; axe.run()`);
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}
