// The troubleshooter, its steps pressed as a person presses them, against a service and a status page that the lab plays.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { World, until, words } from './harness.mjs';
import { Troubleshooter } from './troubleshooter.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

const API = 'https://api.openai.com';
const STATUS = 'status.openai.com';
const SUMMARY = '/api/v2/summary.json';

// The lab answers in the place of the service, of its status page and of the address that knows no sign-in.
const acting = ({ ports }) => ({
  hosts: [`${API}/*`, `https://${STATUS}/*`, 'http://www.gstatic.com/*', 'https://www.gstatic.com/*'],
  args: ['--ignore-certificate-errors'],
  rules: [
    `MAP api.openai.com:443 127.0.0.1:${ports.https}`,
    `MAP ${STATUS}:443 127.0.0.1:${ports.https}`,
    `MAP www.gstatic.com:443 127.0.0.1:${ports.https}`,
    `MAP www.gstatic.com:80 127.0.0.1:${ports.http}`,
  ],
});

let world;
before(async () => {
  world = await World.open(acting);
  await useOpenAi();
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await world.addSource({ id: 'two', name: 'Second', model: 'lab-large', base_url: world.lab.baseUrl });
});
afterEach(() => world.reset());
after(() => world.close());

async function useOpenAi() {
  await world.browser.removeSources();
  await world.browser.addSource('OpenAI', `${API}/v1`, world.lab.key);
}

/** A chat whose call has failed like this, and the troubleshooter of it. */
async function troubleshoot(fault, knobs = {}) {
  await world.lab.fail(fault, { times: -1, ...knobs });
  const chat = await world.chat();
  await chat.ask('Say yes to canary.');
  await until('the call is given up', async () => (await chat.buttons()).some(({ label, disabled }) => /^Try again/.test(label) && !disabled), { ms: 30_000 });
  const troubleshooter = await Troubleshooter.fromPopup(world, chat);
  return { chat, troubleshooter };
}

const incident = {
  status: { indicator: 'none' },
  components: [{ name: 'Responses', status: 'partial_outage' }],
  incidents: [{ name: 'Elevated errors on the API', status: 'investigating', shortlink: `https://${STATUS}/incidents/1`, components: [] }],
};

// They come in the order that the diagnosis makes likely; what cannot be run here is not offered.
test('likely steps come first', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  const steps = await troubleshooter.steps();
  assert.deepEqual(steps.slice(0, 2).map(({ step }) => step), ['status', 'reload']);
  assert.ok(steps.every(({ state }) => state === 'idle'));
  assert.equal(steps.length, 9);
  assert.ok(!steps.some(({ step }) => step === 'site_data'), 'an API keeps nothing in the browser');
});

test('banner details open the troubleshooter', async () => {
  await world.lab.fail('invalid_api_key', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  await chat.inCard((root) => root.querySelector('.diagnosis details').setAttribute('open', ''));
  const opened = world.browser.context.waitForEvent('page');
  await chat.press('Find the cause');
  const troubleshooter = new Troubleshooter(await opened);
  await troubleshooter.ready();
  assert.equal((await troubleshooter.steps())[0].step, 'api');
});

test('the banner runs the likeliest steps', async () => {
  await world.lab.stage({ host: STATUS, path: SUMMARY, body: JSON.stringify(incident), headers: { 'access-control-allow-origin': '*' } });
  await world.lab.fail('server_error', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await until('no wait runs any more', () => chat.inCard((root) => root.querySelector('[data-cause]') && !root.querySelector('.run')), { ms: 60_000 });
  await chat.inCard((root) => root.querySelector('.diagnosis details').setAttribute('open', ''));
  const opened = world.browser.context.waitForEvent('page');
  await chat.press("Check the service’s status");
  const troubleshooter = new Troubleshooter(await opened);
  await troubleshooter.ready();
  const { state, lines } = await troubleshooter.told('status');
  assert.equal(state, 'found');
  assert.match(lines[0], /Elevated errors on the API/);
  await until('its button is at hand', () => troubleshooter.page.evaluate(() => document.activeElement.closest('.step')?.dataset.step === 'status'));
  assert.deepEqual((await troubleshooter.steps()).filter(({ state }) => state !== 'idle').map(({ step }) => step), ['status'], 'no other step runs');
});

// Its outcome is shown there.
test('a retry runs from the troubleshooter', async () => {
  const { chat, troubleshooter } = await troubleshoot('server_error');
  await world.lab.healthy();
  await troubleshooter.run('reload');
  assert.match((await troubleshooter.told('reload')).lines[0], words('step_reload_worked'));
  await chat.page.bringToFront();
  await chat.draft();
});

// Nothing of the person goes along.
test('Statuspage: read, matched and linked', async () => {
  await world.lab.stage({ host: STATUS, path: SUMMARY, body: JSON.stringify(incident), headers: { 'access-control-allow-origin': '*' } });
  const { troubleshooter } = await troubleshoot('server_error');
  const before = Number((await troubleshooter.diagnosis()).confidence);
  const { state, lines } = await troubleshooter.run('status');
  assert.equal(state, 'found');
  assert.match(lines[0], /Elevated errors on the API.*investigating/);
  assert.match(lines[1], /Responses.*partial outage/);
  assert.match(lines.at(-1), words('step_status_as_of'));
  assert.ok(Number((await troubleshooter.diagnosis()).confidence) >= before);
  assert.match(await troubleshooter.evidence(), /status page reports trouble/);
  const asked = (await world.lab.asked()).filter(({ host }) => host === STATUS);
  assert.ok(asked.length > 0 && asked.every(({ cookie, referer, authorization }) => !cookie && !referer && !authorization));
  await troubleshooter.run('status');
  assert.equal((await world.lab.asked()).filter(({ host }) => host === STATUS).length, asked.length, 'not again within a minute');
  await world.lab.stage({ host: STATUS, path: '/incidents/1', body: 'The incident.' });
  const opened = world.browser.context.waitForEvent('page');
  await troubleshooter.step('status').getByRole('button', { name: /^Open the page/ }).first().click();
  await (await opened).waitForURL(`https://${STATUS}/incidents/1`);
});

test('incident.io is read too', async () => {
  const summary = {
    components: [{ id: '01A', name: 'Responses' }],
    affected_components: [{ component_id: '01A', status: 'degraded_performance' }],
    ongoing_incidents: [{ name: 'Slow answers', status: 'identified', affected_components: [{ name: 'Responses' }] }],
    in_progress_maintenances: [],
  };
  await world.lab.stage({ host: STATUS, path: `/proxy/${STATUS}`, body: JSON.stringify({ summary }) });
  const { troubleshooter } = await troubleshoot('server_error');
  const { state, lines } = await troubleshooter.run('status');
  assert.equal(state, 'found');
  assert.match(lines[0], /Slow answers.*identified/);
});

// A page that says all is well is not believed over what was seen.
test('all-clear does not beat the evidence', async () => {
  await world.lab.stage({ host: STATUS, path: SUMMARY, body: JSON.stringify({ status: { indicator: 'none' }, components: [], incidents: [] }) });
  const { troubleshooter } = await troubleshoot('server_error');
  const { state, lines } = await troubleshooter.run('status');
  assert.equal(state, 'nothing');
  assert.match(lines[1], words('step_status_lag'));
  assert.equal((await troubleshooter.diagnosis()).cause, 'server_error');
});

for (const [name, answer] of [
  ['HTML', { body: '<!doctype html><title>Status</title>' }],
  ['ten megabytes', { body: '{"incidents":[{"name":"x"},', repeat: 400_000 }],
  ['an error', { status: 500 }],
]) {
  test(`unreadable status page: ${name}`, async () => {
    for (const path of [SUMMARY, '/api/v2/incidents/unresolved.json', `/proxy/${STATUS}`, '/history.atom']) await world.lab.stage({ host: STATUS, path, ...answer });
    const { troubleshooter } = await troubleshoot('server_error');
    const { state, lines } = await troubleshooter.run('status');
    assert.equal(state, 'could_not', lines.join());
  });
}

// It runs by itself once the person wants that, and the banner shows the result.
test('automatic status look-up, by consent', async () => {
  const atPage = async () => (await world.lab.asked()).filter(({ host }) => host === STATUS).length;
  const failing = async () => {
    await world.lab.fail('server_error', { times: -1 });
    const chat = await world.chat();
    await chat.ask();
    await until('the call is given up', async () => (await chat.buttons()).some(({ label, disabled }) => /^Try again/.test(label) && !disabled), { ms: 30_000 });
    return chat;
  };
  await world.lab.stage({ host: STATUS, path: SUMMARY, body: JSON.stringify(incident), headers: { 'access-control-allow-origin': '*' } });
  await failing();
  assert.equal(await atPage(), 0, 'nobody asked for it');
  const options = await world.browser.options('Your data');
  await options.getByRole('switch', { name: /status page by itself/ }).click();
  await options.getByText(/The status page sees your network address/).waitFor();
  const chat = await failing();
  await until('the banner tells of it', () => chat.inCard((root) => root.querySelector('.diagnosis .note')?.textContent === "The service’s status page reports trouble too."));
  const asked = await atPage();
  await failing();
  assert.equal(await atPage(), asked, 'one look holds for a minute');
  await world.browser.changeSettings({ status_pages: false });
});

// Consent is withdrawn while the troubleshooter is open.
test('without consent no step sends', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  const { settings } = await world.browser.desk.evaluate(() => chrome.storage.local.get('settings'));
  const asked = async () => [(await world.lab.asked()).length, (await world.lab.calls()).length];
  const before = await asked();
  await world.browser.changeSettings({ agreed: 0 });
  for (const step of ['status', 'network', 'api']) {
    const opened = world.browser.context.waitForEvent('page');
    const { state, lines } = await troubleshooter.run(step);
    assert.deepEqual([state, lines], ['could_not', ['Nothing was sent: you haven’t agreed to that yet.']]);
    const welcome = await opened;
    await welcome.waitForURL(/welcome\.html/);
    await welcome.close();
  }
  assert.deepEqual(await asked(), before);
  await world.browser.changeSettings({ agreed: settings.agreed });
});

test('another source answers, or copy', async () => {
  const { chat, troubleshooter } = await troubleshoot('server_error');
  await troubleshooter.open('another_ai');
  await troubleshooter.page.getByRole('button', { name: 'Copy your request' }).click();
  await troubleshooter.told('another_ai');
  assert.equal(await troubleshooter.copied(), 'Say yes to canary.');
  await world.lab.healthy();
  await troubleshooter.run('another_ai');
  await chat.page.bringToFront();
  await chat.draft();
  assert.match(await chat.text(), /Second/);
});

// It fits the schema of HAR and holds neither words nor secrets.
test('the call exports as HAR', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  const { state, lines } = await troubleshooter.run('inspect');
  assert.equal(state, 'shown');
  assert.ok(lines.some((line) => line.includes(`POST ${API}/v1/responses`)), lines.join('\n'));
  assert.ok(lines.some((line) => /Answered with HTTP 500/.test(line)));
  for (const moment of ['Request sent', 'Answer begins', 'First part arrived']) {
    assert.ok(lines.some((line) => new RegExp(`\\d+ ms.*${moment}`).test(line)), `${moment} in\n${lines.join('\n')}`);
  }
  assert.ok(lines.some((line) => /Protocol: http\/1.1/.test(line)));
  const downloading = troubleshooter.page.waitForEvent('download');
  await troubleshooter.page.getByRole('button', { name: 'Save the record (HAR)' }).click();
  const file = await downloading;
  assert.match(file.suggestedFilename(), /^unstuck-call-\d+\.har$/);
  const text = await readFile(await file.path(), 'utf8');
  const { assertHar } = await import('./har.mjs');
  await assertHar(JSON.parse(text));
  assert.ok(!/canary|lab-key|lab-org/.test(text), text);
  const [entry] = JSON.parse(text).log.entries;
  assert.equal(entry.response.status, 500);
  assert.ok(entry.time >= 0 && entry.timings.wait >= 0);
});

// The network is said to be fine, and a clock that is off is told.
test('healthy network, wrong clock', async () => {
  const hoursAgo = new Date(Date.now() - 2 * 3_600_000).toUTCString();
  await world.lab.stage({ host: 'api.openai.com', path: '/', status: 404, headers: { date: hoursAgo } });
  await world.lab.stage({ host: 'www.gstatic.com', path: '/generate_204', status: 204 });
  const { troubleshooter } = await troubleshoot('server_error');
  const { state, lines } = await troubleshooter.run('network');
  assert.equal(state, 'found');
  assert.match(lines[0], words('step_network_fine'));
  assert.match(lines[1], /1[12]\d minutes ahead/);
  const asked = (await world.lab.asked()).filter(({ path }) => path === '/' || path === '/generate_204');
  assert.ok(asked.length <= 4 && asked.every(({ cookie, authorization }) => !cookie && !authorization));
});

// A network that wants a sign-in is told by who answers in the open.
test('captive portal answers over http', async () => {
  await world.lab.stage({ host: 'www.gstatic.com', path: '/generate_204', status: 302, headers: { location: `${world.lab.origin}/portal` } });
  const { troubleshooter } = await troubleshoot('connection_reset');
  const { state, lines } = await troubleshooter.run('network');
  assert.equal(state, 'found');
  assert.match(lines[0], words('step_network_portal'));
});

// A source tells for free which models it has.
test('free questions find a missing model', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  await world.lab.healthy();
  const { lines } = await troubleshooter.run('api');
  assert.match(lines[0], words('step_api_ok'));
  assert.match(lines[1], words('step_api_model_listed'));
});

test('free questions find a refused key', async () => {
  const { troubleshooter } = await troubleshoot('invalid_api_key');
  const { state, lines } = await troubleshooter.run('api');
  assert.equal(state, 'found');
  assert.match(lines[0], words('step_api_key_refused'));
});

test('report copied, support linked', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  await troubleshooter.open('support');
  await troubleshooter.page.getByRole('button', { name: 'Copy report' }).click();
  const { lines } = await troubleshooter.told('support');
  assert.match(lines[0], words('step_support_copied'));
  // The words come a moment before the clipboard has it.
  const report = await until('the report is copied', async () => {
    const text = await troubleshooter.copied();
    return text.includes('server_error') && text;
  });
  assert.ok(!report.includes('canary'));
});

// The report holds what the steps found; the rules lead to the settings.
test('report and rules are reachable', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  await troubleshooter.run('network');
  const press = async (name) => {
    const opened = world.browser.context.waitForEvent('page');
    await troubleshooter.page.getByRole('button', { name }).click();
    return opened;
  };
  await troubleshooter.open('support');
  const report = await press('Look at the report');
  await report.getByText(/network/).first().waitFor();
  await troubleshooter.page.bringToFront();
  await troubleshooter.open('retries');
  const options = await press('Change the rules');
  const rules = options.locator('details[open]', { has: options.locator('summary:focus') });
  await rules.getByText('OpenAI').waitFor();
  await rules.locator('input').first().waitFor();
});

// One by one, and they end in one sentence; nothing is sent to the source.
test('all safe steps run unsent', async () => {
  await world.lab.stage({ host: STATUS, path: SUMMARY, body: JSON.stringify(incident) });
  const { troubleshooter } = await troubleshoot('server_error');
  const calls = (await world.lab.calls()).length;
  await troubleshooter.page.getByRole('button', { name: 'Check everything' }).click();
  await until('the round is over', async () => /^Checked/.test(await troubleshooter.page.locator('.auto-run p').textContent()), { ms: 30_000 });
  for (const { step, state } of await troubleshooter.steps()) {
    const changing = ['reload', 'site_data', 'extensions', 'another_ai', 'support'].includes(step);
    assert.equal(state === 'idle', changing, `${step} is ${state}`);
  }
  assert.match(await troubleshooter.page.locator('.auto-run p').textContent(), /Check the service’s status/);
  assert.equal((await world.lab.calls()).length, calls);
});

test('what was found outlives the worker', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  await troubleshooter.run('retries');
  await world.browser.killWorker();
  await troubleshooter.run('inspect');
  assert.equal((await troubleshooter.told('retries')).state, 'shown');
});

test('the page is accessible throughout', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  await troubleshooter.isAccessible();
  await troubleshooter.run('inspect');
  await troubleshooter.run('network');
  await troubleshooter.isAccessible();
});

// --- one screen ----------------------------------------------------------------------------------------------------------

const ROOM = { width: 900, height: 700 };

for (const fault of ['server_error', 'invalid_api_key', 'connection_reset', 'context_too_long', 'html_reply', 'insufficient_quota', 'model_not_found']) {
  test(`one screen for ${fault}`, async () => {
    const { troubleshooter } = await troubleshoot(fault);
    const { page } = troubleshooter;
    await page.setViewportSize(ROOM);
    const { said, height, open } = await page.evaluate(() => {
      const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const heard = [];
      while (texts.nextNode()) if (texts.currentNode.parentElement.checkVisibility()) heard.push(texts.currentNode.data);
      return { said: heard.join(' '), height: document.documentElement.scrollHeight, open: document.querySelectorAll('.step details[open]').length };
    });
    const count = said.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length;
    assert.ok(count <= 200, `${count} words: ${said}`);
    assert.ok(height <= ROOM.height, `${height} px`);
    assert.equal(open, 1);
    await mkdir(PICTURES, { recursive: true });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: fileURLToPath(new URL(`troubleshooter_${fault}_${colorScheme}.png`, PICTURES)) });
    }
  });
}

test('one step is open at once', async () => {
  const { troubleshooter } = await troubleshoot('server_error');
  const open = () => troubleshooter.page.locator('.step:has(details[open])').evaluateAll((steps) => steps.map(({ dataset }) => dataset.step));
  assert.deepEqual(await open(), ['status']);
  await troubleshooter.open('inspect');
  assert.deepEqual(await open(), ['inspect']);
});

// No button for what cannot be.
test('one AI has no next one', async () => {
  const { settings } = await world.browser.desk.evaluate(() => chrome.storage.local.get('settings'));
  await world.browser.changeSettings({ sources: settings.sources.slice(0, 1) });
  const { troubleshooter } = await troubleshoot('server_error');
  await troubleshooter.open('another_ai');
  assert.deepEqual(await troubleshooter.step('another_ai').getByRole('button').allTextContents(), ['Copy your request']);
});
