// In the real extension in a messenger: how long after the end of an answer the banner is on screen, and with a worker that was
// killed before, how long after the press the request is at the service and the banner on screen.
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

/** The moment of the next press on the card, on the same clock. */
const pressedAt = (root) =>
  new Promise((resolve) => {
    root.addEventListener('click', () => resolve(performance.timeOrigin + performance.now()), { capture: true, once: true });
  });

/** An AI that refuses: when the last question came, and when its answer ended. */
async function refuser() {
  const last = { asked: 0, ended: 0 };
  const server = createServer((request, answer) => {
    request.resume();
    if (request.method === 'POST') last.asked = Date.now();
    request.on('end', () => {
      const preflight = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'content-type': 'application/json' };
      answer.writeHead(request.method === 'OPTIONS' ? 204 : 401, preflight);
      answer.end('{"error":{"code":"invalid_api_key","message":"Incorrect API key provided."}}', () => (last.ended = Date.now()));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { last, url: `http://127.0.0.1:${server.address().port}/v1`, close: () => server.close() };
}

async function messenger(world, ai, isCold) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const chat = await world.chat();
    await chat.open();
    await chat.write('Say yes');
    await chat.page.waitForTimeout(500);
    if (isCold) await world.browser.killWorker();
    const shown = chat.inCard(`(root) => (${drawnIn})(root, (found) => found.querySelector('[data-cause]'))`);
    const pressed = chat.inCard(pressedAt);
    await chat.page.waitForTimeout(200);
    await chat.press('Draft');
    const [banner, press] = [await shown, await pressed];
    times.push({ banner: banner - ai.last.ended, request: ai.last.asked - press, whole: banner - press });
    await world.reset();
  }
  return times;
}

const sorted = (times) => [...times].sort((a, b) => a - b);
const spread = (times) => {
  const all = sorted(times);
  return `median ${all[all.length >> 1].toFixed(0)} ms, p95 ${all[Math.floor(all.length * 0.95)].toFixed(0)} ms, least ${all[0].toFixed(0)} ms (${all.length})`;
};

const world = await World.open();
const ai = await refuser();
try {
  await world.browser.setUpSource(ai.url, 'key-1');
  for (const isCold of [false, true]) {
    const times = await messenger(world, ai, isCold);
    const told = (name) => spread(times.map((time) => time[name]));
    console.log(`  ${isCold ? 'worker killed before' : 'worker awake'}:`);
    console.log(`    response end to banner   ${told('banner')}`);
    console.log(`    press to request         ${told('request')}`);
    console.log(`    press to banner          ${told('whole')}`);
  }
} finally {
  await world.close();
  ai.close();
}
