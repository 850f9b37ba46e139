// The page of the ladder, as a person uses it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { until } from './until.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export class Ladder {
  /** Opened from the popup, for the last failure in the tab of a chat. */
  static async fromPopup(world, chat) {
    const popup = await world.browser.popup(chat.page);
    const opened = world.browser.context.waitForEvent('page');
    await popup.getByRole('button', { name: 'Go through it step by step' }).first().click();
    const ladder = new Ladder(await opened);
    await popup.close();
    await ladder.ready();
    return ladder;
  }

  constructor(page) {
    this.page = page;
  }

  ready() {
    return this.page.locator('.rung').first().waitFor();
  }

  rung(step) {
    return this.page.locator(`.rung[data-step=${step}]`);
  }

  /** Every step in order, and how it stands. */
  steps() {
    return this.page.locator('.rung').evaluateAll((rungs) => rungs.map(({ dataset }) => ({ step: dataset.step, state: dataset.state })));
  }

  diagnosis() {
    return this.page.locator('.ladder > .diagnosis').evaluate(({ dataset }) => ({ ...dataset }));
  }

  evidence() {
    return this.page.locator('.ladder > .diagnosis details').evaluate((details) => details.textContent);
  }

  /** Presses the button that runs a step, and waits for what it tells. */
  async run(step, options) {
    await this.rung(step).locator('.actions button').first().click();
    return this.told(step, options);
  }

  /** What a step tells, once it is over. */
  told(step, options) {
    return until(
      `${step} is over`,
      () =>
        this.rung(step).evaluate((rung) => {
          const over = !['idle', 'running'].includes(rung.dataset.state);
          const text = (line) => [...line.childNodes].filter(({ localName }) => localName !== 'button').map(({ textContent }) => textContent).join(' ');
          return over && { state: rung.dataset.state, lines: [...rung.querySelectorAll('.lines li')].map(text) };
        }),
      options,
    );
  }

  /** What is on the clipboard. */
  async copied() {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async isAccessible() {
    for (const colorScheme of ['light', 'dark']) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.evaluate(AXE);
      const { violations } = await this.page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], colorScheme);
    }
  }
}
