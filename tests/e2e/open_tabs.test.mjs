// Tabs that were open before: a site that is switched on, and an update, reach them without a reload.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { APPS, App, openApps, until } from './app.mjs';
import { Chat, World } from './harness.mjs';
import { buildPages } from './pages/build.mjs';
import { update } from './update.mjs';

const [CHATGPT] = Object.keys(APPS);
const SITE = 'http://127.0.0.1';

let world;
let fixtures;
before(async () => {
  fixtures = await buildPages('open_tabs');
});

const opened = async (path, options = {}) => {
  const chat = await Chat.open(world.browser, world.lab.origin + path, options);
  await chat.type('Hi Mara, see you', 8);
  return chat;
};

/** How many elements of ours a frame has. */
const launchers = (frame) => frame.locator('html > div[popover]').count();

/** Long enough for anything that is still on its way. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 1_000));

/** The options, where sites are switched on and off. */
async function switching() {
  const options = await world.browser.options('Where');
  return {
    async on() {
      await options.bringToFront();
      await options.locator('input[name=site]').fill(SITE);
      await options.getByRole('button', { name: 'Add a site' }).click();
      await options.getByRole('button', { name: `Remove ${SITE}` }).waitFor();
    },
    async off() {
      await options.bringToFront();
      await options.getByRole('button', { name: `Remove ${SITE}` }).click();
      await options.getByRole('button', { name: `Remove ${SITE}` }).waitFor({ state: 'detached' });
    },
  };
}

test('open chats get one launcher', async (t) => {
  world = await World.open({}, { fixtures });
  t.after(() => world.close());
  const site = await switching();
  await site.off();
  const chat = await opened('/messenger');
  const loads = [];
  chat.page.on('load', () => loads.push(chat.page.url()));
  const before = await chat.readBox();
  await rest();
  assert.equal(await launchers(chat.page), 0, 'it is off');

  await site.on();
  await chat.page.bringToFront();
  await until('the launcher is offered', () => chat.isOffered());
  await chat.boxBecomes(before);
  await site.off();
  await site.on();
  await rest();
  assert.equal(await launchers(chat.page), 1);
  assert.deepEqual(loads, []);
  await chat.page.bringToFront();
  await chat.ask('Say yes.');
  await world.inserts(chat, before, await chat.draft());

  // It loads while the scripts are on their way.
  await site.off();
  await Promise.all([site.on(), chat.page.reload()]);
  await chat.page.bringToFront();
  await chat.box.click();
  await until('the launcher is offered', () => chat.isOffered());
  await rest();
  assert.equal(await launchers(chat.page), 1);
});

test('each frame gets one launcher', async (t) => {
  world = await World.open({}, { fixtures });
  t.after(() => world.close());
  const site = await switching();
  await site.off();
  const page = await world.browser.context.newPage();
  await page.goto(`${world.lab.origin}/fixtures/frame.html`);
  const frame = page.frames()[1];
  const box = frame.locator('[role=textbox]');
  await box.click();
  await site.on();
  await site.off();
  await site.on();
  await page.bringToFront();
  await box.click();
  await until('the launcher is there', async () => (await launchers(frame)) > 0);
  await rest();
  assert.deepEqual([await launchers(page.mainFrame()), await launchers(frame)], [0, 1]);
});

test('other tabs get nothing', async (t) => {
  world = await World.open();
  t.after(() => world.close());
  const page = await world.browser.context.newPage();
  await page.goto(`http://elsewhere.test:${world.lab.ports.http}/messenger`);
  const worlds = [];
  const devtools = await world.browser.context.newCDPSession(page);
  devtools.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.origin));
  await devtools.send('Runtime.enable');
  await page.locator('#box').click();
  const site = await switching();
  await site.off();
  await site.on();
  await rest();
  assert.deepEqual(worlds.filter((origin) => origin.startsWith('chrome-extension:')), []);
});

// A call that fails from then on is told, once.
test('open web apps are watched', async (t) => {
  world = await openApps([]);
  t.after(() => world.close());
  const app = await App.open(world, CHATGPT);
  await app.page.evaluate(() => {
    const { dispatchEvent } = document;
    globalThis.heard = [];
    document.dispatchEvent = (event) => heard.push(event.detail) && dispatchEvent.call(document, event);
  });
  const options = await world.browser.options('Where');
  const name = options.locator('[data-key="chatgpt.com"]').getByRole('switch');
  for (const on of ['true', 'false', 'true']) {
    await name.click();
    await until('the switch has turned', async () => (await name.getAttribute('aria-checked')) === on);
  }
  await app.page.bringToFront();
  await rest();
  await app.answers('answer', { status: 500, body: JSON.stringify({ detail: 'Internal Server Error' }) });
  await app.ask();
  await world.explains(app.chat, { cause: 'server_error' });
  const words = await app.page.evaluate(() => heard.filter((word) => word?.includes('"answer"')));
  assert.equal(words.length, 1, 'the calls are wrapped once');
});

test('an update reaches open chats', async (t) => {
  world = await World.open();
  t.after(() => world.close());
  const chat = await opened('/messenger');
  const before = await chat.readBox();
  await until('the launcher is offered', () => chat.isOffered());
  const old = await chat.page.locator('html > div[popover]').elementHandle();
  await update(world.browser);
  await chat.page.bringToFront();
  // Pressed before it goes, the old copy's launcher would answer with a notice.
  await until('the old copy makes room', () => old.evaluate((element) => !element.isConnected));
  await chat.box.focus();
  await chat.open();
  assert.equal(await launchers(chat.page), 1, 'the old copy has gone');
  await chat.write('Say yes.');
  await chat.press('Draft');
  await world.inserts(chat, before, await chat.draft());
});

test('an update keeps an open card', async (t) => {
  world = await World.open();
  t.after(() => world.close());
  const chat = await opened('/messenger');
  await chat.open();
  await chat.write('Tell Mara that Friday suits me.');
  await update(world.browser);
  await rest();
  assert.equal(await launchers(chat.page), 1);
  await chat.page.bringToFront();
  await chat.becomesCutOff(() => chat.press('Draft'));
});
