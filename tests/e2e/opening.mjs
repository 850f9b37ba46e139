// How long a page of the extension takes to be on screen, beside an empty one of the extension that is opened in turn with it: so what
// else the machine does is met by both alike.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Its path, and by what it is known that it is there. */
export const EMPTY = { name: 'an empty page', path: 'empty.html', shows: 'h1' };
/** Its head stands in its HTML; its first button comes with all else from the worker. */
export const POPUP = { name: 'popup, all of it', path: 'popup.html?tab=1', shows: 'h1 + button' };

/** Puts the empty page into the copy of the extension. */
export const putEmpty = (world) => writeFile(join(world.browser.folder, 'extension', EMPTY.path), '<!doctype html><title>Empty</title><h1>Empty</h1>');

/** When the next frame after that came is drawn, in milliseconds since the page was asked for. */
const watch = (shows) => {
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.drawnAt = performance.now())));
  const look = () => document.querySelector(shows) && (watcher.disconnect(), drawn());
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true });
};

async function opened(world, { path, shows }) {
  const page = await world.browser.context.newPage();
  await page.addInitScript(watch, shows);
  await page.goto(world.browser.url(path));
  const drawn = await page.waitForFunction(() => globalThis.drawnAt);
  const ms = await drawn.jsonValue();
  await page.close();
  return ms;
}

/** Opens each page in turn, so many times, and `before` each; gives the median and the least of each in milliseconds. */
export async function openings(world, pages, rounds, before) {
  const times = pages.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, page] of pages.entries()) {
      await before();
      times[at].push(await opened(world, page));
    }
  }
  for (const all of times) all.sort((a, b) => a - b);
  return pages.map((page, at) => ({ ...page, median: times[at][rounds >> 1], least: times[at][0] }));
}
