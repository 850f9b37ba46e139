// The two libraries as others get them: packed, built from the package alone, and used by a program outside the workspace.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
const LIBRARIES = ['unstuck-diagnose', 'unstuck-redact'];
const VERSION = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8').match(/^version = "(.+)"$/m)[1];

/** What somebody writes who has read the two READMEs. */
const PROGRAM = `
use unstuck_diagnose::{Catalogue, Cause, Failure, classify, explain};

fn main() {
    let mut failure = Failure::from_message("Incorrect API key provided: sk-proj-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6");
    failure.status = Some(401);
    let diagnosis = classify(&failure);
    let text = explain(&diagnosis, &Catalogue::english()).headline;
    let whose = match diagnosis.cause {
        Cause::InvalidApiKey => "yours",
        _ => "another's",
    };
    let out = unstuck_redact::redact(failure.message.as_deref().unwrap_or_default(), &[]).expect("no leak");
    println!("{} | {text} | {whose} | {}", diagnosis.cause.id(), out.text);
}
`;

let outside;

before(async () => {
  outside = await mkdtemp(join(tmpdir(), 'unstuck-crates-'));
});

after(() => rm(outside, { recursive: true, force: true }));

test('packaged crates serve outsiders', async () => {
  const packages = LIBRARIES.flatMap((name) => ['--package', name]);
  const { stderr } = await cargo(['package', '--allow-dirty', ...packages], ROOT);
  assert.match(stderr, /Verifying unstuck-diagnose/);
  const ownTests = /warning: ignoring (test|benchmark) .* is not included in the published package/;
  const noAddress = /warning: manifest has no documentation, homepage or repository/;
  const warnings = stderr.split('\n').filter((line) => line.startsWith('warning:'));
  assert.deepEqual(warnings.filter((line) => !ownTests.test(line) && !noAddress.test(line)), []);

  await mkdir(join(outside, 'src'));
  for (const name of LIBRARIES) {
    await cp(join(TARGET, 'package', `${name}-${VERSION}`), join(outside, name), { recursive: true });
  }
  const dependencies = LIBRARIES.map((name) => `${name} = { path = "${name}" }`).join('\n');
  const manifest = `[package]\nname = "outside"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n${dependencies}\n\n[workspace]\n`;
  await writeFile(join(outside, 'Cargo.toml'), manifest);
  await cp(join(ROOT, 'Cargo.lock'), join(outside, 'Cargo.lock'));
  await writeFile(join(outside, 'src/main.rs'), PROGRAM);
  const { stdout } = await cargo(['run', '--quiet'], outside);
  assert.equal(
    stdout.trim(),
    'invalid_api_key | The AI service didn’t accept your key. | yours | Incorrect API key provided: [SECRET#1]',
  );
});

/** With the registry left alone: what the workspace needs is here already. */
function cargo(words, cwd) {
  const env = { ...process.env, CARGO_TARGET_DIR: cwd === ROOT ? TARGET : join(TARGET, 'outside') };
  return promisify(execFile)('cargo', [...words, '--offline'], { cwd, env, maxBuffer: 1 << 24 });
}
