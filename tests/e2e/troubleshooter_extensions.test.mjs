// The steps of the troubleshooter that change something in the browser: the search for an extension, and the data of one app.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { World, until, words } from './harness.mjs';
import { Troubleshooter } from './troubleshooter.mjs';

const API = 'https://api.openai.com';
const CULPRIT = 7;

let folder;
let world;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-others-'));
  const others = await Promise.all(Array.from({ length: 12 }, (_, at) => writeOther(at)));
  world = await World.open(({ ports }) => ({
    neighbour: others,
    permissions: ['browsingData', 'management'],
    hosts: [`${API}/*`, 'https://www.perplexity.ai/*'],
    args: ['--ignore-certificate-errors'],
    rules: [`MAP api.openai.com:443 127.0.0.1:${ports.https}`, `MAP www.perplexity.ai:443 127.0.0.1:${ports.https}`],
  }));
  await world.browser.changeSettings({ policy: { attempts: 1 } });
});
afterEach(() => world.reset());
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

// Each may set a proxy; one of them does, to one where nobody listens, for one host.
async function writeOther(at) {
  const place = join(folder, String(at));
  await mkdir(place, { recursive: true });
  const manifest = { manifest_version: 3, name: `Other ${at}`, version: '1', permissions: ['proxy'], background: { service_worker: 'worker.js' } };
  const script = 'function FindProxyForURL(url, host) { return host === "api.openai.com" ? "PROXY 127.0.0.1:9" : "DIRECT"; }';
  const value = { mode: 'pac_script', pacScript: { data: script } };
  await writeFile(join(place, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(place, 'worker.js'), at === CULPRIT ? `chrome.proxy.settings.set({ scope: 'regular', value: ${JSON.stringify(value)} });` : '');
  return place;
}

const enabled = () =>
  world.browser.desk.evaluate(async () => {
    const all = await chrome.management.getAll();
    return all.filter((one) => one.enabled && one.name.startsWith('Other')).map(({ name }) => name).sort();
  });
const ALL = Array.from({ length: 12 }, (_, at) => `Other ${at}`).sort();

async function troubleshoot(service, address) {
  await world.browser.removeSources();
  await world.browser.addSource(service, address, world.lab.key);
  const chat = await world.chat();
  await chat.ask();
  await until('the call is given up', async () => (await chat.buttons()).some(({ label, disabled }) => /^Try again/.test(label) && !disabled), { ms: 30_000 });
  return { chat, troubleshooter: await Troubleshooter.fromPopup(world, chat) };
}

// The extension that stands in the way is found, and all others are on again.
test('one of twelve extensions, five calls', async () => {
  const { chat, troubleshooter } = await troubleshoot('OpenAI', `${API}/v1`);
  assert.equal((await troubleshooter.diagnosis()).cause, 'proxy_failure');
  const { lines } = await troubleshooter.run('extensions');
  assert.match(lines[0], /^Could get in the way: 12 /);
  await troubleshooter.step('extensions').getByRole('button', { name: words('step_extensions_find') }).click();
  await until('the culprit is named', async () => /is in the way/.test((await troubleshooter.told('extensions', { ms: 60_000 })).lines[0]), { ms: 60_000 });
  const told = (await troubleshooter.told('extensions')).lines;
  const [, name, tries] = /^(.+) is in the way\. Tests: (\d+)\.$/.exec(told[0]);
  assert.equal(name, `Other ${CULPRIT}`);
  assert.ok(Number(tries) <= 5, tries);
  assert.deepEqual(await enabled(), ALL.filter((one) => one !== name));
  assert.equal((await troubleshooter.diagnosis()).cause, 'blocked_by_extension');
  assert.match(await troubleshooter.evidence(), new RegExp(name));
  await troubleshooter.run('reload');
  await chat.page.bringToFront();
  await chat.draft();
  await troubleshooter.page.bringToFront();
  await troubleshooter.open('extensions');
  await troubleshooter.step('extensions').getByRole('button', { name: words('step_extensions_switch_on') }).click();
  await until('all are on', async () => (await enabled()).length === 12);
});

// It dies in the middle of the search; its next life switches them on.
test('worker death restores all extensions', async () => {
  const { troubleshooter } = await troubleshoot('OpenAI', `${API}/v1`);
  await troubleshooter.run('extensions');
  await troubleshooter.step('extensions').getByRole('button', { name: words('step_extensions_find') }).click();
  await until('some are off', async () => (await enabled()).length < 12);
  await world.browser.killWorker();
  await world.browser.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'popup', tab: 0 }));
  await until('all are on', async () => (await enabled()).length === 12);
});

// The data of another app stays.
test('clears the data of one app', async () => {
  await world.lab.stage({ host: 'www.perplexity.ai', path: '/plain', headers: { 'set-cookie': 'canary=1; Path=/', 'content-type': 'text/html' } });
  await world.lab.fail('server_error', { times: -1 });
  const { troubleshooter } = await troubleshoot('Another service', 'https://www.perplexity.ai/v1');
  const open = async (url) => {
    const page = await world.browser.context.newPage();
    await page.goto(url);
    return page;
  };
  const app = await open('https://www.perplexity.ai/plain');
  const other = await open(`${world.lab.origin}/plain`);
  // biome-ignore lint/suspicious/noDocumentCookie: a page over plain http has no cookie store.
  for (const page of [app, other]) await page.evaluate(() => [(document.cookie = 'canary=1'), (localStorage.canary = '1')]);
  await troubleshooter.page.bringToFront();
  const { lines } = await troubleshooter.run('site_data');
  assert.match(lines[0], words('step_site_data_cleared'));
  const kept = (page) => page.evaluate(() => [document.cookie.includes('canary'), localStorage.canary === '1']);
  assert.deepEqual([await kept(app), await kept(other)], [[false, false], [true, true]]);
});

test('not applicable to an API', async () => {
  await world.lab.fail('server_error', { times: -1 });
  const { troubleshooter } = await troubleshoot('Another service', world.lab.baseUrl);
  assert.ok((await troubleshooter.steps()).length > 3);
  assert.equal(await troubleshooter.step('site_data').count(), 0);
});
