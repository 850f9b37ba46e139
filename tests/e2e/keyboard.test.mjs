// The card without a mouse: from the box to an inserted draft and back, Escape wherever the focus is, and what each key is called.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

const KEYS = 'Alt+Shift+U';

const focusedInHost = (chat) => chat.inHost((root) => root.activeElement?.className);
const focusedInCard = (chat) => chat.inCard((root) => (root.hasFocus() ? root.activeElement.textContent || root.activeElement.name : undefined));

/** Tab, until the button of the card has the focus. */
async function tabTo(chat, label) {
  for (let presses = 0; presses < 12 && (await focusedInCard(chat)) !== label; presses += 1) await chat.page.keyboard.press('Tab');
  assert.equal(await focusedInCard(chat), label);
}

async function launchByKeys(chat) {
  await until('the launcher is offered', () => chat.isOffered());
  await chat.page.keyboard.press('Tab');
  assert.equal(await focusedInHost(chat), 'launcher');
  await chat.page.keyboard.press('Enter');
  await chat.sees('textarea');
  await until('the field has the focus', async () => (await focusedInCard(chat)) === 'prompt');
}

test('box to draft by keys alone', async () => {
  const chat = await world.chat();
  const box = await chat.readBox();
  await launchByKeys(chat);
  await chat.write('Say yes, gladly.');
  await chat.page.keyboard.press('Enter');
  const draft = await chat.draft();
  await tabTo(chat, 'Insert');
  await chat.page.waitForTimeout(1_000);
  await chat.page.keyboard.press('Enter');
  const [at] = box.caret;
  await chat.boxBecomes({ text: box.text.slice(0, at) + draft + box.text.slice(at), caret: [at + draft.length, at + draft.length], focused: true });
  assert.deepEqual(await world.lab.sent(), []);
});

test('the launcher survives Tab', async () => {
  const chat = await world.chat();
  await until('the launcher is offered', () => chat.isOffered());
  await chat.page.keyboard.press('Tab');
  await chat.page.waitForTimeout(500);
  assert.ok(await chat.isOffered());
  const ring = await chat.inHost((root) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(root.activeElement);
    return { outlineStyle, outlineWidth, boxShadow };
  });
  assert.deepEqual([ring.outlineStyle, ring.outlineWidth], ['solid', '2px']);
  assert.match(ring.boxShadow, /0px 0px 0px 5px/);
  await chat.page.keyboard.press('Shift+Tab');
  assert.ok((await chat.readBox()).focused);
});

describe('Escape closes the card', () => {
  /** A card over a page that counts the keys of Escape that reach it. */
  async function opened() {
    const chat = await world.chat();
    await chat.page.evaluate(() => {
      globalThis.escapes = 0;
      for (const kind of ['keydown', 'keyup']) document.addEventListener(kind, ({ key }) => void (globalThis.escapes += key === 'Escape'), true);
      document.body.append(Object.assign(document.createElement('button'), { id: 'elsewhere', textContent: 'Elsewhere' }));
    });
    const box = await chat.readBox();
    await chat.open();
    return { chat, box };
  }

  /** A person holds the key longer than the card needs to close. */
  async function closes(chat) {
    await chat.page.keyboard.down('Escape');
    await until('the card is closed', async () => !(await chat.isOpen()));
    await chat.page.keyboard.up('Escape');
    assert.equal(await chat.page.evaluate(() => globalThis.escapes), 0, 'the page hears nothing of it');
  }

  test('from the card', async () => {
    const { chat, box } = await opened();
    await closes(chat);
    await chat.boxBecomes({ ...box, focused: true });
  });

  test('from the message box', async () => {
    const { chat, box } = await opened();
    await chat.box.click();
    await closes(chat);
    assert.equal((await chat.readBox()).text, box.text);
    assert.ok((await chat.readBox()).focused);
  });

  test('from elsewhere in the page', async () => {
    const { chat, box } = await opened();
    await chat.page.locator('#elsewhere').click();
    await closes(chat);
    assert.equal((await chat.readBox()).text, box.text);
  });

  test('from nowhere', async () => {
    const { chat, box } = await opened();
    await chat.page.locator('#elsewhere').click();
    await chat.page.evaluate(() => document.activeElement.blur());
    await closes(chat);
    await chat.boxBecomes({ ...box, focused: true });
  });

  test('while a call runs', async () => {
    await world.lab.fail('never_answers', { times: -1 });
    const chat = await world.chat();
    await chat.ask();
    await chat.sees('.run');
    await chat.box.click();
    await chat.page.keyboard.press('Escape');
    await until('the card is closed', async () => !(await chat.isOpen()));
  });
});

test('no card, no Escape taken', async () => {
  const chat = await world.chat();
  await chat.page.evaluate(() => document.addEventListener('keydown', ({ key }) => (globalThis.last = key)));
  await chat.page.keyboard.press('Escape');
  assert.equal(await chat.page.evaluate(() => globalThis.last), 'Escape');
});

test('buttons name their keys', async () => {
  const chat = await world.chat();
  await until('the launcher is offered', () => chat.isOffered());
  await chat.page.keyboard.press('Tab');
  await until('the launcher names its keys', async () => {
    const named = await chat.inHost((root) => {
      const { title, ariaLabel } = root.querySelector('.launcher');
      return { title, ariaLabel, keys: root.querySelector('.launcher').getAttribute('aria-keyshortcuts') };
    });
    return JSON.stringify(named) === JSON.stringify({ title: `Draft a reply (${KEYS})`, ariaLabel: 'Draft a reply', keys: KEYS });
  });
  await chat.open();
  const named = await chat.inCard((root) => ['.close', 'button.primary'].map((one) => [root.querySelector(one).title, root.querySelector(one).getAttribute('aria-keyshortcuts')]));
  assert.deepEqual(named, [['Close (Esc)', 'Escape'], ['Or press Enter in the field', 'Enter']]);
});
