// A day of work in minutes: 10,000 asks through the real worker, with faults of the lab, deaths of the worker and closed tabs. What
// the worker and its stores keep must not grow with what was asked. One line for each measure; fails when one is over its budget.
import { World } from '../e2e/harness.mjs';

const ASKS = Number(process.env.ASKS ?? 10_000);
const TABS = 10;
// Asks of the first life, in which memory is measured, and of each life after it.
const FIRST_LIFE = Math.round(ASKS * 0.4);
const LATER_LIFE = 200;
const SAMPLES = 12;

// One ask in five fails. None of these is tried again by itself: waits would only lengthen the day.
const FAULTS = ['invalid_api_key', 'context_too_long', 'stream_filtered', 'stream_error_midway', 'stream_unreadable_part'];

const KB = 1024;
const BUDGETS = { slope: 1 * KB, session: 1024 * KB, local: 2048 * KB };

/** In the card's document: presses as a person does, by the message that a press is, and waits until nothing moves any more. */
async function askHere(document, prompt) {
  const press = (what, fields) => chrome.runtime.sendMessage({ kind: 'press', press: what, fields, number: Date.now() + Math.random() });
  try {
    const begun = document.querySelector('[name=prompt]');
    if (!begun) await press('edit', {});
    await press('ask', { prompt });
  } catch {
    // The worker died: what became of the ask is looked at below.
  }
  const over = () => Boolean(document.querySelector('[data-cause] h2') ?? document.querySelector('.draft'));
  for (let turn = 0; turn < 200 && !over(); turn += 1) await new Promise((done) => setTimeout(done, 25));
  return over();
}

class Tab {
  constructor(world) {
    this.world = world;
  }

  async open() {
    this.chat = await this.world.chat();
    await this.chat.open();
    this.card = this.chat.cardFrame();
  }

  ask(prompt) {
    return this.card.evaluate(`(${askHere})(document, ${JSON.stringify(prompt)})`);
  }

  async anew() {
    await this.chat.page.close();
    await this.open();
  }
}

/** Bytes that the worker's life holds once the garbage is gone, wasm's memory among them. */
async function held(devtools) {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await devtools.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

/** Bytes an ask, by least squares. */
function slope(points) {
  const mean = (pick) => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean(([asks]) => asks), mean(([, bytes]) => bytes)];
  return points.reduce((sum, [asks, bytes]) => sum + (asks - x) * (bytes - y), 0) / points.reduce((sum, [asks]) => sum + (asks - x) ** 2, 0);
}

let asked = 0;
let unsettled = 0;

/** So many asks, spread over the tabs; `between` runs after each. */
async function ask(world, tabs, count, between = async () => {}) {
  const end = asked + count;
  await Promise.all(
    tabs.map(async (tab) => {
      while (asked < end) {
        const number = (asked += 1);
        if (number % 5 === 0) await world.lab.fail(FAULTS[(number / 5) % FAULTS.length]);
        if (!(await tab.ask(`Say yes, gladly. (${number})`))) unsettled += 1;
        await between(number, tab);
      }
    }),
  );
}

const world = await World.open();
try {
  const tabs = Array.from({ length: TABS }, () => new Tab(world));
  for (const tab of tabs) await tab.open();
  const began = Date.now();

  const devtools = await world.browser.workerDevtools();
  const points = [];
  // The first asks fill what is made once.
  await ask(world, tabs, Math.round(FIRST_LIFE / 4));
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await ask(world, tabs, Math.round((FIRST_LIFE * 3) / 4 / SAMPLES));
    points.push([asked, await held(devtools)]);
  }

  while (asked < ASKS) {
    await ask(world, tabs, Math.min(LATER_LIFE, ASKS - asked), async (number, tab) => {
      if (number % 50 === 0) await tab.anew();
    });
    await world.browser.killWorker();
  }

  const minutes = (Date.now() - began) / 60_000;
  const stored = await world.browser.desk.evaluate(async () => {
    const [session, local] = await Promise.all([chrome.storage.session.getBytesInUse(), chrome.storage.local.getBytesInUse()]);
    return { session, local };
  });
  const calls = (await world.lab.calls()).length;
  const rows = [
    ['memory of the worker, an ask', slope(points), BUDGETS.slope],
    ['storage of the session', stored.session, BUDGETS.session],
    ['storage of the profile', stored.local, BUDGETS.local],
  ];
  console.log(`  ${asked} asks in ${minutes.toFixed(1)} min, ${calls} calls, ${unsettled} without an end`);
  console.log(`  the worker holds ${(points[0][1] / KB).toFixed(0)} KB after ${points[0][0]} asks, ${(points.at(-1)[1] / KB).toFixed(0)} KB after ${points.at(-1)[0]}`);
  for (const [what, bytes, budget] of rows) {
    const isOver = bytes > budget;
    console.log(`  ${what.padEnd(30)} ${(bytes / KB).toFixed(2)} KB of ${budget / KB} KB${isOver ? '  OVER BUDGET' : ''}`);
    if (isOver) process.exitCode = 1;
  }
  if (unsettled > 0) process.exitCode = 1;
} finally {
  await world.close();
}
