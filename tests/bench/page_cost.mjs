// What Unstuck costs a chat page on which nobody uses it: script time and memory of a page that is switched on, beside the same
// page that is not, which must not even know of it. One line for each; fails when one is over its budget.
import { World } from '../e2e/harness.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 25);
const BUDGETS = { scriptMs: 2, heapKb: 100 };

/** Script time and memory of one visit, and how many worlds of the extension the page has. */
async function visit(world, url) {
  const page = await world.browser.context.newPage();
  const devtools = await world.browser.context.newCDPSession(page);
  const worlds = new Set();
  devtools.on('Runtime.executionContextCreated', ({ context }) => context.origin.startsWith('chrome-extension:') && worlds.add(context.id));
  await devtools.send('Runtime.enable');
  await devtools.send('Performance.enable');
  await page.goto(url);
  // All that a script of the page's start does is done by then.
  await page.waitForTimeout(500);
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
  await page.close();
  return { scriptMs: of('ScriptDuration') * 1_000, heapKb: of('JSHeapUsedSize') / 1_024, worlds: worlds.size };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const world = await World.open();
try {
  const path = '/messenger';
  const pages = { on: world.lab.origin + path, off: `http://elsewhere.test:${world.lab.ports.http}${path}` };
  const seen = { on: [], off: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [kind, url] of Object.entries(pages)) {
      const cost = await visit(world, url);
      // The first one of each fills the caches.
      if (round > 0) seen[kind].push(cost);
    }
  }
  const worlds = seen.off.reduce((sum, cost) => sum + cost.worlds, 0);
  console.log(`  a page that is not switched on: ${worlds} worlds of the extension in ${ROUNDS} visits`);
  if (worlds > 0 || seen.on.some((cost) => cost.worlds === 0)) process.exitCode = 1;
  for (const [unit, budget] of Object.entries(BUDGETS)) {
    const [on, off] = [seen.on, seen.off].map((costs) => median(costs.map((cost) => cost[unit])));
    const isOver = on - off > budget;
    console.log(`  switched on and never used, ${unit}: ${(on - off).toFixed(2)} of ${budget} (${on.toFixed(2)} against ${off.toFixed(2)})${isOver ? '  OVER BUDGET' : ''}`);
    if (isOver) process.exitCode = 1;
  }
} finally {
  await world.close();
}
