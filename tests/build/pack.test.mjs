// The store's zip: anyone who builds the same commit can check that it is the one that was published.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { unzipSync } from "fflate";
import { zip } from "../../build/pack.mjs";

const FILES = { "manifest.json": "{}", "content/paint.js": "paint();", "_locales/en/messages.json": '{"é":1}' };
const made = [];

after(() => {
  for (const directory of made) rmSync(directory, { recursive: true });
});

// The order and the dates of the files do not matter.
test("same files give same bytes", () => {
  const older = directoryOf(Object.entries(FILES), new Date(2001, 2, 3));
  const newer = directoryOf(Object.entries(FILES).reverse(), new Date(2026, 10, 22));
  assert.deepEqual(zip(newer), zip(older));
});

test("one changed byte gives another zip", () => {
  const original = directoryOf(Object.entries(FILES));
  const changed = directoryOf(Object.entries({ ...FILES, "manifest.json": "[]" }));
  assert.notDeepEqual(zip(changed), zip(original));
});

test("holds every file, sorted by path", () => {
  const entries = Object.entries(unzipSync(zip(directoryOf(Object.entries(FILES)))));
  const texts = entries.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
  assert.deepEqual(texts, Object.entries(FILES).sort(([a], [b]) => (a < b ? -1 : 1)));
});

// Entries carry the date 1980-01-01.
test("fixed date and no extra field", () => {
  const bytes = Buffer.from(zip(directoryOf([["manifest.json", "{}"]])));
  const midnight = 0;
  const newYear1980 = (1 << 5) | 1;
  assert.equal(bytes.readUInt16LE(10), midnight);
  assert.equal(bytes.readUInt16LE(12), newYear1980);
  assert.equal(bytes.readUInt16LE(28), 0);
});

function directoryOf(files, date = new Date()) {
  const directory = mkdtempSync(join(tmpdir(), "unstuck-pack-"));
  made.push(directory);
  for (const [path, text] of files) {
    const target = join(directory, path);
    mkdirSync(join(target, ".."), { recursive: true });
    writeFileSync(target, text);
    utimesSync(target, date, date);
  }
  return directory;
}
