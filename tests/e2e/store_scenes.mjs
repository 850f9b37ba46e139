// What the pictures for the store show. The card is at the box of the lab's messenger, which has the conversation of the site's demo.
import { createServer } from 'node:http';

import { Chat, until } from './harness.mjs';
import { monthOf } from './month.mjs';

/** Small, so that words can be read when it is shown larger. */
const WINDOW = { width: 820, height: 516 };

/** What the person does until there is something to be shown. */
export class Scenes {
  constructor(world, say, style) {
    Object.assign(this, { world, say, style });
  }

  /** A failure whose first button lets another AI answer. */
  async failure() {
    await this.world.addSource({ id: 'two', name: 'Claude' });
    await this.world.lab.fail('insufficient_quota', { times: -1 });
    const chat = await this.#asked();
    await chat.diagnosis();
    const window = await shot(chat.page, chat);
    const { x, y, width } = await chat.origin();
    const height = await chat.inCard((root) => root.querySelector('.card').getBoundingClientRect().height);
    return { window, card: await chat.page.screenshot({ clip: { x, y, width, height }, animations: 'disabled' }) };
  }

  async wait() {
    await this.world.reset();
    await this.world.lab.fail('rate_limited', { retry_after: 20 });
    const chat = await this.#asked();
    await chat.sees('.countdown');
    return shot(chat.page, chat);
  }

  async draft() {
    await this.world.reset();
    const ai = await answering(this.say('site_chat_answer'));
    try {
      await this.world.browser.setUpSource(ai.baseUrl, this.world.lab.key);
      const chat = await this.#asked();
      await chat.sees('button.primary');
      await chat.sees('.draft');
      return await shot(chat.page, chat);
    } finally {
      ai.server.close();
      await this.world.useLab();
    }
  }

  /** A month, and an outage that lasts. */
  async health() {
    await this.world.reset();
    const { browser, lab } = this.world;
    const [first] = await sources(browser);
    const named = ['OpenAI', 'Claude', 'Ollama'].map((name) => ({ ...first, id: name.toLowerCase(), name }));
    await this.world.browser.inside(({ vault }, key) => vault.keep('openai', key), lab.key);
    await browser.changeSettings({ sources: named, policy: { attempts: 1 } });
    await monthOf(this.world, named);
    await lab.fail('server_error', { times: -1 });
    for (let at = 0; at < 3; at += 1) {
      const chat = await this.#asked();
      await chat.diagnosis();
      await chat.page.close();
    }
    return this.#page('health.html?span=month', '.outage', { width: 960, height: 605 });
  }

  async agreement() {
    await this.world.browser.changeSettings({ agreed: 0 });
    return this.#page('welcome.html', '.journey > li:first-child[aria-current]', { width: 760, height: 479 });
  }

  async #page(address, selector, size) {
    const page = await this.world.browser.context.newPage();
    await page.setViewportSize(size);
    await page.goto(this.world.browser.url(address));
    await page.locator(selector).waitFor();
    const taken = await shot(page);
    await page.close();
    return taken;
  }

  /** The messenger with the conversation in the person's language, and an ask in the card. */
  async #asked() {
    const page = await this.world.browser.context.newPage();
    await page.setViewportSize(WINDOW);
    await page.goto(`${this.world.lab.origin}/messenger`);
    await page.evaluate(converse, { ...this.style, name: this.say('site_chat_name'), talk: [2, 3].map((at) => this.say(`site_chat_${at}`)), hint: this.say('site_chat_box') });
    const chat = await Chat.attach(this.world.browser, page);
    await chat.box.click();
    await chat.ask(this.say('site_chat_prompt'));
    return chat;
  }
}

const sources = (browser) => browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings.sources);

/** An AI that gives this answer after the time that one takes. */
async function answering(text) {
  const event = (choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    answer.write(event({ delta: { content: text } }));
    setTimeout(() => answer.end(`${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`), 1_400);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, baseUrl: `http://127.0.0.1:${server.address().port}/v1` };
}

/** A picture of a page, once a card on it stands still. */
async function shot(page, chat) {
  if (chat) await until('the card stands still', () => chat.inCard((root) => root.querySelector('.card').getAnimations().length === 0));
  return page.screenshot({ animations: 'disabled' });
}

/** Runs in the messenger: one conversation, in the person's language, with nothing beside it. */
function converse({ language, isMirrored, name, talk, hint }) {
  Object.assign(document.documentElement, { lang: language, dir: isMirrored ? 'rtl' : 'ltr' });
  document.activeElement.blur();
  document.querySelector('aside').remove();
  document.body.style.gridTemplateColumns = 'minmax(0, 1fr)';
  document.querySelector('#presence').remove();
  document.querySelector('#name').textContent = name;
  document.querySelector('#face').textContent = name[0];
  Object.assign(document.querySelector('#box').dataset, { hint });
  const bubbles = talk.map((text, at) => {
    const bubble = document.createElement('article');
    bubble.className = at === 0 ? 'bubble mine' : 'bubble';
    bubble.style.maxWidth = '90%';
    bubble.append(Object.assign(document.createElement('p'), { textContent: text }));
    return bubble;
  });
  document.querySelector('#talk').replaceChildren(...bubbles);
  // From the top on: the card covers what is at the bottom.
  bubbles[0].style.marginBlockStart = '0';
  document.querySelector('#talk').style.paddingBlockStart = '1rem';
  document.querySelector('.who').style.paddingBlock = '0.625rem';
}
