// The lab as a child process: an AI provider on loopback that fails by name, and the pages it serves.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BINARY = process.env.UNSTUCK_LAB ?? fileURLToPath(new URL('../../target/debug/unstuck-lab', import.meta.url));

export class Lab {
  /** Starts the lab with the words of its command line and waits for the line that tells its ports. It ends with this process. */
  static async start(args = []) {
    if (!existsSync(BINARY)) throw new Error(`The lab is not built: run 'cargo build -p unstuck-lab' (looked for ${BINARY}).`);
    const child = spawn(BINARY, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', (text) => resolve([text]));
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the lab ended with ${code}`)));
    });
    return new Lab(child, JSON.parse(line));
  }

  constructor(child, ports) {
    this.child = child;
    this.ports = ports;
    this.origin = `http://127.0.0.1:${ports.http}`;
    this.baseUrl = ports.base_url;
    this.key = 'lab-key';
  }

  /** The next `times` calls fail like this; -1 stands for every call until `healthy()`. */
  fail(name, { times = 1, ...knobs } = {}) {
    return this.#post('/lab/fault', { name, times, ...knobs });
  }

  healthy() {
    return this.fail('healthy');
  }

  reset() {
    return this.#post('/lab/reset', {});
  }

  /** Puts an answer at a path, of one host if it is named: `{ host, path, status, headers, body, repeat }`. */
  stage(answer) {
    return this.#post('/lab/stage', answer);
  }

  /** Everyone who asked for a staged answer, oldest first. */
  async asked() {
    return (await this.#get('/lab/asked')).asked;
  }

  /** Every ask so far in any dialect, oldest first. */
  async calls() {
    const { calls } = await this.#get('/lab/log');
    return calls.filter((call) => call.method === 'POST');
  }

  /** Every message that the messenger sent. */
  async sent() {
    return (await this.#get('/lab/sent')).sent;
  }

  stop() {
    this.child.stdin.end();
    this.child.kill();
  }

  async #get(path) {
    return (await fetch(this.origin + path)).json();
  }

  async #post(path, body) {
    const reply = await fetch(this.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await reply.json();
    if (!reply.ok) throw new Error(`${path}: ${answer.error}`);
    return answer;
  }
}
