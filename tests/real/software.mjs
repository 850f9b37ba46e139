// Real programs on loopback: each runs from where it was unpacked or installed, with files of its own in a folder of its own,
// and is ended by its process.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { until } from '../e2e/until.mjs';

/** Where the build has unpacked what this machine does not have. */
const UNPACKED = process.env.UNSTUCK_SERVERS ?? new URL('../../target/engines/web', import.meta.url).pathname;
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((kind) => join(UNPACKED, 'usr/lib', kind)).join(':');

/** The first of these files that this machine has, unpacked or installed. */
export function place(...paths) {
  const found = paths.flatMap((path) => [join(UNPACKED, path), path]).find(existsSync);
  if (!found) throw new Error(`${paths[0]} is missing: './build.sh test real' fetches it`);
  return found;
}

/** How llama.cpp's server is started: this machine's own, or a newer Debian's with the libraries that it was made for. */
export function llamaServer() {
  const root = process.env.UNSTUCK_LLAMA ?? new URL('../../target/engines/llama', import.meta.url).pathname;
  if (!existsSync(join(root, 'usr/bin/llama-server'))) return { command: ['llama-server'], env: {} };
  const kinds = readdirSync(join(root, 'usr/lib')).filter((name) => name.endsWith('-linux-gnu'));
  const libraries = join(root, 'usr/lib', kinds[0]);
  const named = (folder, pattern) => join(folder, readdirSync(folder).find((name) => pattern.test(name)));
  return {
    command: [named(libraries, /^ld-linux/), '--library-path', `${libraries}:${libraries}/llama`, join(root, 'usr/bin/llama-server')],
    env: { GGML_BACKEND_PATH: named(join(libraries, 'ggml/backends0'), /^libggml-cpu-(x64|armv8\.0_1)\.so$/), LD_LIBRARY_PATH: '' },
  };
}

/** A port at which nobody listens. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Whether somebody takes connections there. */
const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** What a program says of its version: the first number with a dot. */
export async function versionOf(command, args, more = {}) {
  const env = { ...process.env, LD_LIBRARY_PATH: LIBRARIES, ...more };
  const said = await new Promise((resolve) => execFile(command, args, { env }, (_error, out, err) => resolve(`${out}${err}`)));
  return /\d+\.\d+(\.\d+)*/.exec(said)?.[0] ?? 'unknown';
}

export class Program {
  /** `run` gives the words of the command line, its files by name, and more of its environment, from folder and port. */
  static async start(name, run, { patience = 20_000 } = {}) {
    const folder = await mkdtemp(join(tmpdir(), `unstuck-${name}-`));
    // Some of them give up their rights as soon as they run.
    await chmod(folder, 0o777);
    const program = new Program(name, folder, await freePort(), patience);
    await program.turnTo(run);
    return program;
  }

  constructor(name, folder, port, patience) {
    Object.assign(this, { name, folder, port, patience });
  }

  /** Ends it and starts it anew at the same port, with other files. */
  async turnTo(run) {
    await this.end();
    const { command, files = {}, env = {} } = await run(this.folder, this.port);
    for (const [file, text] of Object.entries(files)) {
      const path = join(this.folder, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    const [program, ...args] = command;
    const child = spawn(program, args, { cwd: this.folder, env: { ...process.env, LD_LIBRARY_PATH: LIBRARIES, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said = (said + bytes).slice(-4_000)));
    this.child = child;
    const ended = new Promise((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${this.name} ended with ${code}; it said: ${said}`)));
    });
    ended.catch(() => {}); // Later on, an end is wanted.
    await Promise.race([ended, until(`${this.name} listens`, () => listens(this.port), { ms: this.patience, every: 50 })]);
  }

  async end(signal = 'SIGTERM') {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(late);
  }

  async stop() {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
