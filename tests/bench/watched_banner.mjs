// How long after the end of a failed answer of a watched web app the banner can be hit, with a worker that lives and with one
// that has gone to sleep. The card's document cannot be seen from the page, but that something lies there can.
import { App, openApps } from '../e2e/app.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 12);
const CHATGPT = 'https://chatgpt.com';

/** Milliseconds from the end of the page's last answer to the frame in which an element of ours can be hit. */
const seen = () =>
  new Promise((resolve) => {
    const ours = (element) => element?.matches('html > [popover], unstuck-card');
    const hit = () => {
      for (let x = 50; x < innerWidth; x += 100) for (let y = 10; y < innerHeight; y += 20) if (ours(document.elementFromPoint(x, y))) return true;
      return false;
    };
    const look = () => {
      if (!hit()) return requestAnimationFrame(look);
      const answers = performance.getEntriesByType('resource').filter(({ name, responseStatus }) => name.includes('conversation') && responseStatus === 500);
      resolve(performance.now() - answers.at(-1).responseEnd);
    };
    look();
  });

async function measure(world, isCold) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const app = await App.open(world, CHATGPT);
    await app.answers('answer', { status: 500, body: '{}' });
    await app.type('Plan a day in Lisbon');
    await app.page.waitForTimeout(1_000);
    if (isCold) await world.browser.killWorker();
    const shown = app.page.evaluate(seen);
    await app.page.keyboard.press('Enter');
    times.push(await Promise.race([shown, new Promise((_, reject) => setTimeout(reject, 20_000, new Error('no banner in 20 s')))]));
    await world.reset();
    await world.browser.forget();
  }
  return times.sort((a, b) => a - b);
}

const told = (times) => `median ${times[times.length >> 1].toFixed(0)} ms, least ${times[0].toFixed(0)} ms, most ${times.at(-1).toFixed(0)} ms (${times.length})`;

const world = await openApps([CHATGPT]);
try {
  await measure(world, false);
  console.log(`  watched app, answer end to banner, worker awake:  ${told(await measure(world, false))}`);
  console.log(`  watched app, answer end to banner, worker asleep: ${told(await measure(world, true))}`);
} finally {
  await world.close();
}
