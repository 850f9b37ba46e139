// What every browser test needs: the lab, a browser with the extension set up against it, and a way to ask.
//
// Limits of a headless browser, and how they are met: `permissions.request` is never answered there (browser.mjs
// grants the hosts of the tests in its copy of the manifest), keyboard shortcuts of extensions do not fire (the
// launcher at the box is pressed instead), and the popup opens as a tab (`popup.html?tab=…`).
import assert from 'node:assert/strict';

import { Browser, turnTo } from './browser.mjs';
import { Chat } from './chat.mjs';
import { Lab } from './lab.mjs';
import { until } from './until.mjs';
import { MESSAGES, words } from './words.mjs';

export { Browser, Chat, Lab, turnTo, until, words };

/** Whose move it is, as the banner has to say it for a cause. */
export const moveOf = ({ cause, fault }) => words(MESSAGES[`move_${cause}`] ? `move_${cause}` : `move_${fault}`);

/** Unfolds the rest of what the popup has for the newest failure. */
export async function unfold(popup) {
  const more = popup.locator('details.more').first();
  await until('More is unfolded', async () => (await more.getAttribute('open')) !== null || (await more.locator('summary').click()));
}

export class World {
  /**
   * The lab, and a browser whose source is the lab and in which the launcher is switched on for its pages.
   * `options` are those of `Browser.launch`, or a function of the lab that gives them.
   * `fixtures` is a folder of more pages, served below `/fixtures/`.
   */
  static async open(options = {}, { fixtures } = {}) {
    const lab = await Lab.start(fixtures ? ['--fixtures', fixtures] : []);
    const launched = Browser.launch(typeof options === 'function' ? options(lab) : options);
    launched.catch(() => lab.stop());
    const world = new World(lab, await launched);
    try {
      await world.useLab();
      await world.browser.switchOnSite('http://127.0.0.1');
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  constructor(lab, browser) {
    Object.assign(this, { lab, browser });
  }

  useLab() {
    return this.browser.setUpSource(this.lab.baseUrl, this.lab.key);
  }

  /** One more source at the lab, and what it may answer by itself. */
  async addSource(changes, fallbacks = []) {
    const { desk } = this.browser;
    const { sources } = await desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
    const others = sources.filter(({ id }) => id !== changes.id);
    await this.browser.inside(({ vault }, id, key) => vault.keep(id, key), changes.id, this.lab.key);
    await this.browser.changeSettings({ sources: [...others, { ...sources[0], ...changes }], fallbacks });
  }

  /** A new tab with the messenger, its box filled, the caret inside the text. */
  async chat({ path = '/messenger', text = 'Hi Mara, see you', back = 8, ...options } = {}) {
    const chat = await Chat.open(this.browser, this.lab.origin + path, options);
    await chat.type(text, back);
    return chat;
  }

  /** Minutes pass on the worker's clock, and its alarm rings. */
  async pass(minutes) {
    await this.browser.wake();
    await this.browser.inWorker((more) => {
      const now = Date.now;
      Date.now = () => now() + more;
      chrome.alarms.onAlarm.dispatch({ name: 'wake' });
    }, minutes * 60_000);
  }

  /** Between tests: no tab, no failure, no wait; a healthy lab. */
  async reset() {
    const { context, desk } = this.browser;
    await Promise.all(context.pages().map((page) => page === desk || page.close()));
    await this.browser.forget();
    await this.lab.reset();
  }

  async close() {
    await this.browser.close();
    this.lab.stop();
  }

  // --- what holds for every failure ----------------------------------------------------------------------------

  /**
   * The banner names the cause and whose move it is, to eyes and ears, and the popup says the same. A `story` is told in words
   * of its own in place of those of the cause.
   */
  async explains(chat, wanted) {
    const shown = await chat.diagnosis();
    assert.equal(shown.cause, wanted.cause);
    if (wanted.fault) assert.equal(shown.fault, wanted.fault);
    assert.ok(shown.confidence > 0 && shown.confidence <= 1, `confidence ${shown.confidence}`);
    assert.match(shown.headline, words(`${wanted.story ?? shown.cause}_headline`));
    assert.match(shown.move, wanted.story ? words(`move_${wanted.story}`) : moveOf(shown));
    const has = (heard, role, text) => heard.some((node) => node.role === role && (node.name === text || node.text === text));
    // The browser makes its tree for assistive technology a moment after it draws.
    const heard = await until('the headline is a heading', async () => {
      const all = await chat.heard();
      return has(all, 'heading', shown.headline) && all;
    });
    assert.ok(has(heard, 'paragraph', shown.move), 'whose move it is can be heard');
    const told = heard.filter(({ role, text }) => /^(status|alert)$/.test(role) && text.startsWith(shown.headline));
    assert.equal(told.length, 1, 'exactly one live region says the headline');
    await this.popupSays(chat, shown);
    return shown;
  }

  async popupSays(chat, { cause, fault, confidence, headline }) {
    const popup = await this.browser.popup(chat.page);
    const first = popup.locator('[data-cause]').first();
    const { dataset, title } = await first.evaluate((found) => ({ dataset: { ...found.dataset }, title: found.querySelector('h2').textContent }));
    await popup.close();
    await chat.page.bringToFront();
    const said = { cause: dataset.cause, fault: dataset.fault, confidence: dataset.confidence, headline: title };
    assert.deepEqual(said, { cause, fault, confidence, headline });
  }

  /** Inserting puts exactly the draft where the caret was, and sends nothing. */
  async inserts(chat, before, draft) {
    await chat.press('Insert');
    const [start, end] = before.caret;
    const text = before.text.slice(0, start) + draft + before.text.slice(end);
    const after = start + draft.length;
    await chat.boxBecomes({ text, caret: [after, after], focused: true });
    assert.deepEqual(await this.lab.sent(), []);
  }
}
