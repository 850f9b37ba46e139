// What Unstuck costs a page on which nobody uses it: script time and memory beside the same page with an empty script of another
// extension, whose world alone takes more than what is ours. A page that is not switched on must not know of us at all.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApps } from '../e2e/app.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const [WATCHED, OFF, NEIGHBOUR] = ['https://grok.com', 'https://poe.com', 'https://copilot.microsoft.com'];

/** Each line is what one page costs beyond another, with what it may cost. */
const LINES = [
  { name: 'the world of an empty script', page: 'empty', beyond: 'off' },
  { name: 'switched on, nothing has the focus', page: 'on', beyond: 'empty', ms: 2, kb: 100 },
  { name: 'switched on, the box has the focus', page: 'onFocused', beyond: 'emptyFocused', ms: 6, kb: 220 },
  { name: 'a watched web app', page: 'watched', beyond: 'empty', ms: 3, kb: 100 },
];

/** Another extension, which has an empty script on one site. */
async function writeEmpty(folder, site) {
  const content_scripts = [{ matches: [`${site}/*`], js: ['empty.js'], all_frames: true, run_at: 'document_idle' }];
  await writeFile(join(folder, 'empty.js'), '');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'Empty', version: '1', content_scripts }));
}

/** What one visit costs: time on the processor, so that what else the machine does counts little, memory, and worlds of extensions. */
async function visit(world, { url, isFocused }) {
  const page = await world.browser.context.newPage();
  const devtools = await world.browser.context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);
  // The first stop of Tab on this page is a box.
  if (isFocused) await page.keyboard.press('Tab');
  // All that a script of the page's start does is done by then.
  await page.waitForTimeout(400);
  // What the first round frees may hold more.
  for (let round = 0; round < 2; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
  // It names all worlds that are there, and costs memory itself.
  const worlds = new Set();
  devtools.on('Runtime.executionContextCreated', ({ context }) => context.origin.startsWith('chrome-extension:') && worlds.add(context.id));
  await devtools.send('Runtime.enable');
  await page.close();
  return { ms: (of('ScriptDuration') + of('V8CompileDuration')) * 1_000, kb: of('JSHeapUsedSize') / 1_024, worlds: worlds.size };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const folder = await mkdtemp(join(tmpdir(), 'unstuck-bench-'));
await writeEmpty(folder, NEIGHBOUR);
const world = await openApps([WATCHED], { neighbour: folder });
try {
  const path = '/plain';
  const pages = {
    off: { url: OFF + path },
    empty: { url: NEIGHBOUR + path },
    emptyFocused: { url: NEIGHBOUR + path, isFocused: true },
    on: { url: world.lab.origin + path },
    onFocused: { url: world.lab.origin + path, isFocused: true },
    watched: { url: WATCHED + path },
  };
  const seen = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, page] of Object.entries(pages)) {
      const cost = await visit(world, page);
      // The first one of each fills the caches.
      if (round > 0) seen[name].push(cost);
    }
  }
  const of = (name, unit) => median(seen[name].map((cost) => cost[unit]));
  const isWrong = (name, worlds) => seen[name].some((cost) => cost.worlds !== worlds);
  if (isWrong('off', 0) || ['empty', 'on', 'watched'].some((name) => isWrong(name, 1))) {
    console.log(`  WORLDS OF EXTENSIONS: ${JSON.stringify(Object.entries(seen).map(([name, costs]) => [name, costs.map(({ worlds }) => worlds)]))}`);
    process.exitCode = 1;
  }
  for (const { name, page, beyond, ...budgets } of LINES) {
    const told = ['ms', 'kb'].map((unit) => {
      const cost = of(page, unit) - of(beyond, unit);
      const budget = budgets[unit];
      const isOver = cost > budget;
      if (isOver) process.exitCode = 1;
      return `${cost.toFixed(1)} ${unit === 'kb' ? 'KB' : unit}${budget ? ` of ${budget}` : ''}${isOver ? ', OVER BUDGET' : ''}`;
    });
    console.log(`  ${name.padEnd(36)} ${told.join('; ')}`);
  }
} finally {
  await world.close();
  await rm(folder, { recursive: true, force: true });
}
