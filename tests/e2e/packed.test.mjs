// The zip for the store: what comes out of it is what was built, and gets a person past a failure in a fresh profile.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { unzipSync } from 'fflate';

import { filesBelow, zip } from '../../build/pack.mjs';
import { DIST } from './dist.mjs';
import { World } from './harness.mjs';

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-packed-'));
});
after(() => rmSync(folder, { recursive: true }));

test('two folders give the same zip', () => {
  const copies = ['a', 'another'].map((name) => join(folder, name));
  for (const [at, copy] of copies.entries()) {
    cpSync(DIST, copy, { recursive: true });
    for (const file of filesBelow(copy)) utimesSync(join(copy, file), at * 86_400, at * 86_400);
  }
  const [one, other] = copies.map(zip);
  assert.ok(one.length > 500_000 && Buffer.from(one).equals(other));
});

test('the zip mends a failed call', async () => {
  const dist = join(folder, 'installed');
  for (const [path, bytes] of Object.entries(unzipSync(zip(DIST)))) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), bytes);
  }
  const world = await World.open({ dist });
  try {
    await world.lab.fail('invalid_api_key', { times: -1 });
    const chat = await world.chat();
    const before = await chat.readBox();
    await chat.ask();
    await world.explains(chat, { cause: 'invalid_api_key', fault: 'account' });
    await world.lab.healthy();
    await chat.retry();
    await world.inserts(chat, before, await chat.draft());
  } finally {
    await world.close();
  }
});
