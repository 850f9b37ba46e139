// Chromium with a copy of the extension in a profile of its own, and the extension's pages as a person uses them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

import { DIST } from './dist.mjs';
import { inside } from './inside.mjs';
import { reword } from './pseudo.mjs';
import { answered, until } from './until.mjs';

const CHROMIUM = process.env.CHROME ?? '/usr/bin/chromium';

// So the test runner ends a file that takes too long. Its browsers are closed first, and nothing that still waits keeps the process.
process.once('SIGTERM', () => setTimeout(() => process.exit(1), 5_000));

// Where the tests call and browse: loopback by number, and `.test` names that resolve to it.
const HOSTS = ['http://127.0.0.1/*', 'https://127.0.0.1/*', 'http://*.test/*', 'https://*.test/*'];

/**
 * Copies the extension with the one change that a headless browser needs: nobody is there to answer
 * `permissions.request`, so the hosts of the tests are granted from the start. For a granted host the request
 * answers true at once, so the way through the options page stays the real one. `hosts` and `permissions` may name more. A `key` gives the
 * extension an id that is known beforehand. `words` makes other words of each message. `dist` is where the extension is.
 */
async function testCopy(folder, { hosts = [], permissions = [], key, words, dist = DIST }) {
  if (!existsSync(join(dist, 'manifest.json'))) throw new Error(`The extension is not built: run './build.sh build' (looked in ${dist}).`);
  const copy = join(folder, 'extension');
  await cp(dist, copy, { recursive: true });
  const path = join(copy, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  manifest.host_permissions = [...HOSTS, ...hosts];
  if (key) manifest.key = key;
  manifest.permissions.push(...permissions);
  manifest.optional_permissions = manifest.optional_permissions.filter((one) => !permissions.includes(one));
  await writeFile(path, JSON.stringify(manifest));
  if (words) await reword(copy, words);
  return copy;
}

/** A folder with a profile, and the switches that load the copy of the extension into it. */
async function newProfile({ headless = true, hosts, permissions, key, rules = [], args = [], neighbour, words, dist }) {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-e2e-'));
  const extensions = [await testCopy(folder, { hosts, permissions, key, words, dist }), ...[neighbour ?? []].flat()].join();
  const switches = [
    ...(headless ? ['--headless=new'] : []),
    '--no-sandbox',
    '--lang=en-US',
    '--no-first-run',
    `--disable-extensions-except=${extensions}`,
    `--load-extension=${extensions}`,
    `--host-resolver-rules=${['MAP nx.test ~NOTFOUND', 'MAP *.test 127.0.0.1', ...rules].join(', ')}`,
    '--disable-background-timer-throttling',
    ...args,
  ];
  return { folder, profile: join(folder, 'profile'), switches };
}

/**
 * A browser that lives without a debugger while nobody looks: the browser never puts a worker to sleep that one is attached
 * to. `look` attaches for as long as its function runs.
 */
export class Unattended {
  static async launch() {
    const { folder, profile, switches } = await newProfile({});
    const child = spawn(CHROMIUM, [...switches, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], { stdio: 'ignore' });
    const portFile = join(profile, 'DevToolsActivePort');
    const port = await until('the browser listens', async () => /^\d+/.exec(await readFile(portFile, 'utf8'))?.[0], { ms: 30_000 });
    return new Unattended(folder, profile, child, `http://127.0.0.1:${port}`);
  }

  constructor(folder, profile, child, address) {
    Object.assign(this, { folder, profile, child, address });
  }

  async look(run) {
    const devtools = await chromium.connectOverCDP(this.address);
    try {
      return await run(devtools.contexts()[0]);
    } finally {
      await devtools.close();
    }
  }

  async close() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}

const nodes = (node) => (node && typeof node === 'object' ? [node, ...Object.values(node).flatMap(nodes)] : []);

/** Presses a tab of the options, and waits for what belongs to it. */
export async function turnTo(page, tab) {
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await page.getByRole('tabpanel', { name: tab, exact: true }).waitFor();
}

/** Whether a view says this anywhere. */
const says = (view, text) => JSON.stringify(view).includes(text);

/** What the button of this name does in a view. */
function pressOf(view, name) {
  const found = nodes(view).find((node) => node.press && JSON.stringify(node).includes(JSON.stringify(name)));
  assert.ok(found, `nothing is called ${name}`);
  return found.press;
}

export class Browser {
  static async launch({ headless, hosts, permissions, key, rules, args, neighbour, agree, words, dist, ...options } = {}) {
    const { folder, profile, switches } = await newProfile({ headless, hosts, permissions, key, rules, args, neighbour, words, dist });
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: false,
      viewport: { width: 1100, height: 780 },
      locale: 'en-US',
      ...options,
      args: switches,
    });
    return Browser.greeted(folder, profile, context, { agree, words });
  }

  /** The browser once it has shown the welcome page, as it does for a fresh installation, and the person agreed there. */
  static async greeted(folder, profile, context, { agree = true, words } = {}) {
    context.setDefaultTimeout(10_000);
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const greeting = new URL('welcome.html', worker.url()).href;
    const welcome = await until('the welcome page greets', () => context.pages().find((page) => page.url() === greeting));
    const desk = context.pages().find((page) => page !== welcome) ?? (await context.newPage());
    await desk.goto(new URL('manifest.json', worker.url()).href);
    const browser = new Browser(folder, profile, context, desk, words);
    if (agree) await browser.agree(welcome);
    return browser;
  }

  /** `desk` is a silent page of the extension: it can call `chrome.*` and, unlike the worker, always lives. */
  constructor(folder, profile, context, desk, words = (text) => text) {
    Object.assign(this, { folder, profile, context, desk, words });
    this.id = new URL(desk.url()).host;
  }

  /** Ends the worker's life, as the browser does at any time. A message to it begins the next life at once. */
  async killWorker() {
    const life = await this.#life();
    if (!life) return;
    this.devtools ??= await this.context.browser().newBrowserCDPSession();
    await this.devtools.send('Target.closeTarget', { targetId: await this.#workerTarget(this.devtools) });
    await until('the worker is gone', async () => (await this.#life()) !== life);
  }

  /**
   * Bytes that the present life of the worker holds once its garbage is gone: objects, buffers, and the memory of its wasm. A debugger
   * looks on for as long as this takes. Now and then the browser leaves one of its questions without an answer: it is asked anew.
   */
  workerHolds() {
    return until('the worker is measured', () => answered(this.#measureWorker(), 20_000), { ms: 60_000 });
  }

  async #measureWorker() {
    const devtools = await this.context.browser().newBrowserCDPSession();
    const { sessionId } = await devtools.send('Target.attachToTarget', { targetId: await this.#workerTarget(devtools) });
    let last = 0;
    const ask = async (method, params) => {
      const id = (last += 1);
      const told = new Promise((resolve) =>
        devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
          const answer = JSON.parse(message);
          if (answer.id === id) resolve(answer);
        }),
      );
      await devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      const { result, error } = await told;
      if (error) throw new Error(`${method}: ${error.message}`);
      return result;
    };
    try {
      await ask('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize } = await ask('Runtime.getHeapUsage');
      const { result } = await ask('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' });
      const { objects } = await ask('Runtime.queryObjects', { prototypeObjectId: result.objectId });
      const sum = 'function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) }';
      const { result: wasm } = await ask('Runtime.callFunctionOn', { objectId: objects.objectId, functionDeclaration: sum, returnByValue: true });
      return usedSize + backingStorageSize + wasm.value;
    } finally {
      await devtools.detach();
    }
  }

  async #workerTarget(devtools) {
    const { targetInfos } = await devtools.send('Target.getTargets');
    return targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(this.id)).targetId;
  }

  #life() {
    return this.desk.evaluate(async () => (await chrome.runtime.getContexts({ contextTypes: ['BACKGROUND'] }))[0]?.contextId);
  }

  /** Wakes the worker, if it is not awake. */
  wake() {
    return this.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'popup', tab: -1 }));
  }

  /** Runs a function on a page of the extension, with its vault and its core. */
  inside(run, ...args) {
    return inside(this.desk, run, ...args);
  }

  /** Runs a function in the present life of the worker. It finds there what the browser has, and nothing of the worker's own. */
  inWorker(run, ...args) {
    return this.context.serviceWorkers().at(-1).evaluate(run, ...args);
  }

  url(page) {
    return `chrome-extension://${this.id}/${page}`;
  }

  /** Agrees to what is sent, on the welcome page. */
  async agree(welcome) {
    await welcome.getByRole('button', { name: this.words('I agree') }).click();
    await welcome.getByRole('heading', { name: this.words('Which AI do you use?') }).waitFor();
    await welcome.close();
  }

  /** The options, on the tab that is called so. */
  async options(tab = 'AI') {
    const page = await this.context.newPage();
    await page.goto(this.url('options.html'));
    await page.getByRole('tabpanel', { name: 'AI', exact: true }).waitFor();
    if (tab !== 'AI') await turnTo(page, tab);
    return page;
  }

  /** The popup for the tab of a page, in a tab of its own. */
  async popup(page) {
    await page.bringToFront();
    const [tab] = await this.desk.evaluate(() => chrome.tabs.query({ active: true, lastFocusedWindow: true }));
    const popup = await this.context.newPage();
    await popup.goto(this.url(`popup.html?tab=${tab.id}`));
    await popup.locator('.popup h1 + button').waitFor();
    return popup;
  }

  // --- settings, by what the options page sends: options.test.mjs and welcome.test.mjs press on the pages themselves ------------

  /** Makes this the first source. */
  async setUpSource(baseUrl, key, model = 'lab-small') {
    const [first] = (await this.#settings()).sources ?? [];
    const open = first ? { edit_source: { source: first.id } } : { choose_service: { service: 'other' } };
    await this.#saveSource(open, { base_url: baseUrl, key, model });
  }

  /** Adds a source of a service that the options offer by this name. */
  async addSource(service, baseUrl, key, model = 'lab-small') {
    const offered = await this.#optionsPress('add_source');
    await this.#saveSource(pressOf(offered, service), { base_url: baseUrl, key, model });
  }

  /** Removes every source, one after the other. */
  async removeSources() {
    const { sources } = await this.#settings();
    for (const { id } of sources) await this.#optionsPress({ remove_source: { source: id } });
    assert.deepEqual((await this.#settings()).sources, []);
  }

  async #saveSource(open, fields) {
    await this.#optionsPress(open);
    const view = await this.#optionsPress('save_source', fields, fields.base_url);
    assert.ok(says(view, this.words('Saved.')), `not saved: ${JSON.stringify(fields)}`);
  }

  async switchOnSite(site) {
    await this.#optionsPress('add_site', { site }, site);
    assert.ok((await this.#settings()).sites.some((known) => known.includes(site)), `not switched on: ${site}`);
  }

  /** What the options show after a press. Access to the address that it is about is granted as far as the manifest says. */
  #optionsPress(press, fields = {}, address = '') {
    return this.desk.evaluate(
      async ([pressed, typed, wanted]) => {
        const ask = async (message) => {
          const view = await chrome.runtime.sendMessage(message);
          if (view.error) throw new Error(view.error);
          return view;
        };
        const { protocol, hostname } = URL.parse(wanted) ?? URL.parse(`https://${wanted}`) ?? {};
        const granted = Boolean(hostname) && (await chrome.permissions.contains({ origins: [`${protocol}//${hostname}/*`] }));
        // The worker may die between two presses: it is told what it said last.
        globalThis.options ??= await ask({ kind: 'options' });
        globalThis.options = await ask({ kind: 'options_press', press: pressed, fields: { ...typed, granted }, memory: globalThis.options.memory });
        return globalThis.options;
      },
      [press, fields, address],
    );
  }

  async #settings() {
    return this.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings ?? {});
  }

  /** Has an app watched that is not among those with a switch. */
  async addApp(app) {
    const page = await this.options('Where');
    await page.locator('input[name=app]').fill(app);
    await page.getByRole('button', { name: 'Add a web app' }).click();
    await page.getByRole('listitem').filter({ hasText: app }).waitFor();
    await page.close();
  }

  /**
   * Changes settings that have no field in the options, such as how long a silence may last (`first_byte_ms`,
   * `stall_ms`, by default minutes), and starts a new life of the worker, which reads them.
   */
  async changeSettings(changes) {
    await this.desk.evaluate(async (changed) => {
      const { settings } = await chrome.storage.local.get('settings');
      await chrome.storage.local.set({ settings: { ...settings, ...changed } });
    }, changes);
    await this.killWorker();
  }

  /** Forgets all failures and waits, those that outlive the browser too, and the health of the sources; settings and key stay. */
  async forget() {
    // A page that has just closed may still make the worker write: once it is dead and nothing is there, nothing comes.
    const forgotten = async () => {
      await this.desk.evaluate(() => Promise.all([chrome.storage.session.clear(), chrome.storage.local.remove(['health', 'lasting'])]));
      await this.killWorker();
      return this.desk.evaluate(async () => {
        const [{ journal }, { health, lasting }] = await Promise.all([chrome.storage.session.get('journal'), chrome.storage.local.get(['health', 'lasting'])]);
        return !journal && !health && !lasting;
      });
    };
    await until('all is forgotten', forgotten);
  }

  async close() {
    await this.context.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
