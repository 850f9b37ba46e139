// A browser without a debugger at the worker: there it dies when it idles, and lives as long as a call takes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { Browser, Unattended } from './browser.mjs';
import { Chat } from './chat.mjs';
import { Lab } from './lab.mjs';
import { until } from './until.mjs';

let lab;
let alone;
before(async () => {
  lab = await Lab.start();
  alone = await Unattended.launch();
});
after(async () => {
  await alone.close();
  lab.stop();
});

const life = (browser) => browser.desk.evaluate(async () => (await chrome.runtime.getContexts({ contextTypes: ['BACKGROUND'] }))[0]?.contextId);

// They arrive after 45 s and after 200 s, and an idle worker sleeps.
test('slow first words still arrive', { timeout: 420_000 }, async () => {
  const first = await alone.look(async (context) => {
    const browser = await Browser.greeted(alone.folder, alone.profile, context);
    await browser.setUpSource(lab.baseUrl, lab.key);
    await browser.switchOnSite('http://127.0.0.1');
    for (const [index, delay_ms] of [200_000, 45_000].entries()) {
      await lab.fail('slow_first_byte', { delay_ms });
      const chat = await Chat.open(browser, `${lab.origin}/messenger?delay=${delay_ms}`);
      await chat.type('Hi');
      await chat.ask();
      await until('the call is there', async () => (await lab.calls()).length === index + 1);
    }
    return life(browser);
  });
  const found = (look) =>
    alone.look(async (context) => {
      const pages = context.pages();
      const desk = pages.find((page) => page.url().endsWith('manifest.json'));
      const browser = new Browser(alone.folder, alone.profile, context, desk);
      const chats = {};
      for (const delay of [45_000, 200_000]) {
        const page = pages.find((one) => one.url().endsWith(`delay=${delay}`));
        chats[delay] = await Chat.attach(browser, page);
      }
      return look(chats, browser);
    });

  await pause(50_000);
  await found(async (chats, browser) => {
    assert.ok(await chats[45_000].draft(), 'the answer with a first word after 45 s');
    await chats[200_000].sees('.run');
    assert.equal(await life(browser), first, 'the same worker');
  });
  await pause(150_000);
  await found(async (chats, browser) => {
    assert.ok(await chats[200_000].draft({ ms: 20_000 }), 'the answer with a first word after 200 s');
    assert.equal(await life(browser), first, 'the same worker');
  });
  assert.equal((await lab.calls()).length, 2);
  await pause(45_000);
  await found(async (chats, browser) => {
    assert.notEqual(await life(browser), first, 'it slept as soon as nothing moved');
    await chats[200_000].page.bringToFront();
    await chats[200_000].press('New draft');
    await until('the next life answers a press', async () => (await lab.calls()).length === 3, { ms: 20_000 });
    await chats[200_000].draft({ ms: 20_000 });
  });
});
