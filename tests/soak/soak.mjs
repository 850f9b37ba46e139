// A day of work in minutes: 10,000 asks through the real worker, with faults of the lab, deaths of the worker and closed tabs. What the
// worker and its stores keep must not grow with what was asked, nor the time that the popup takes. Fails over a budget.
import { Tab } from './tab.mjs';
import { World } from '../e2e/harness.mjs';
import { EMPTY, openings, POPUP, putEmpty } from '../e2e/opening.mjs';

const ASKS = Number(process.env.ASKS ?? 10_000);
const TABS = 10;
// The worker's first life, in which its memory is measured so many times, and each life after it.
const FIRST_LIFE = Math.round(ASKS * 0.4);
const SAMPLES = 12;
const LATER_LIFE = 200;
// A tab is closed, and another opened, after so many asks.
const TAB_LIFE = 50;
const OPENINGS = 25;

// One ask in five fails. None of these is tried again by itself: waits would only lengthen the day.
const FAULTS = ['invalid_api_key', 'context_too_long', 'stream_filtered', 'stream_error_midway', 'stream_unreadable_part'];

const KB = 1024;
// A tenth of what the browser lets an extension keep in each area.
const STORED = KB * KB;
// On a machine that does other things too, a time says little: there the popup may take so many times as long as an empty page.
const POPUP_MS = 100;
const POPUPS = [
  { name: 'popup, worker awake', before: (world) => world.browser.wake(), most: 3 },
  { name: 'popup, worker killed', before: (world) => world.browser.killWorker(), most: 8 },
];

/** Bytes an ask, by least squares. */
function slope(points) {
  const mean = (pick) => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean(([asks]) => asks), mean(([, bytes]) => bytes)];
  return points.reduce((sum, [asks, bytes]) => sum + (asks - x) * (bytes - y), 0) / points.reduce((sum, [asks]) => sum + (asks - x) ** 2, 0);
}

let asked = 0;
const unsettled = [];

/** Asks up to this number, spread over the tabs; `after` runs after each ask. */
async function askUpTo(world, tabs, end, after = async () => {}) {
  await Promise.all(
    tabs.map(async (tab) => {
      while (asked < end) {
        const number = (asked += 1);
        if (number % 5 === 0) await world.lab.fail(FAULTS[(number / 5) % FAULTS.length]);
        const shown = await tab.ask(`Say yes, gladly. (${number})`);
        if (shown !== true) unsettled.push(shown);
        await after(number, tab);
      }
    }),
  );
}

/** One life of the worker: how many bytes it holds after how many asks. */
async function firstLife(world, tabs) {
  // What is made once is made by the first quarter.
  await askUpTo(world, tabs, FIRST_LIFE / 4);
  const points = [];
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    await askUpTo(world, tabs, Math.round(FIRST_LIFE * (0.25 + (0.75 * sample) / SAMPLES)));
    points.push([asked, await world.browser.workerHolds()]);
  }
  return points;
}

/** The other lives: each ends while other tabs ask. */
const laterLives = (world, tabs) =>
  askUpTo(world, tabs, ASKS, async (number, tab) => {
    if (number % TAB_LIFE === 0) await tab.anew();
    if (number % LATER_LIFE === 0) await world.browser.killWorker();
  });

const stored = (world) =>
  world.browser.desk.evaluate(async () => {
    const [session, local] = await Promise.all([chrome.storage.session.getBytesInUse(), chrome.storage.local.getBytesInUse()]);
    return { session, local };
  });

function tell(what, value, isOver) {
  console.log(`  ${what.padEnd(30)} ${value}${isOver ? ', OVER BUDGET' : ''}`);
  if (isOver) process.exitCode = 1;
}

const world = await World.open();
try {
  const tabs = Array.from({ length: TABS }, () => new Tab(world));
  for (const tab of tabs) await tab.open();
  const began = Date.now();
  const points = await firstLife(world, tabs);
  await laterLives(world, tabs);
  const minutes = (Date.now() - began) / 60_000;
  const calls = (await world.lab.calls()).length;
  for (const tab of tabs) await tab.close();

  tell('asks', `${asked} in ${minutes.toFixed(1)} min, ${calls} calls`);
  tell('asks without an end', unsettled.length, unsettled.length > 0);
  for (const shown of unsettled) console.log(shown.replaceAll(/^/gm, '    '));
  const [[from, before], [to, after]] = [points[0], points.at(-1)];
  tell('the worker holds', `${(before / KB).toFixed(0)} KB after ${from} asks, ${(after / KB).toFixed(0)} KB after ${to}`);
  tell('its growth by an ask', `${(slope(points) / KB).toFixed(2)} of 1 KB`, slope(points) > KB);
  for (const [area, bytes] of Object.entries(await stored(world))) {
    tell(`storage, ${area}`, `${(bytes / KB).toFixed(0)} of ${STORED / KB} KB`, bytes > STORED);
  }
  await putEmpty(world);
  for (const { name, before, most } of POPUPS) {
    const [empty, { median, least }] = await openings(world, [EMPTY, POPUP], OPENINGS, () => before(world));
    const times = median / empty.median;
    const told = `median ${median.toFixed(0)} of ${POPUP_MS} ms, least ${least.toFixed(0)}; ${times.toFixed(1)} of ${most} × an empty page`;
    tell(name, told, median > POPUP_MS && times > most);
  }
} finally {
  await world.close();
}
