// In the real extension with thirty days of health: how long after it is opened, with a worker that was killed before, the popup and the
// page of health are on screen, and beside that how long without any health.

import { World } from '../e2e/harness.mjs';
import { monthOf } from '../e2e/month.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 20);
const SOURCES = Number(process.env.SOURCES ?? 10);

/** When the next frame after the first words is drawn, in milliseconds since the page was asked for. */
const watch = () => {
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.drawnAt = performance.now())));
  const look = () => document.querySelector('h1') && (watcher.disconnect(), drawn());
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true });
};

async function opened(world, path) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await world.browser.context.newPage();
    await page.addInitScript(watch);
    await world.browser.killWorker();
    await page.goto(world.browser.url(path));
    const drawn = await page.waitForFunction(() => globalThis.drawnAt);
    times.push(await drawn.jsonValue());
    await page.close();
  }
  return times.sort((a, b) => a - b);
}

const world = await World.open();
try {
  const { sources } = await world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
  const more = Array.from({ length: SOURCES }, (_, at) => ({ ...sources[0], id: `source${at}`, name: `Source ${at + 1}` }));
  for (const isFull of [false, true]) {
    await world.browser.changeSettings({ sources: more });
    if (isFull) await monthOf(world, more);
    console.log(`  ${isFull ? `30 days of ${SOURCES} sources` : 'no health'}, worker killed before:`);
    for (const path of ['popup.html?tab=1', 'health.html', 'health.html?span=month']) {
      const times = await opened(world, path);
      const [median, p95] = [times[times.length >> 1], times[Math.floor(times.length * 0.95)]];
      console.log(`    ${path.padEnd(24)} median ${median.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, least ${times[0].toFixed(0)} ms (${times.length})`);
    }
  }
} finally {
  await world.close();
}
