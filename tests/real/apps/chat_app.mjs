// A chat that a framework serves and that asks the lab, added as a web app by its address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Chat, World, until } from '../../e2e/harness.mjs';
import { Engine, freePort } from '../messengers/engine.mjs';

export const SITE = 'http://ai.test';

/** Where the file of a chat is. */
export const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

export class ChatApp {
  /** `command(port, folder)` is how it is started, words of the environment first; `gone` what a dead server is told as; `box` where one types. */
  static async open(command, gone, box = 'textarea') {
    const world = await World.open();
    const app = new ChatApp(world, command, gone, box);
    try {
      await world.browser.addApp(SITE);
      await app.start();
      return app;
    } catch (error) {
      await app.close();
      throw error;
    }
  }

  constructor(world, command, gone, box) {
    Object.assign(this, { world, command, gone, box });
  }

  async start() {
    this.port ??= await freePort();
    const { baseUrl, key } = this.world.lab;
    // Open WebUI has a name of its own for the address.
    const env = { OPENAI_BASE_URL: baseUrl, OPENAI_API_BASE_URL: baseUrl, OPENAI_API_KEY: key };
    this.engine = await Engine.start('/usr/bin/env', [this.port], (folder) => this.command(this.port, folder), env);
  }

  /** The server is gone from one moment to the next. */
  async die() {
    this.engine.child.kill('SIGKILL');
    await this.engine.stop();
  }

  async close() {
    await this.world.close();
    await this.engine?.stop();
  }

  /** The chat after a good answer. */
  async answered() {
    const page = await this.world.browser.context.newPage();
    const socket = page.waitForEvent('websocket');
    await page.goto(`${SITE}:${this.port}/`);
    await (await socket).waitForEvent('framereceived');
    const chat = await Chat.attach(this.world.browser, page, this.box);
    await chat.box.waitFor({ timeout: 60_000 });
    await this.ask(chat);
    await this.hasAnswer(chat);
    return chat;
  }

  // The lab has one answer to each question.
  async ask(chat, text = 'Are you there?') {
    await chat.type(text);
    await chat.page.keyboard.press('Enter');
  }

  hasAnswer(chat) {
    return chat.page.getByText('We have to celebrate this properly.').last().waitFor({ timeout: 60_000 });
  }

  /** The server is gone while an answer comes. */
  async diesAnswering() {
    const chat = await this.answered();
    await this.world.lab.fail('stream_stalled', { delay_ms: 60_000 });
    await this.ask(chat, 'And tomorrow?');
    await chat.page.getByText('And tomorrow?').waitFor();
    await until('the model is asked', async () => (await this.world.lab.calls()).length > 1);
    await chat.page.waitForTimeout(500);
    await this.die();
    return chat;
  }
}

export const isGone = (chat) => until('the banner is gone', async () => !(await chat.isOpen()));

/** The model fails once, and answers the next question. */
export function refuses(app, fault, cause) {
  test(`the model refuses: ${cause}`, async () => {
    const { world } = app();
    const chat = await app().answered();
    await world.lab.fail(fault);
    await app().ask(chat, 'Once more');
    await world.explains(chat, { cause });
    await app().ask(chat);
    await isGone(chat);
  });
}

/** What holds for each of them. */
export function behaves(app) {
  test('good answers get no banner', async () => {
    const chat = await app().answered();
    await chat.page.waitForTimeout(6_000);
    assert.equal(await chat.isOpen(), false);
  });

  // What is told stands on the page alone; the next answer ends it.
  for (const [fault, cause] of [
    ['rate_limited', 'rate_limited'],
    ['invalid_api_key', 'invalid_api_key'],
    ['overloaded', 'model_overloaded'],
  ]) {
    refuses(app, fault, cause);
  }

  test('the server goes and comes back', async () => {
    const chat = await app().diesAnswering();
    await app().world.explains(chat, { cause: app().gone });
    await app().start();
    await isGone(chat);
  });
}
