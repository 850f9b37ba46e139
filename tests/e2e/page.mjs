// A fixture page with a real editor: what its model holds, and messages to the content script as the worker sends them.
import assert from 'node:assert/strict';

import { Chat, until } from './harness.mjs';

export class EditorPage {
  /** Opens the page, writes `text` as a person does and goes `back` characters to the left. */
  static async open(browser, url, { box = BOX, text = 'Hi Mara, see you', back = 8 } = {}) {
    const chat = await Chat.open(browser, url, { box });
    await chat.box.click();
    if (text) await chat.type(text, back);
    const page = new EditorPage(browser, chat);
    await page.holds(text);
    await page.page.evaluate(() => globalThis.rest());
    return page;
  }

  constructor(browser, chat) {
    Object.assign(this, { browser, chat, page: chat.page });
  }

  /** The text of the editor's own model, line by line. */
  model() {
    return this.page.evaluate(() => globalThis.model());
  }

  /** Waits until the model holds exactly this. */
  async holds(text) {
    await until('the model is as wanted', async () => (await this.model()) === text, { ms: 3_000 }).catch(() => {});
    assert.equal(await this.model(), text);
  }

  /** A message from the worker, and what the content script answers. */
  async tell(message, frameId = 0) {
    await this.page.bringToFront();
    return this.browser.desk.evaluate(
      async ([sent, frame]) => {
        const [{ id }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        return chrome.tabs.sendMessage(id, sent, { frameId: frame });
      },
      [message, frameId],
    );
  }

  /** The shortcut, which cannot be pressed in a headless browser: the worker is told what the browser would tell it. */
  async summon() {
    const [{ id }] = await this.browser.desk.evaluate(() => chrome.tabs.query({ active: true, lastFocusedWindow: true }));
    await this.browser.wake();
    await this.browser.inWorker((tab) => chrome.commands.onCommand.dispatch('draft', { id: tab }), id);
    await until('the card is open', () => this.chat.isOpen());
  }

  /** Opens the card, and waits until both its document and the page have the focus there: a slow one would take it from the box later. */
  async openCard() {
    await this.chat.open();
    await until('the card has the focus', () => this.chat.inCard((root) => root.hasFocus() && root.activeElement?.name === 'prompt'));
    await until('the page knows', () => this.page.evaluate(() => document.activeElement.matches('html > [popover]')));
  }

  /** Puts a draft in while the focus is in the card, where the person pressed 'Insert'. */
  async insert(text) {
    await this.openCard();
    return (await this.tell({ kind: 'insert', text })).done;
  }

  async undo() {
    await this.chat.box.click();
    // Keys go where the browser's own process has the focus, which may be the card's for a moment longer.
    await until('the card has lost the focus', async () => !(await this.chat.inCard((root) => root.hasFocus())));
    await this.page.keyboard.press('ControlOrMeta+z');
  }
}

export const BOX = '[contenteditable="true"]:not(.ql-clipboard), textarea';
