// Zips the extension so that the same files give the same bytes on any machine and any day.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { zipSync } from "fflate";

/** The oldest date that a zip can hold. */
const EPOCH = new Date(1980, 0, 1);

/** The bytes of a zip of everything below `directory`. */
export function zip(directory) {
  const files = filesBelow(directory).map((path) => [path, readFileSync(join(directory, path))]);
  return zipSync(Object.fromEntries(files), { level: 9, mtime: EPOCH });
}

/** The files below `directory`, as sorted paths with forward slashes. */
export function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(directory, "/").length))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [directory, target] = process.argv.slice(2);
  const bytes = zip(directory);
  writeFileSync(target, bytes);
  console.log(`${createHash("sha256").update(bytes).digest("hex")}  ${target}  (${bytes.length} bytes)`);
}
