// The first run of somebody with WhatsApp Web open: from a fresh installation to the first draft in the box, counted.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Browser, Chat, Lab, until } from './harness.mjs';
import { buildPages } from './pages/build.mjs';

const PICTURES = fileURLToPath(new URL('../../target/demo', import.meta.url));
const WHATSAPP = 'https://web.whatsapp.com';
const BOX = '[role=textbox]';
const CLICKS = 8;
const PROMPTS = 2;

let fixtures;
before(async () => {
  fixtures = await buildPages('first_run');
  await mkdir(PICTURES, { recursive: true });
});

/** A fresh installation beside an open WhatsApp Web, with the AI services of the test at their own addresses. */
class FirstRun {
  static async begin(t, { hosts, maps }) {
    const lab = await Lab.start(['--fixtures', fixtures]);
    t.after(() => lab.stop());
    const rules = ['web.whatsapp.com', ...maps(lab)].map((map) => (map.includes(' ') ? map : `MAP ${map} 127.0.0.1:${lab.ports.https}`));
    const browser = await Browser.launch({
      agree: false,
      hosts: [`${WHATSAPP}/*`, ...hosts],
      rules,
      args: ['--ignore-certificate-errors'],
      ignoreHTTPSErrors: true,
    });
    t.after(() => browser.close());
    const run = new FirstRun(lab, browser);
    await run.#open();
    return run;
  }

  constructor(lab, browser) {
    Object.assign(this, { lab, browser, clicks: 0, looking: 0 });
    this.welcome = browser.context.pages().find((page) => page.url() === browser.url('welcome.html'));
  }

  async #open() {
    const page = await this.browser.context.newPage();
    await page.goto(`${WHATSAPP}/fixtures/whatsapp.html`);
    await page.locator(BOX).waitFor();
    this.chat = await Chat.attach(this.browser, page, BOX);
    page.on('load', () => assert.fail('the chat was loaded again'));
    await this.welcome.bringToFront();
    // The tests grant every host from the start: counted is each request that names a host which was not asked for before.
    await this.welcome.evaluate(() => {
      const request = chrome.permissions.request.bind(chrome.permissions);
      const granted = new Set();
      globalThis.prompts = 0;
      chrome.permissions.request = (wanted) => {
        const fresh = wanted.origins.filter((origin) => !granted.has(origin));
        if (fresh.length) globalThis.prompts += 1;
        for (const origin of fresh) granted.add(origin);
        return request(wanted);
      };
    });
    this.began = performance.now();
    // The first life of the worker has much to load.
    await this.welcome.getByRole('heading', { level: 1 }).waitFor({ timeout: 30_000 });
  }

  async click(name) {
    this.clicks += 1;
    await this.welcome.getByRole('button', { name, exact: true }).click();
  }

  present(title) {
    return this.welcome.locator('[aria-current=step]', { has: this.welcome.getByRole('heading', { name: title }) }).waitFor();
  }

  /** The welcome page as it is now, in light and in dark. */
  async show(name) {
    const from = performance.now();
    for (const colorScheme of ['dark', 'light']) {
      await this.welcome.emulateMedia({ colorScheme });
      await this.welcome.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
    }
    this.looking += performance.now() - from;
  }

  /** From the chat that was open all along to the first draft in its box. */
  async draft() {
    const { chat } = this;
    await chat.page.bringToFront();
    this.clicks += 1; // Into the message box.
    await chat.type('Hi Mara, ');
    const before = await chat.readBox();
    this.clicks += 1; // On ✦.
    await chat.open();
    await chat.write('Say yes to dinner.');
    // Where a busy machine was too slow to see that the card is in plain sight, the card asks for the press again.
    await until('the ask is taken', async () => {
      await chat.page.keyboard.press('Enter');
      await chat.page.waitForTimeout(500);
      return !(await chat.inCard((root) => root.querySelector('.covered')?.textContent));
    });
    const draft = await chat.draft();
    this.clicks += 1; // On Insert.
    await chat.press('Insert');
    await until('the draft is in the box', async () => (await chat.readBox()).text === before.text + draft);
    assert.deepEqual(await this.lab.sent(), []);
    this.prompts = await this.welcome.evaluate(() => globalThis.prompts);
    const seconds = (performance.now() - this.began - this.looking) / 1000;
    console.log(`# ${this.clicks} clicks, ${this.prompts} browser prompts, ${seconds.toFixed(1)} s`);
  }

  within(clicks, prompts) {
    assert.ok(this.clicks <= clicks, `${this.clicks} clicks`);
    assert.ok(this.prompts <= prompts, `${this.prompts} prompts`);
  }
}

test(`a key: ${CLICKS} clicks, ${PROMPTS} prompts`, async (t) => {
  const run = await FirstRun.begin(t, { hosts: ['https://api.openai.com/*'], maps: () => ['api.openai.com'] });
  await run.present('Your words stay yours');
  await run.click('I agree');
  await run.present('Choose your AI');
  await run.show('first-1-services');
  await run.click('OpenAI');
  await until('the key can be typed', () => run.welcome.evaluate(() => document.activeElement?.name === 'key'));
  await run.welcome.getByRole('button', { name: 'Get a key' }).waitFor();
  await run.show('first-2-key');
  await run.welcome.keyboard.insertText(run.lab.key);
  await run.click('Test it');
  await run.welcome.getByText('It works').first().waitFor();
  await run.show('first-3-model');
  await run.click('lab-small');
  await run.present('Choose your chats');
  await run.show('first-4-chats');
  await run.click('WhatsApp Web');
  await run.present('Ready');
  await run.show('first-5-ready');
  await run.draft();
  run.within(CLICKS, PROMPTS);
});

test('with a local AI: fewer', async (t) => {
  const run = await FirstRun.begin(t, {
    hosts: ['http://localhost/*'],
    maps: ({ ports }) => [`MAP localhost:11434 127.0.0.1:${ports.http}`, ...[1234, 8080, 8000].map((port) => `MAP localhost:${port} ~NOTFOUND`)],
  });
  await run.click('I agree');
  await run.present('Choose your AI');
  await run.click('Look for an AI on this computer');
  await run.welcome.getByRole('heading', { name: 'Ready on this computer' }).waitFor();
  await run.show('first-2-local');
  await run.click('Use Ollama · lab-small');
  await run.present('Choose your chats');
  await run.click('WhatsApp Web');
  await run.present('Ready');
  await run.draft();
  run.within(CLICKS - 1, PROMPTS);
});
