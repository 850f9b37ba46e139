// The table of network errors against the browser's own list. A newer browser may know a name that the table lacks:
// this test then says what to add, and until it is added the name is told as it is (`network_unknown`).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { until } from './until.mjs';

const CHROMIUM = process.env.CHROME ?? '/usr/bin/chromium';
const TABLE = new URL('../../src/diagnose/classify/net_errors/table.rs', import.meta.url);

let folder, browser, own;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-net-log-'));
  const log = join(folder, 'log.json');
  browser = spawn(CHROMIUM, ['--headless=new', '--no-sandbox', `--user-data-dir=${folder}/profile`, `--log-net-log=${log}`, 'about:blank'], { stdio: 'ignore' });
  // The constants are the first thing that is written, on a line of their own; the file is not closed before the end.
  own = await until('the browser has written its constants', async () => {
    const text = await readFile(log, 'utf8');
    const errors = /"netError":(\{[^}]*\})/.exec(text)?.[1];
    return errors && JSON.parse(errors);
  }, { ms: 60_000, every: 200 });
});
after(async () => {
  const ended = new Promise((resolve) => browser.once('exit', resolve));
  browser.kill();
  await ended;
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

test('the table has every browser error', async () => {
  const known = new Set([...(await readFile(TABLE, 'utf8')).matchAll(/"(ERR_\w+)"/g)].map(([, name]) => name));
  const names = Object.keys(own).filter((name) => name.startsWith('ERR_'));
  assert.ok(names.length >= 200, `only ${names.length} names in the log`);
  const missing = names.filter((name) => !known.has(name)).sort();
  const rows = missing.map((name) => `    named("${name}", Cause), // ${own[name]}`);
  assert.equal(missing.length, 0, `add to src/diagnose/classify/net_errors/table.rs and tests/data/net_errors.tsv, each with its cause:\n${rows.join('\n')}`);
});
