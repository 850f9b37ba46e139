// In the real extension with thirty days of health: how long after it is opened, with a worker that was killed before, the popup and the
// page of health are on screen, and beside that how long without any health. On a machine that does other things too a time says little:
// each page is opened in turn with an empty one of the extension, and the budget of the popup is a multiple of that.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { World } from '../e2e/harness.mjs';
import { monthOf } from '../e2e/month.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 20);
const SOURCES = Number(process.env.SOURCES ?? 10);

// What is opened, by what it is known that it is there, and how many times as long as an empty page it may take. The head of the popup
// stands in its HTML; its first button comes with all else from the worker.
const PAGES = [
  { name: 'an empty page', path: 'empty.html', shows: 'h1' },
  { name: 'popup, its head', path: 'popup.html?tab=1', shows: 'h1', most: 2.5 },
  { name: 'popup, all of it', path: 'popup.html?tab=1', shows: 'h1 + button', most: 8 },
  { name: 'page of health, a day', path: 'health.html', shows: 'h1' },
  { name: 'page of health, a month', path: 'health.html?span=month', shows: 'h1' },
];

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
  await world.browser.killWorker();
  await page.goto(world.browser.url(path));
  const drawn = await page.waitForFunction(() => globalThis.drawnAt);
  const ms = await drawn.jsonValue();
  await page.close();
  return ms;
}

/** Each page in turn, so that what else the machine does is met by all alike. */
async function measured(world) {
  const times = PAGES.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) for (const [at, page] of PAGES.entries()) times[at].push(await opened(world, page));
  for (const all of times) all.sort((a, b) => a - b);
  return PAGES.map((page, at) => ({ ...page, median: times[at][ROUNDS >> 1], least: times[at][0] }));
}

const world = await World.open();
try {
  await writeFile(join(world.browser.folder, 'extension', PAGES[0].path), '<!doctype html><title>Empty</title><h1>Empty</h1>');
  const { sources } = await world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
  const more = Array.from({ length: SOURCES }, (_, at) => ({ ...sources[0], id: `source${at}`, name: `Source ${at + 1}` }));
  for (const isFull of [false, true]) {
    await world.browser.changeSettings({ sources: more });
    if (isFull) await monthOf(world, more);
    console.log(`  ${isFull ? `30 days of ${SOURCES} sources` : 'no health'}, worker killed before, ${ROUNDS} openings:`);
    const pages = await measured(world);
    const [empty] = pages;
    for (const { name, median, least, most } of pages) {
      const times = median / empty.median;
      const isOver = isFull && times > most;
      const budget = most ? ` of ${most}${isOver ? ', OVER BUDGET' : ''}` : '';
      console.log(`    ${name.padEnd(24)} median ${median.toFixed(0)} ms, least ${least.toFixed(0)} ms; ${times.toFixed(1)} × an empty page${budget}`);
      if (isOver) process.exitCode = 1;
    }
  }
} finally {
  await world.close();
}
