// Servers of the messengers: child processes on free ports of loopback, each with a folder of its own that goes with it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { until } from '../../e2e/until.mjs';

export const TARGET = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../../target', import.meta.url));

/** Where `build/messengers.sh` has put the packages. */
export const PACKAGES = join(TARGET, 'real/messengers/node_modules');
const SERVERS = join(TARGET, 'engines/messengers/bin');

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether somebody listens there. */
const answers = (port) =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

export class Engine {
  /**
   * Starts a server and waits until it listens on `ports`. `prepare` is given its folder, which is its home, and gives the rest of its command line.
   * Debian's servers are named, others are a path.
   */
  static async start(command, ports, prepare, env = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'unstuck-real-'));
    const child = spawn(command.includes('/') ? command : join(SERVERS, command), await prepare(folder), { env: { ...process.env, HOME: folder, ...env } });
    const engine = new Engine(child, folder);
    child.on('error', (error) => (engine.ended = error.message));
    child.on('exit', (code) => (engine.ended ??= `it ended with ${code}`));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (engine.told += text));
    try {
      await until(`${command} listens`, async () => engine.ended || (await Promise.all(ports.map(answers))).every(Boolean), { ms: 90_000 });
      if (engine.ended) throw new Error(`${command}: ${engine.ended}`);
      return engine;
    } catch (error) {
      await engine.stop();
      throw new Error(`${error.message}\n${engine.told}`);
    }
  }

  told = '';
  ended = undefined;

  constructor(child, folder) {
    Object.assign(this, { child, folder });
  }

  async stop() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    if (!this.ended && this.child.kill()) await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A line to a server that speaks text: what was heard so far, and a way to wait for more. */
export class Line {
  constructor(port) {
    this.heard = '';
    this.socket = createConnection(port, '127.0.0.1');
    this.socket.setEncoding('utf8').on('data', (text) => {
      this.heard += text;
      this.onText?.(text);
    });
  }

  write(text) {
    this.socket.write(text);
  }

  /** Waits until something is heard. */
  hears(what) {
    return until(`${what} is heard`, () => what.test(this.heard)).catch((error) => {
      throw new Error(`${error.message}\n${this.heard}`);
    });
  }

  close() {
    this.socket.destroy();
  }
}
