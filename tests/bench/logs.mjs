// Speed and memory of `unstuck logs` on a generated log: JSON lines, an access log and text in turn, one call in twenty failing.

import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';

const BYTES = Number(process.env.UNSTUCK_LOG_BYTES ?? 1e9);
const folder = 'target/bench-logs';
mkdirSync(folder, { recursive: true });
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const id = (n) => n.toString(16).padStart(32, '4bf92f3577b34da6');
const time = (n) => new Date(1_795_860_000_000 + n * 20);
const day = (n) => `28/Nov/2026:${time(n).toISOString().slice(11, 19)} +0000`;
const errors = [
  ['429', 'Rate limit reached for gpt-4o in organization org on requests per min (RPM): Limit 500, Used 500.'],
  ['503', 'That model is currently overloaded with other requests.'],
  ['401', 'Incorrect API key provided.'],
];

const kinds = {
  'JSON lines': (n) => {
    const failed = n % 20 === 0 ? errors[(n / 20) % 3] : undefined;
    const call = { level: failed ? 50 : 30, time: time(n).getTime(), pid: 31, hostname: 'app-1', trace_id: id(Math.floor(n / 2)) };
    const url = 'https://api.openai.com/v1/chat/completions';
    return failed
      ? JSON.stringify({ ...call, url, status: Number(failed[0]), err: { type: 'APIError', message: failed[1] }, msg: 'call failed' })
      : JSON.stringify({ ...call, url, status: 200, duration_ms: 812, msg: 'call answered' });
  },
  'access log': (n) => {
    const status = n % 20 === 0 ? errors[(n / 20) % 3][0] : '200';
    return `10.0.0.7 - - [${day(n)}] "POST /v1/chat/completions HTTP/1.1" ${status} 812 "-" "OpenAI/Python 2.8.0" request_id=${id(n)}`;
  },
  'text, mostly of other things': (n) =>
    n % 20 === 0
      ? `${time(n).toISOString()} ERROR app: draft failed trace_id=${id(n)}\nTraceback (most recent call last):\n  File "app.py", line 31, in ask\nopenai.RateLimitError: Error code: 429 - {'error': {'message': '${errors[0][1]}', 'code': 'rate_limit_exceeded'}}`
      : `${time(n).toISOString()} INFO app: draft ${n} stored, 3 paragraphs, reader notified, queue length 4`,
};

async function write(path, line) {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  let written = 0;
  for (let n = 0; written < BYTES; ) {
    let part = '';
    for (let end = n + 5_000; n < end; n++) part += `${line(n)}\n`;
    written += part.length;
    if (!out.write(part)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** Peak memory in MB, read from the kernel until the program ends. */
async function measured(command, args) {
  const begun = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let [peak, out] = [0, ''];
  const timer = setInterval(() => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch {}
  }, 50);
  child.stdout.on('data', (data) => (out += data));
  const [code] = await once(child, 'close');
  clearInterval(timer);
  return { seconds: (performance.now() - begun) / 1000, peak: peak / 1024, code, report: JSON.parse(out) };
}

execFileSync('cargo', ['build', '--quiet', '--release', '--package', 'unstuck'], { stdio: 'inherit' });
console.log('| log | bytes | lines | failing | seconds | MB/s | peak memory |\n|---|--:|--:|--:|--:|--:|--:|');
for (const [kind, line] of Object.entries(kinds)) {
  const path = `${folder}/${kind.replaceAll(/\W+/g, '-')}.log`;
  await write(path, line);
  const bytes = statSync(path).size;
  const { seconds, peak, code, report } = await measured('target/release/unstuck', ['logs', '--json', '--incidents', path]);
  rmSync(path);
  if (code !== 1 || report.failing === 0) throw new Error(`${kind}: exit ${code}, ${report.failing} failing lines`);
  console.log(`| ${kind} | ${bytes} | ${report.lines} | ${report.failing} | ${seconds.toFixed(1)} | ${(bytes / 1e6 / seconds).toFixed(0)} | ${peak.toFixed(0)} MB |`);
}
