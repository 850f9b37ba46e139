// In the real extension with thirty days of health: how long after it is opened, with a worker that was killed before, the popup and the
// page of health are on screen, and beside that how long without any health. On a machine that does other things too a time says little:
// each page is opened in turn with an empty one of the extension, and the budget of the popup is a multiple of that.

import { World } from '../e2e/harness.mjs';
import { monthOf } from '../e2e/month.mjs';
import { EMPTY, openings, POPUP, putEmpty } from '../e2e/opening.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 20);
const SOURCES = Number(process.env.SOURCES ?? 10);

// What is opened, and how many times as long as an empty page it may take.
const PAGES = [
  EMPTY,
  { name: 'popup, its head', path: POPUP.path, shows: 'h1', most: 2.5 },
  { ...POPUP, most: 8 },
  { name: 'page of health, a day', path: 'health.html', shows: 'h1' },
  { name: 'page of health, a month', path: 'health.html?span=month', shows: 'h1' },
];

const world = await World.open();
try {
  await putEmpty(world);
  const { sources } = await world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
  const more = Array.from({ length: SOURCES }, (_, at) => ({ ...sources[0], id: `source${at}`, name: `Source ${at + 1}` }));
  for (const isFull of [false, true]) {
    await world.browser.changeSettings({ sources: more });
    if (isFull) await monthOf(world, more);
    console.log(`  ${isFull ? `30 days of ${SOURCES} sources` : 'no health'}, worker killed before, ${ROUNDS} openings:`);
    const pages = await openings(world, PAGES, ROUNDS, () => world.browser.killWorker());
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
