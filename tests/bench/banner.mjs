// How long after the end of an answer the banner is on screen, in the real extension in a messenger.
import { createServer } from 'node:http';

import { World } from '../e2e/harness.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 20);

/** The moment in which the next frame after a change that fits is drawn, on the clock of all processes. */
const drawnIn = (root, fits) =>
  new Promise((resolve) => {
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
    const look = () => fits(root) && (watcher.disconnect(), drawn());
    const watcher = new MutationObserver(look);
    watcher.observe(root, { childList: true, subtree: true, attributes: true });
    look();
  });

/** An AI that refuses, and when its last answer ended. */
async function refuser() {
  const ends = { at: 0 };
  const server = createServer((request, answer) => {
    request.resume();
    request.on('end', () => {
      const preflight = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'content-type': 'application/json' };
      answer.writeHead(request.method === 'OPTIONS' ? 204 : 401, preflight);
      answer.end('{"error":{"code":"invalid_api_key","message":"Incorrect API key provided."}}', () => (ends.at = Date.now()));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { ends, url: `http://127.0.0.1:${server.address().port}/v1`, close: () => server.close() };
}

async function messenger(world, ai) {
  await world.browser.setUpSource(ai.url, 'key-1');
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const chat = await world.chat();
    await chat.open();
    await chat.write('Say yes');
    const shown = chat.inCard(`(root) => (${drawnIn})(root, (found) => found.querySelector('[data-cause]'))`);
    await chat.page.waitForTimeout(200);
    await chat.press('Draft');
    times.push((await shown) - ai.ends.at);
    await world.reset();
  }
  return times;
}

const sorted = (times) => [...times].sort((a, b) => a - b);
const told = (times) => {
  const all = sorted(times);
  return `median ${all[all.length >> 1].toFixed(0)} ms, p95 ${all[Math.floor(all.length * 0.95)].toFixed(0)} ms, least ${all[0].toFixed(0)} ms (${all.length})`;
};

const world = await World.open();
const ai = await refuser();
try {
  console.log(`  response end to banner: ${told(await messenger(world, ai))}`);
} finally {
  await world.close();
  ai.close();
}
