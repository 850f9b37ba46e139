// A chat page with Unstuck at its message box. The card is a frame of the extension inside a closed shadow root: it is read
// through the debugger, and pressed with the mouse where a person would press it.
import assert from 'node:assert/strict';

import { answered, until } from './until.mjs';

const CARD_MS = 5_000;

export class Chat {
  static async open(browser, url, { box = '#box', colorScheme } = {}) {
    const page = await browser.context.newPage();
    if (colorScheme) await page.emulateMedia({ colorScheme });
    await page.goto(url);
    return Chat.attach(browser, page, box);
  }

  /** A chat page that is open already. */
  static async attach(browser, page, box = '#box') {
    const devtools = await browser.context.newCDPSession(page);
    await devtools.send('DOM.enable');
    return new Chat(browser, page, devtools, page.locator(box));
  }

  constructor(browser, page, devtools, box) {
    Object.assign(this, { browser, page, devtools, box });
  }

  // --- the message box -----------------------------------------------------------------------------------------

  /** Types into the box and moves the caret `back` characters to the left. */
  async type(text, back = 0) {
    await this.box.click();
    await this.page.keyboard.type(text);
    for (let step = 0; step < back; step += 1) await this.page.keyboard.press('ArrowLeft');
  }

  /** Text and caret of the box, and whether it has the focus. */
  readBox() {
    return this.box.evaluate((box) => {
      const focused = document.activeElement === box;
      if ('value' in box) return { text: box.value, caret: [box.selectionStart, box.selectionEnd], focused };
      const selection = getSelection();
      const offset = (node, at) => {
        const range = document.createRange();
        range.setStart(box, 0);
        range.setEnd(node, at);
        return range.toString().length;
      };
      const inside = selection.rangeCount > 0 && box.contains(selection.anchorNode);
      const caret = inside
        ? [offset(selection.anchorNode, selection.anchorOffset), offset(selection.focusNode, selection.focusOffset)]
        : undefined;
      return { text: box.innerText.replace(/\n$/, ''), caret, focused };
    });
  }

  /** Waits until text, caret and focus of the box are as wanted; else shows the difference. */
  async boxBecomes(wanted) {
    const same = (seen) => JSON.stringify(seen) === JSON.stringify(wanted);
    await until('the box is as wanted', async () => same(await this.readBox()), { ms: 2_000 }).catch(() => {});
    assert.deepEqual(await this.readBox(), wanted);
  }

  // --- launcher and card ---------------------------------------------------------------------------------------

  /** Presses the launcher at the box. */
  async open() {
    // An editor that draws its box anew drops the focus.
    await until('the launcher is offered', async () => (await this.isOffered()) || (await this.box.focus()));
    await this.pressLauncher();
    await this.sees('textarea');
  }

  /** Opens the card and asks for a draft. */
  async ask(prompt = 'Say yes, gladly.') {
    await this.open();
    await this.write(prompt);
    await this.press('Draft');
  }

  /** Writes into the card's own field. */
  async write(prompt) {
    const holds = (root, text) => root.querySelector('[name=prompt]')?.value === text;
    await until('the field of the card has the text', async () => {
      // A tab that closes behind this one may take its focus along; a person looks at the tab they write in.
      if (!(await this.inCard((root) => root.hasFocus() && root.activeElement?.name === 'prompt'))) return this.page.bringToFront();
      await this.page.keyboard.press('ControlOrMeta+a');
      // DevTools now and then drop a text that is meant for a frame which has just got the focus.
      await this.page.keyboard.insertText(prompt);
      return this.inCard(holds, prompt);
    }).catch(async ({ message }) => assert.fail(`${message}; ${await this.#focus()}`));
  }

  /** Where the focus is, for who looks into a failure. */
  async #focus() {
    const here = () => [document.visibilityState, document.hasFocus(), document.activeElement?.outerHTML.slice(0, 80)].join(' ');
    const inHost = await this.inHost((root) => [root.activeElement?.tagName, root.querySelector('.card').className, root.querySelector('.card').inert].join(' '));
    return JSON.stringify({ page: await this.page.evaluate(here), host: inHost, card: await this.cardFrame().evaluate(here) });
  }

  pressLauncher() {
    return this.#press((run, ...args) => this.inHost(run, ...args), this.browser.words('Draft a reply'));
  }

  /** Takes back what was inserted last, by the button at the box. */
  pressUndo() {
    return this.#press((run, ...args) => this.inHost(run, ...args), 'Undo insert');
  }

  /** Presses a button of the card by its words; what is behind More is unfolded first. */
  press(label, { clicks = 1 } = {}) {
    return this.#press((run, ...args) => this.inCard(run, ...args), this.browser.words(label), clicks);
  }

  /** Presses whichever retry the card offers. A call that has moved on by itself meanwhile needs none. */
  async retry(options) {
    const retry = async () => {
      if (await this.#wholeDraft()) return 'moved on';
      const buttons = await this.buttons();
      return buttons.find(({ label, disabled }) => !disabled && /^(Try again|Try again anyway|Try now|Check again)$/.test(label))?.label;
    };
    const label = await until('a retry can be pressed', retry, options);
    if (label === 'moved on') return;
    // It may move on while the button is aimed at.
    await this.press(label).catch(async (error) => {
      if (!(await this.#wholeDraft())) throw error;
    });
  }

  /** What is on the clipboard, once the card has copied. Only the document that has the focus may ask, and the card may copy. */
  async clipboard() {
    await this.sees('.note');
    await this.page.mouse.click(2, 2);
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  buttons() {
    return this.inCard((root) =>
      [...root.querySelectorAll('button')].map((button) => ({ label: button.textContent, primary: button.matches('.primary'), disabled: button.disabled })),
    );
  }

  /** Waits until the card shows something that fits the selector. */
  sees(selector, options) {
    return until(`the card shows ${selector}`, () => this.inCard((root, wanted) => Boolean(root.querySelector(wanted)), selector), options);
  }

  async isOpen() {
    return Boolean(await this.inHost((root) => root.querySelector('.card.open')));
  }

  /** Whether the launcher is offered. */
  async isOffered() {
    return Boolean(await this.inHost((root) => root.querySelector('.launcher')?.checkVisibility()));
  }

  /** The banner as it is painted, once there is one. */
  diagnosis(options) {
    return until(
      'the card shows a diagnosis',
      () =>
        this.inCard((root) => {
          const found = root.querySelector('[data-cause]');
          // One that goes on at once is only a line.
          if (!found?.querySelector('h2')) return undefined;
          const text = (selector) => found.querySelector(selector)?.textContent;
          return {
            ...found.dataset,
            move: text('.move'),
            headline: text('h2'),
            why: text('.why'),
            steps: [...found.querySelectorAll('.steps li')].map((step) => step.textContent),
            received: text('.draft'),
            countdown: text('.countdown'),
          };
        }),
      options,
    );
  }

  /** The whole draft, once it can be inserted and no failure is shown. */
  async draft(options) {
    try {
      return await until('a whole draft is there', () => this.#wholeDraft(), options);
    } catch (error) {
      throw new Error(`${error.message}; the card shows: ${await this.text()}`);
    }
  }

  /** What an ask comes to: a whole draft, or a diagnosis. */
  async outcome() {
    const told = async () => {
      const draft = await this.#wholeDraft();
      if (draft !== undefined && draft !== false) return { draft };
      const fails = await this.inCard((root) => Boolean(root.querySelector('[data-cause]')));
      return fails && { shown: await this.diagnosis() };
    };
    return until('the ask comes to something', told, { ms: 300_000 });
  }

  #wholeDraft() {
    return this.inCard((root) => {
      const done = [...root.querySelectorAll('button.primary')].some((button) => button.textContent === 'Insert');
      return done && !root.querySelector('[data-cause]') && root.querySelector('.draft')?.textContent;
    });
  }

  text() {
    return this.inCard((root) => root.querySelector('.card')?.textContent ?? '');
  }

  /** What stands in place of a card whose extension was updated. */
  async notice() {
    return (await this.inHost((root) => root.querySelector('.notice')?.textContent)) ?? '';
  }

  /** Presses until the page has noticed that its extension was updated. A press in a card that goes away meanwhile gets no answer. */
  becomesCutOff(press = () => this.page.keyboard.press('Enter')) {
    return until('the notice is there', async () => {
      if ((await this.notice()).includes('updated or restarted')) return true;
      await answered(press(), CARD_MS).catch(() => {});
      return false;
    }, { ms: 30_000, every: 400 });
  }

  pressNotice(label) {
    return this.#press((run, ...args) => this.inHost(run, ...args), label);
  }

  // --- as assistive technology has it --------------------------------------------------------------------------

  /** Role and name of all that is exposed inside the card. */
  async heard() {
    const devtools = await this.browser.context.newCDPSession(this.cardFrame());
    try {
      await devtools.send('Accessibility.enable');
      const { nodes } = await devtools.send('Accessibility.getFullAXTree');
      const byId = new Map(nodes.map((node) => [node.nodeId, node]));
      return nodes.filter((one) => !one.ignored).map((one) => ({ role: one.role?.value, name: one.name?.value ?? '', text: this.#axText(one, byId) }));
    } finally {
      await devtools.detach();
    }
  }

  #axText(node, byId) {
    if (node.role?.value === 'StaticText') return node.name?.value ?? '';
    return (node.childIds ?? []).map((id) => (byId.has(id) ? this.#axText(byId.get(id), byId) : '')).join('');
  }

  // --- the card's document, and the closed root around it --------------------------------------------------------

  /** The frame with the card's document, if there is one. */
  cardFrame() {
    return this.page.frames().find((frame) => /^chrome-extension:.*\/card\.html$/.test(frame.url()));
  }

  /** Runs a function with the card's document. */
  async inCard(run, ...args) {
    return answered(this.cardFrame()?.evaluate(`(${run})(document, ...${JSON.stringify(args)})`), CARD_MS, 'the card gave no answer');
  }

  /** Runs a function with the closed root of the element that Unstuck adds to the page. */
  async inHost(run, ...args) {
    const root = await this.#root();
    if (!root) return undefined;
    const { result, exceptionDetails } = await this.devtools.send('Runtime.callFunctionOn', {
      objectId: root,
      functionDeclaration: `function (...args) { return (${run})(this, ...args) }`,
      arguments: args.map((value) => ({ value })),
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async #root() {
    const { root } = await this.devtools.send('DOM.getDocument', { depth: 2, pierce: true });
    const page = root.children.find(({ localName }) => localName === 'html');
    const found = page.children.filter(({ localName, attributes }) => localName === 'div' && attributes.includes('popover'));
    for (const { nodeId } of found) {
      const { node } = await this.devtools.send('DOM.describeNode', { nodeId, depth: 1, pierce: true });
      if (node.shadowRoots?.[0].shadowRootType !== 'closed') continue;
      const { object } = await this.devtools.send('DOM.resolveNode', { backendNodeId: node.shadowRoots[0].backendNodeId });
      return object.objectId;
    }
    return undefined;
  }

  /** Where in the page the card's document begins. */
  async origin() {
    return this.inHost((root) => {
      const { x, y, width } = root.querySelector('iframe').getBoundingClientRect();
      return { x, y, width };
    });
  }

  async #press(inside, label, clickCount = 1, tries = 5) {
    let last;
    // What was pressed before may still move it.
    const where = await until(`'${label}' can be pressed and holds still`, async () => {
      await this.#unfold(inside, label);
      const before = last;
      last = await this.#place(inside, label);
      return last && before && last.x === before.x && last.y === before.y && last;
    }, { every: 50 });
    if (where.inPage) return this.page.mouse.click(where.x, where.y, { clickCount });
    await this.inCard(listen, label);
    await this.page.mouse.click(where.x, where.y, { clickCount });
    // The card first makes sure that it is in plain sight. Where a busy machine was too slow for that, it asks for another press;
    // and where the card has moved under the pointer, or had just come up, there was none. A press may take the page away.
    const came = await this.#cameOf().catch(() => 'taken');
    if (came === 'taken' || tries === 1) return;
    await this.page.waitForTimeout(came === 'void' ? 1_000 : 500);
    await this.#press(inside, label, clickCount, tries - 1);
  }

  /** Opens More, as somebody with a keyboard does, where the button is behind it. */
  async #unfold(inside, label) {
    const folded = await inside((root, wanted) => {
      const button = [...root.querySelectorAll('details:not([open]) button')].find(({ textContent }) => textContent === wanted);
      const more = button?.closest('details').querySelector('summary');
      more?.focus();
      return Boolean(more);
    }, label);
    if (folded) await this.page.keyboard.press('Enter');
  }

  /** What came of a press that was listened for: taken, void or none. */
  async #cameOf() {
    const heard = () => this.inCard((root) => root.defaultView.heard);
    await until('the button hears the press', heard, { ms: 1_000 }).catch(() => {});
    // Another document than the one that was listened in has come of a press.
    const isHeard = await heard();
    if (!isHeard) return isHeard === false ? 'none' : 'taken';
    await until('the press is taken or void', async () => !(await this.inCard((root) => root.body.ariaBusy)));
    return (await this.inCard((root) => Boolean(root.querySelector('.covered')))) ? 'void' : 'taken';
  }

  /** Where in the page a button is, once it can be pressed: what a finger would hit there, not something that lies over it. */
  async #place(inside, label) {
    const where = await inside((root, wanted) => {
      const named = (button) => button.textContent === wanted || button.getAttribute('aria-label') === wanted;
      const button = [...root.querySelectorAll('button')].find((one) => named(one) && !one.disabled && one.checkVisibility());
      if (!button || button.getAnimations({ subtree: true }).length || root.querySelector('.card')?.getAnimations().length) return undefined;
      button.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = button.getBoundingClientRect();
      const at = { x: x + width / 2, y: y + height / 2, inPage: root !== document };
      return root.elementFromPoint(at.x, at.y)?.closest('button') === button && width > 0 ? at : undefined;
    }, label);
    if (!where || where.inPage) return where;
    const { x, y } = await this.origin();
    return { x: where.x + x, y: where.y + y };
  }
}

/** Listens in the card for the next press on this button. What an earlier press was told says nothing of it. */
function listen(root, wanted) {
  root.querySelector('.covered')?.remove();
  root.defaultView.heard = false;
  const hear = ({ target, isTrusted }) => {
    const button = target.closest('button');
    root.defaultView.heard ||= isTrusted && (button?.textContent === wanted || button?.getAttribute('aria-label') === wanted);
  };
  root.addEventListener('click', hear, { capture: true, once: true });
}
