// The npm package in Node, in a browser, behind a bundler, and under a strict type checker.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { install, ROOT } from './package.mjs';

const SPENT = { provider: 'openai', status: 429, body: { error: { code: 'insufficient_quota', message: 'You exceeded your current quota.' } } };
const ASK = `
  import { diagnose, explain } from 'unstuck-diagnose';
  export const answer = async (failure) => ({ diagnosis: await diagnose(failure), told: await explain(failure, 'en-GB') });
`;

let installed;
let library;

before(async () => {
  installed = await install();
  library = await import(pathToFileURL(join(installed.modules, 'unstuck-diagnose/index.js')));
});

after(() => installed.remove());

test('a failure is diagnosed and explained', async () => {
  const diagnosis = await library.diagnose(SPENT);
  assert.equal(diagnosis.cause, 'quota_exhausted');
  assert.equal(diagnosis.retry.when, 'after_fix');
  assert.ok(diagnosis.confidence > 0.8);
  const told = await library.explain(SPENT);
  assert.equal(told.cause, 'quota_exhausted');
  assert.match(told.headline, /OpenAI .+\.$/);
  assert.ok(told.steps.length > 0 && told.actions[0].primary);
});

test('texts, answers and JSON are understood', async () => {
  const cause = async (given) => (await library.diagnose(given)).cause;
  assert.equal(await cause('Incorrect API key provided: sk-abc'), 'invalid_api_key');
  assert.equal(await cause({ error: { code: 'context_length_exceeded' } }), 'context_too_long');
  assert.equal(await cause({ close_code: 1011 }), 'server_error');
  assert.equal(await cause('{"status":503,"body":"upstream connect error"}'), 'bad_gateway');
  for (const nothing of ['', {}, [], null, undefined, 7, new Error('')]) assert.equal(await cause(nothing), 'unknown');
});

test('a locale has the closest words', async () => {
  for (const [locale, label] of [['pt-BR', 'Adicionar crédito'], ['pt', 'Adicionar crédito'], ['zh', '充值'], ['zh-Hant-HK', '加值'], ['zh-tw', '加值'], ['de_AT', 'Guthaben aufladen']]) {
    assert.equal((await library.explain(SPENT, locale)).actions[0].label, label, locale);
  }
});

test('other locales fall back to English', async () => {
  const english = await library.explain(SPENT, 'en');
  for (const locale of ['en-US', 'tlh', 'toString', '']) {
    assert.deepEqual(await library.explain(SPENT, locale), english, locale);
  }
});

test('every explanation has its words', async () => {
  const types = await readFile(join(installed.modules, 'unstuck-diagnose/ids.d.ts'), 'utf8');
  const causes = types.split('export type')[1].match(/'\w+'/g);
  assert.equal(causes.length, 58);
  const words = await import(pathToFileURL(join(installed.modules, 'unstuck-diagnose/words/en.js')));
  for (const cause of causes) assert.ok(words.default[`${cause.slice(1, -1)}_headline`], cause);
  for (const message of Object.values(words.default)) assert.doesNotMatch(message, /\$[A-Za-z_]/);
});

test('the command says the same', async () => {
  const rows = (await readFile(join(ROOT, 'tests/data/failures.jsonl'), 'utf8')).trim().split('\n').slice(0, 120);
  const failures = rows.map((row) => JSON.parse(row).failure);
  const told = await command(['diagnose', '--jsonl'], failures.map((failure) => JSON.stringify(failure)).join('\n'));
  const lines = told.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.length, failures.length);
  for (const [index, failure] of failures.entries()) {
    const { cause, confidence, headline, steps, retry } = await library.explain(failure);
    const { cause: c, confidence: s, headline: h, steps: t, retry: r } = lines[index];
    assert.deepEqual({ cause, confidence, headline, steps, retry }, { cause: c, confidence: s, headline: h, steps: t, retry: r });
  }
});

test('a bundle answers in the browser', async () => {
  for (const format of ['iife', 'esm']) {
    const entry = join(installed.folder, 'page.js');
    await writeFile(entry, `${ASK}\nglobalThis.answer = answer;`);
    const { outputFiles, warnings } = await build({ entryPoints: [entry], bundle: true, minify: true, format, write: false, logLevel: 'silent' });
    assert.deepEqual(warnings, []);
    const found = await inBrowser({ '/page.js': outputFiles[0].text }, `<script type="module" src="/page.js"></script>`);
    assert.equal(found.diagnosis.cause, 'quota_exhausted', format);
    assert.equal(found.told.cause, 'quota_exhausted', format);
  }
});

test('plain modules answer in the browser', async () => {
  const at = (path) => readFile(join(installed.modules, 'unstuck-diagnose', path), 'utf8');
  const files = { '/page.js': `${ASK.replace('unstuck-diagnose', '/lib/index.js')}\nglobalThis.answer = answer;` };
  for (const path of ['index.js', 'data.js', 'words/en.js']) files[`/lib/${path}`] = await at(path);
  const found = await inBrowser(files, `<script type="module" src="/page.js"></script>`);
  assert.equal(found.diagnosis.cause, 'quota_exhausted');
});

test('a bundle answers in node', async () => {
  const entry = join(installed.folder, 'program.js');
  await writeFile(entry, `${ASK}\nanswer(${JSON.stringify(SPENT)}).then(({ told }) => console.log(told.cause));`);
  const outfile = join(installed.folder, 'program.cjs');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  assert.equal(stdout.trim(), 'quota_exhausted');
});

test('the types hold under strict checks', async () => {
  const program = `
    import { diagnose, explain, fromError, type Cause, type Diagnosis } from 'unstuck-diagnose';
    const diagnosis: Diagnosis = await diagnose({ status: 429, headers: { 'retry-after': '20' }, provider: 'openai' });
    const cause: Cause = diagnosis.cause;
    const wait: number | null = diagnosis.retry.after_ms;
    const headline: string = (await explain(fromError(new Error('x'), { url: 'https://h' }), 'en')).headline;
    // @ts-expect-error no cause has this id
    const wrong: Cause = 'nobody_knows';
    export { cause, wait, headline, wrong };
  `;
  await writeFile(join(installed.folder, 'program.ts'), program);
  const words = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', '', 'program.mts'];
  await writeFile(join(installed.folder, 'program.mts'), program);
  await promisify(execFile)(join(ROOT, 'node_modules/.bin/tsc'), words, { cwd: installed.folder }).catch(({ stdout }) => assert.fail(stdout));
});

/** What `answer` gives for a spent quota in a page of these files. */
async function inBrowser(files, html) {
  const server = createServer((request, response) => {
    const text = request.url === '/' ? html : files[request.url];
    const type = request.url === '/' ? 'text/html' : 'text/javascript';
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': type }).end(text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.answer);
    return await page.evaluate((failure) => globalThis.answer(failure), SPENT);
  } finally {
    await browser.close();
    server.close();
  }
}

/** What `unstuck` prints for this input. */
async function command(words, input) {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const running = promisify(execFile)(join(target, 'debug/unstuck'), words, { maxBuffer: 1 << 26 });
  running.child.stdin.end(input);
  return (await running).stdout;
}
