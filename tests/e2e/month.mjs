// Thirty days of health, as if they had been lived.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Gives these sources thirty days of health up to now. The next life of the worker knows them. */
export async function monthOf(world, sources) {
  const named = sources.map(({ id, name }) => `${id}=${name}`);
  const words = ['run', '--quiet', '--package', 'unstuck-engine', '--example', 'month', '--', String(Date.now()), ...named];
  const hex = execFileSync('cargo', words, { cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 1 << 26 }).trim();
  await world.browser.killWorker();
  await world.browser.inside(({ vault }, bytes) => vault.keepHealth(Uint8Array.fromHex(bytes)), hex);
  await world.browser.killWorker();
}
