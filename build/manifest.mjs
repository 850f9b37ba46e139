// Writes the manifest with the version of Cargo.toml, so that a release is named in one place.
import { readFileSync, writeFileSync } from "node:fs";

const [source, version, target] = process.argv.slice(2);
const manifest = { ...JSON.parse(readFileSync(source, "utf8")), version };
writeFileSync(target, `${JSON.stringify(manifest, null, 2)}\n`);
