// Thirty days of health, as if they had been lived.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BINARY = process.env.UNSTUCK_MONTH ?? fileURLToPath(new URL('../../target/debug/examples/month', import.meta.url));

/** Gives these sources thirty days of health up to now. The next life of the worker knows them. */
export async function monthOf(world, sources) {
  const named = sources.map(({ id, name }) => `${id}=${name}`);
  if (!existsSync(BINARY)) throw new Error(`The month is not built: run 'cargo build -p unstuck-engine --example month' (looked for ${BINARY}).`);
  const hex = execFileSync(BINARY, [String(Date.now()), ...named], { encoding: 'utf8', maxBuffer: 1 << 26 }).trim();
  await world.browser.killWorker();
  await world.browser.inside(({ vault }, bytes) => vault.keepHealth(Uint8Array.fromHex(bytes)), hex);
  await world.browser.killWorker();
}
