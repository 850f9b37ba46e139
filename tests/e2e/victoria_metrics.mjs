// The real VictoriaMetrics on a free port of loopback. `build.sh` fetches it and knows where it is; without it nothing is skipped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { until } from './until.mjs';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export class VictoriaMetrics {
  static async start() {
    const folder = await mkdtemp(join(tmpdir(), 'victoria-'));
    const port = await freePort();
    const flags = [`-httpListenAddr=127.0.0.1:${port}`, `-storageDataPath=${folder}`, '-retentionPeriod=1', '-memory.allowedBytes=64MiB', '-search.latencyOffset=0s', '-opentelemetry.usePrometheusNaming'];
    const running = spawn('victoria-metrics', flags, { stdio: 'ignore' });
    await once(running, 'spawn').catch((error) => {
      throw new Error('VictoriaMetrics is missing: run ./build.sh test, which fetches it', { cause: error });
    });
    const engine = new VictoriaMetrics(running, folder, `http://127.0.0.1:${port}`);
    await until('VictoriaMetrics answers', () => fetch(`${engine.origin}/health`).then(({ ok }) => ok, () => false), { ms: 30_000 });
    return engine;
  }

  constructor(running, folder, origin) {
    Object.assign(this, { running, folder, origin });
  }

  get metrics() {
    return `${this.origin}/opentelemetry/v1/metrics`;
  }

  async #ask(path, parameters) {
    const answer = await fetch(`${this.origin}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    return (await answer.json()).data;
  }

  /** The last values of a metric, by one label. The clock of a test may be an hour ahead. */
  async values(metric, label) {
    const { result } = await this.#ask('query', { query: `last_over_time(${metric}[3h])`, time: Date.now() / 1_000 + 7_200 });
    return Object.fromEntries(result.map(({ metric: labels, value }) => [labels[label] ?? '', Number(value[1])]));
  }

  /** Everything that it knows, as text. */
  async everything() {
    const now = Date.now() / 1_000;
    return JSON.stringify(await this.#ask('series', { 'match[]': '{__name__!=""}', start: now - 7_200, end: now + 7_200 }));
  }

  async stop() {
    this.running.kill('SIGKILL');
    await once(this.running, 'exit');
    await rm(this.folder, { recursive: true, force: true });
  }
}
