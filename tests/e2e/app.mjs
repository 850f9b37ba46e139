// A web app of an AI service, played by the lab under the app's own name, watched or not.
import { Chat, World, until } from './harness.mjs';

const OTHERS = ['copilot.microsoft.com', 'chat.deepseek.com', 'grok.com', 'www.perplexity.ai', 'poe.com'];
const HOSTS = ['chatgpt.com', 'claude.ai', 'gemini.google.com', ...OTHERS];

export const APPS = {
  'https://chatgpt.com': { box: '#prompt-textarea', answer: '/backend-api/f/conversation', session: '/api/auth/session', telemetry: '/ces/v1/t' },
  'https://claude.ai': { box: '#prompt', answer: '/api/organizations/6f1/chat_conversations/8a2/completion', session: '/api/account', telemetry: '/api/event_logging/batch' },
  'https://gemini.google.com': { box: '.ql-editor', answer: '/_/BardChatUi/data/assistant.lamda.BardFrontendService/StreamGenerate', telemetry: '/_/BardChatUi/jserror' },
};

/** The lab under the names of the apps, and a browser in which these are switched on. `options` are more of those of `Browser.launch`. */
export const openApps = (on = HOSTS.map((host) => `https://${host}`), options = {}) =>
  World.open(({ ports }) => ({
    ...options,
    hosts: HOSTS.map((host) => `https://${host}/*`),
    rules: HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${ports.https}`),
    args: ['--ignore-certificate-errors'],
  })).then(async (world) => {
    await switchOn(world, on);
    return world;
  });

export async function switchOn({ browser }, apps) {
  await browser.changeSettings({ apps });
  await browser.desk.evaluate(() => chrome.scripting.unregisterContentScripts());
  await browser.wake();
  // As at a start of the browser, after which the scripts are on the sites that are on.
  await browser.inWorker(() => chrome.runtime.onStartup.dispatch());
  const scripts = () => browser.desk.evaluate(() => chrome.scripting.getRegisteredContentScripts());
  await until('the scripts are registered', async () => (await scripts()).length >= (apps.length ? 3 : 1));
}

export class App {
  static async open(world, site, { path = '/', colorScheme } = {}) {
    const page = await world.browser.context.newPage();
    if (colorScheme) await page.emulateMedia({ colorScheme });
    await page.goto(site + path);
    await page.locator(APPS[site].box).waitFor();
    return new App(world, site, await Chat.attach(world.browser, page, APPS[site].box));
  }

  constructor(world, site, chat) {
    Object.assign(this, { world, site, chat, page: chat.page, ...APPS[site] });
  }

  /** How one kind of the app's calls is answered from now on. */
  answers(kind, reply) {
    return fetch(`${this.world.lab.origin}/lab/app`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: this[kind], ...reply }),
    });
  }

  type(text) {
    return this.chat.type(text);
  }

  async ask(text = 'Plan a day in Lisbon') {
    await this.type(text);
    await this.page.keyboard.press('Enter');
  }

  text() {
    return this.chat.readBox().then(({ text }) => text);
  }

  /** Waits until the box holds exactly this. */
  holds(text) {
    return until(`the box holds '${text}'`, async () => (await this.text()) === text);
  }

  /** Waits until no banner is shown. */
  async isQuiet() {
    await until('the banner is gone', async () => !(await this.chat.isOpen()));
  }
}

export { until };
