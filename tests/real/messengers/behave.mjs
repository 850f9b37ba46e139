// What has to hold in every messenger, whoever made it: with the real extension, the app's own send and the other side.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { Chat, World, until } from '../../e2e/harness.mjs';

// Several lines, one of them empty, with combined emoji, quotes of both kinds, markup, and text from right to left.
const DRAFT = ['Gladly 🎉 👨‍👩‍👧‍👦', '“At eight”, it\'s "fine" & <b>no</b> *stars* /me', 'نعم، أراك غدا', '', 'שלום, see you there'].join('\n');

const BEFORE = 'Hi Mara,';
const AFTER = ' see you';

// What apps listen for: to jump, to search, to close, to scroll, to edit the last message.
const KEYS = ['Control+k', 'Control+f', 'Control+b', 'Alt+ArrowUp', 'Alt+ArrowDown', 'Alt+s', 'ArrowUp', 'PageUp', 'Home', 'F2', 'Shift+Enter', '/'];

/** An answer of the lab that streams exactly this text. */
async function answers(lab, content) {
  const chunk = (delta, finish_reason) => `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'lab-small', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const body = `${chunk({ role: 'assistant', content }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`;
  await lab.stage({ path: `${new URL(lab.baseUrl).pathname}/chat/completions`.replace('//', '/'), headers: { 'content-type': 'text/event-stream' }, body });
}

/** In the page: counts the keys and the texts that reach it. */
function count() {
  globalThis.reached = [];
  for (const kind of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste']) addEventListener(kind, ({ key, data, isTrusted }) => isTrusted && globalThis.reached.push([kind, key ?? data]), true);
}

/** Whether the focus is in the box, in a component of the page or not. */
const isFocused = (box) => box.evaluate((found) => found.matches(':focus'));

/** Registers the tests of one app. `app` is its class; what it needs of one is named where it is used. */
export function behaves(app) {
  describe(app.title, () => {
    let world;
    let running;
    before(async () => {
      running = await app.start();
      world = await World.open();
      await world.browser.changeSettings({ assistant: { may_read: true } });
    });
    afterEach(() => world.reset());
    after(async () => {
      await world?.close();
      await running?.stop();
    });

    /** The app with its chat open and a message begun. */
    async function begun() {
      const page = await world.browser.context.newPage();
      await page.goto(running.url);
      await running.enter(page);
      const chat = await Chat.attach(world.browser, page, app.box);
      await chat.box.waitFor();
      await chat.type(BEFORE + AFTER, AFTER.length);
      return chat;
    }

    /** The same once a draft was put in. */
    async function inserted() {
      await answers(world.lab, DRAFT);
      const chat = await begun();
      await chat.ask();
      assert.equal(await chat.draft(), DRAFT);
      await chat.press('Insert');
      await until('the card is closed', async () => !(await chat.isOpen()));
      return chat;
    }

    /** What is sent by the app itself arrives like this, once. */
    async function delivers(chat, text) {
      const count = running.received().length;
      // An Enter right after a draft came or went is taken for the second half of a double one, unless another key comes first.
      await chat.page.waitForTimeout(1_000);
      await chat.page.keyboard.press('End');
      await running.send(chat.page);
      const wanted = running.onTheWay?.(text) ?? [text];
      const come = () => running.received().slice(count);
      await until('it has arrived', () => come().length >= wanted.length).catch(() => {});
      assert.deepEqual(come(), wanted);
    }

    const holds = (chat, text) => until(`the box holds “${text}”`, async () => (await chat.readBox()).text === text);

    test('a draft arrives exactly', async () => {
      const chat = await inserted();
      assert.ok(await isFocused(chat.box), 'the box has the focus');
      assert.deepEqual(running.received().slice(-1).includes(DRAFT), false, 'nothing is sent by itself');
      await delivers(chat, BEFORE + DRAFT + AFTER);
    });

    for (const [way, undo] of Object.entries({ 'the keys': (chat) => chat.page.keyboard.press('ControlOrMeta+z'), 'the button': (chat) => chat.pressUndo() })) {
      // What was there before is there again, for the app, too.
      test(`undone by ${way}`, async () => {
        const chat = await inserted();
        await undo(chat);
        await holds(chat, BEFORE + AFTER);
        assert.ok(await isFocused(chat.box), 'the box has the focus');
        await delivers(chat, BEFORE + AFTER);
      });
    }

    test('the last messages are read', async () => {
      const chat = await begun();
      const messages = await running.talk(chat);
      await chat.open();
      await chat.press('Read the last 6 messages');
      if (messages) {
        const read = await until('the messages are in the card', () => chat.inCard((root) => root.querySelector('textarea[name=messages]')?.value));
        assert.deepEqual(read.split('\n').slice(-messages.length), messages);
      } else await until('the card says that it cannot', async () => (await chat.text()).includes('No messages found on this page.'));
    });

    test('keys stay in the card', async () => {
      const chat = await begun();
      await chat.page.evaluate(count);
      const { text } = await chat.readBox();
      const address = chat.page.url();
      await chat.open();
      await chat.write('Say yes');
      for (const key of KEYS) await chat.page.keyboard.press(key);
      await chat.page.keyboard.type('gladly');
      await until('the card has them all', () => chat.inCard((root) => root.querySelector('[name=prompt]')?.value.includes('gladly')));
      assert.deepEqual(await chat.page.evaluate(() => globalThis.reached), []);
      assert.equal((await chat.readBox()).text, text);
      assert.equal(chat.page.url(), address);
      await chat.page.keyboard.press('Escape');
      await until('the card is closed', async () => !(await chat.isOpen()));
      assert.deepEqual(await chat.page.evaluate(() => globalThis.reached), []);
      await until('the box has the focus', () => isFocused(chat.box));
      // The person goes on where they were.
      await chat.page.keyboard.type(' yes');
      await holds(chat, `${BEFORE} yes${AFTER}`);
    });
  });
}
