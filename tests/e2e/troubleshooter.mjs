// The page of the troubleshooter, as a person uses it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { unfold } from './harness.mjs';
import { until } from './until.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export class Troubleshooter {
  /** Opened from the popup, for the last failure in the tab of a chat. */
  static async fromPopup(world, chat) {
    const popup = await world.browser.popup(chat.page);
    const opened = world.browser.context.waitForEvent('page', { timeout: 30_000 });
    await unfold(popup);
    const button = popup.getByRole('button', { name: 'Find the cause' }).first();
    // A press does not count for a button that moves at that moment.
    const isOpen = async () => {
      await button.click();
      return Promise.race([opened, popup.waitForTimeout(1_000)]);
    };
    await until('the troubleshooter opens', isOpen, { ms: 30_000 });
    const troubleshooter = new Troubleshooter(await opened);
    await popup.close();
    await troubleshooter.ready();
    return troubleshooter;
  }

  constructor(page) {
    this.page = page;
  }

  ready() {
    return this.page.locator('.step').first().waitFor();
  }

  step(step) {
    return this.page.locator(`.step[data-step=${step}]`);
  }

  /** Every step in order, and how it stands. */
  steps() {
    return this.page.locator('.step').evaluateAll((steps) => steps.map(({ dataset }) => ({ step: dataset.step, state: dataset.state })));
  }

  diagnosis() {
    return this.page.locator('.troubleshooter > .diagnosis').evaluate(({ dataset }) => ({ ...dataset }));
  }

  evidence() {
    return this.page.locator('.troubleshooter > .diagnosis details').evaluate((details) => details.textContent);
  }

  /** Unfolds a step, and the other steps where it is one of them. */
  async open(step) {
    for (const details of [this.page.locator('details.rest', { has: this.step(step) }), this.step(step).locator('details').first()]) {
      if ((await details.count()) && (await details.getAttribute('open')) === null) await details.locator('summary').first().click();
    }
  }

  /** Presses the button that runs a step, and waits for what it tells. */
  async run(step, options) {
    await this.open(step);
    await this.step(step).locator('.actions button').first().click();
    return this.told(step, options);
  }

  /** What a step tells, once it is over. */
  told(step, options) {
    return until(
      `${step} is over`,
      () =>
        this.step(step).evaluate((shown) => {
          const over = !['idle', 'running'].includes(shown.dataset.state);
          const text = (line) => [...line.childNodes].filter(({ localName }) => localName !== 'button').map(({ textContent }) => textContent).join(' ');
          return over && { state: shown.dataset.state, lines: [...shown.querySelectorAll('.lines li')].map(text) };
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
