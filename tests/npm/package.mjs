// The npm package as a registry hands it out: packed, unpacked, and found by its name in a folder of its own.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ASSEMBLED = join(ROOT, 'dist/npm/unstuck-diagnose');

/** Installs it beside some packages of the repository; `folder` goes with `remove()`. */
export async function install(beside = []) {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-npm-'));
  const run = promisify(execFile);
  await run('npm', ['pack', '--silent', '--pack-destination', folder, ASSEMBLED]);
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  const [archive] = (await run('ls', [folder])).stdout.split('\n').filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', join(folder, archive), '-C', modules]);
  await rename(join(modules, 'package'), join(modules, 'unstuck-diagnose'));
  for (const name of beside) await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  return { folder, modules, remove: () => rm(folder, { recursive: true, force: true }) };
}
