// The report that a person can send: what is shown is what leaves, and nothing that anyone wrote is in it.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { World, unfold, until } from './harness.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world;
before(async () => {
  world = await World.open({ acceptDownloads: true });
});
afterEach(() => world.reset());
after(() => world.close());

/** A failed ask, and the page of its report, opened from the card. */
async function seen(chat) {
  await chat.press('Look at the report');
  const report = await until('the report is open', () => world.browser.context.pages().find((page) => page.url().includes('report.html')));
  await report.locator('[data-preview]').waitFor();
  return report;
}

async function failed(fault, prompt = 'Say yes, gladly.') {
  await world.lab.fail(fault, { times: -1 });
  const chat = await world.chat();
  await chat.ask(prompt);
  await chat.diagnosis();
  return chat;
}

const previewOf = (page) => page.locator('[data-preview]').evaluate((shown) => shown.textContent);
const clipboardOf = (page) => page.evaluate(() => navigator.clipboard.readText());

/** Presses a button of the page, and waits until the preview has become what it then is. */
async function changes(page, press) {
  const old = await previewOf(page);
  await press();
  return until('the preview changes', async () => {
    const now = await previewOf(page);
    return now !== old && now;
  });
}

async function download(page) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

// They agree byte for byte, as Markdown and as JSON.
test('preview, copy and file agree', async () => {
  const chat = await failed('invalid_api_key');
  await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.press('Copy report');
  const fromCard = await until('the card has copied', () => clipboardOf(chat.page));
  const report = await seen(chat);
  const markdown = await previewOf(report);
  assert.equal(fromCard, markdown);
  assert.match(markdown, /^# /);
  for (const part of ['- cause: invalid_api_key\n', '- request id: req_', '- attempt: number 1, ', 'status 401', 'cf_ray ', '- browser: Chrom', '- system: Linux\n', '- unstuck: ']) {
    assert.ok(markdown.includes(part), `${part} in\n${markdown}`);
  }
  const file = await download(report);
  assert.equal(file.name, 'unstuck-invalid_api_key.md');
  assert.deepEqual(file.bytes, Buffer.from(markdown));

  const json = await changes(report, () => report.getByRole('button', { name: 'JSON' }).click());
  assert.equal(JSON.parse(json).cause, 'invalid_api_key');
  const saved = await download(report);
  assert.equal(saved.name, 'unstuck-invalid_api_key.json');
  assert.deepEqual(saved.bytes, Buffer.from(json));
  await report.getByRole('button', { name: 'Copy', exact: true }).click();
  await report.locator('.note', { hasText: 'Copied' }).waitFor();
  assert.equal(await clipboardOf(report), json);
});

// It stays out of both forms, even after the worker died.
test('a removed line stays out', async () => {
  const chat = await failed('server_error');
  const report = await seen(chat);
  const host = report.getByRole('switch', { name: /^Host / });
  const without = await changes(report, () => host.click());
  assert.doesNotMatch(without, /^- host:/m);
  assert.equal(await host.getAttribute('aria-checked'), 'false');
  await world.browser.killWorker();
  const json = await changes(report, () => report.getByRole('button', { name: 'JSON' }).click());
  assert.ok(!('host' in JSON.parse(json)), json);
  const back = await changes(report, () => host.click());
  assert.equal(JSON.parse(back).host, '127.0.0.1');
});

// Own words and the page's address go in only when added, and without their secrets.
test('additions are optional and redacted', async () => {
  // Nothing but the sweep for stored keys would know this one for a key.
  const key = 'pomegranate-orchard';
  await world.browser.setUpSource(world.lab.baseUrl, key);
  const chat = await failed('server_error');
  const report = await seen(chat);
  assert.doesNotMatch(await previewOf(report), /^- (page|remark):/m);
  await report.getByRole('button', { name: 'Its site' }).click();
  await until('the site is told', async () => (await previewOf(report)).includes(`- page: ${world.lab.origin}\n`));
  const words = `It failed twice. Write to jane.roe@mail.example. My key is ${key}, and sk-${'proj'}-Fake0Test1Zz9Fake0Test1Zz9.`;
  await report.getByLabel(/^In your own words/).pressSequentially(words);
  const told = await until('the last word is told', async () => /#\d\]\.\n/.test(await previewOf(report)) && (await previewOf(report)));
  assert.match(told, /- remark: It failed twice\. Write to \[EMAIL#1\]\. My key is \[OWN_SECRET#1\], and \[OPENAI_KEY#\d\]\.\n/);
  assert.match(told, /- redactions: .*EMAIL 1/);
  assert.equal(await report.getByLabel(/^In your own words/).inputValue(), words);
  await world.useLab();
});

// The popup leads to the same report, the details to the page of the cause.
test('popup and details work offline', async () => {
  const chat = await failed('invalid_api_key');
  const report = await seen(chat);
  const wanted = await previewOf(report);
  await report.close();
  const popup = await world.browser.popup(chat.page);
  await unfold(popup);
  await popup.getByRole('button', { name: 'Look at the report' }).click();
  const again = await until('the report is open', () => world.browser.context.pages().find((page) => page.url().includes('report.html')));
  await again.locator('[data-preview]').waitFor();
  assert.equal(await previewOf(again), wanted);
  const reference = () => until('the reference is open', () => world.browser.context.pages().find((page) => page.url().includes('reference.html')));
  await popup.getByRole('button', { name: 'About this error' }).click();
  const fromPopup = await reference();
  await fromPopup.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(fromPopup.url(), world.browser.url('reference.html?invalid_api_key'));
  await fromPopup.close();
  await chat.page.bringToFront();
  await chat.inCard((root) => root.querySelector('.diagnosis details').setAttribute('open', ''));
  await chat.press('About this error');
  assert.equal((await reference()).url(), world.browser.url('reference.html?invalid_api_key'));
});

test('forgotten failures have no report', async () => {
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('report.html?call=999'));
  await page.getByText('This failure is gone').waitFor();
  assert.equal(await page.locator('[data-preview]').count(), 0);
});

// It is tested light and dark, wide and narrow.
test('the report is accessible', async () => {
  const report = await seen(await failed('invalid_api_key'));
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1200, 480]) {
      await report.emulateMedia({ colorScheme });
      await report.setViewportSize({ width, height: 900 });
      await report.evaluate(AXE);
      const { violations } = await report.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], `${colorScheme} ${width}`);
      const overflow = await report.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(overflow, false, `${width} pixels are enough`);
      await mkdir(PICTURES, { recursive: true });
      await report.screenshot({ path: fileURLToPath(new URL(`report_${width}_${colorScheme}.png`, PICTURES)), fullPage: true });
    }
  }
});

// --- fifty words that must never get out ---------------------------------------------------------------------------------

// Words that nothing takes for a secret: only the allow-list keeps them out.
const CANARIES = Array.from({ length: 50 }, (_, index) => `canary${String.fromCharCode(97 + (index % 26))}${index < 26 ? 'wren' : 'finch'}`);
const take = (from, count) => CANARIES.slice(from, from + count);
const [DOM, ADDRESS, DRAFT, PROMPT, BODY, HEADERS, ANSWER] = [take(0, 10), take(10, 6), take(16, 4), take(20, 6), take(26, 10), take(36, 6), take(42, 8)];

/** A service whose answers are full of them. */
async function chattyService() {
  const body = (message) =>
    JSON.stringify({ error: { message: `${message} ${BODY.slice(0, 4).join(' ')}`, type: BODY[4], code: BODY[5], param: BODY[6], [BODY[7]]: 1 }, detail: BODY[8], request: { user: BODY[9] } });
  const event = (content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
  const answers = [
    { status: 401, body: body('Incorrect API key provided:') },
    { status: 429, body: body('Rate limit reached for') },
    { status: 403, body: body('Country not supported:') },
    { status: 400, body: body("This model's maximum context length is 8192 tokens.") },
    { status: 500, body: `<html><title>${BODY[0]}</title><body><h1>${BODY.join(' ')}</h1></body></html>`, type: 'text/html' },
    { status: 200, body: ANSWER.map((word) => event(`${word} `)).join(''), type: 'text/event-stream' },
    { status: 200, body: `${event(ANSWER.join(' '))}data: ${body('The server had an error')}\n\n`, type: 'text/event-stream' },
  ];
  let turn = 0;
  const server = createServer((_request, response) => {
    const { status, body: sent, type = 'application/json' } = answers[turn];
    const names = ['x-note', 'server', 'x-error-message', 'www-authenticate', 'via', 'x-should-retry'];
    const headers = Object.fromEntries(names.map((name, index) => [name, HEADERS[index]]));
    response.writeHead(status, HEADERS[0], { 'content-type': type, ...headers });
    response.end(sent);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    kinds: answers.length,
    use: (index) => (turn = index),
    close: () => server.close(),
  };
}

// They stand in the page, its address, the draft, the prompt and the answer.
test('fifty words never reach a report', async () => {
  assert.equal(new Set([DOM, ADDRESS, DRAFT, PROMPT, BODY, HEADERS, ANSWER].flat()).size, 50);
  const service = await chattyService();
  await world.browser.setUpSource(service.baseUrl, 'key-of-a-chatty-service');
  await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  try {
    for (let kind = 0; kind < service.kinds; kind += 1) {
      service.use(kind);
      const [path, ...query] = ADDRESS;
      const chat = await world.chat({ path: `/messenger?${path}=${query.join('+')}#${query.at(-1)}`, text: DRAFT.join(' ') });
      await chat.page.evaluate(([title, ...words]) => {
        document.title = title;
        for (const word of words) document.body.append(Object.assign(document.createElement('p'), { title: word, id: word, textContent: word }));
      }, DOM);
      await chat.ask(PROMPT.join(' '));
      const { cause } = await chat.diagnosis();
      const reports = [];
      await chat.press('Copy report');
      reports.push(await until('the card has copied', () => clipboardOf(chat.page)));
      const report = await seen(chat);
      reports.push(await previewOf(report));
      reports.push(await changes(report, () => report.getByRole('button', { name: 'JSON' }).click()));
      const popup = await world.browser.popup(chat.page);
      await popup.evaluate(() => navigator.clipboard.writeText(''));
      await unfold(popup);
      await popup.getByRole('button', { name: 'Copy report' }).first().click();
      reports.push(await until('the popup has copied', () => clipboardOf(popup)));
      await popup.evaluate(() => navigator.clipboard.writeText(''));
      for (const text of reports) {
        assert.ok(text.includes(cause), text);
        for (const word of CANARIES) assert.ok(!text.toLowerCase().includes(word), `answer ${kind}: ${word} in\n${text}`);
      }
      await Promise.all([popup, report, chat.page].map((page) => page.close()));
      await world.browser.forget();
    }
  } finally {
    service.close();
    await world.useLab();
  }
});
