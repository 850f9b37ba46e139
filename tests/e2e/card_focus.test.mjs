// What is typed in the card goes nowhere else, whatever takes the focus meanwhile; whoever presses elsewhere takes it along.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world?.close());

const prompt = (chat) => chat.inCard((root) => root.querySelector('[name=prompt]').value);

const cardHasFocus = (chat) => until('the field has the focus', () => chat.inCard((root) => root.hasFocus() && root.activeElement.name === 'prompt'));

/** A chat with a frame of its own in a corner and a text in the card, of whose keys the page keeps what it hears. */
async function begun() {
  const chat = await world.chat();
  await chat.page.evaluate(() => {
    const inner = Object.assign(document.createElement('iframe'), { id: 'inner', width: 90, height: 40 });
    inner.style.cssText = 'position:fixed;top:0;left:0';
    document.body.append(inner);
    inner.contentDocument.body.append(document.createElement('input'));
    globalThis.heard = '';
    for (const one of [window, inner.contentWindow]) one.addEventListener('keydown', ({ key }) => (globalThis.heard += key), true);
  });
  await chat.open();
  await chat.write('Tell Mara ');
  await until('the page knows', () => chat.page.evaluate(() => document.activeElement.matches('html > [popover]')));
  return chat;
}

/** What is typed now is the card's. */
async function typesOn(chat) {
  // By then the focus has gone and come back. A key that comes in between goes elsewhere.
  await chat.page.waitForTimeout(100);
  await cardHasFocus(chat);
  await chat.page.keyboard.type('pomegranate', { delay: 20 });
  assert.equal(await prompt(chat), 'Tell Mara pomegranate');
  assert.equal(await chat.page.evaluate(() => globalThis.heard), '');
  assert.doesNotMatch((await chat.readBox()).text, /pom/);
}

const THIEVES = {
  'its box': () => document.querySelector('#box').focus(),
  'its window': () => window.focus(),
  'a frame': () => document.querySelector('#inner').focus(),
  'the window of a frame': () => document.querySelector('#inner').contentWindow.focus(),
  'a field in a frame': () => document.querySelector('#inner').contentDocument.querySelector('input').focus(),
};

describe('the page gives the focus to', () => {
  for (const [what, steal] of Object.entries(THIEVES)) {
    test(what, async () => {
      const chat = await begun();
      await chat.page.evaluate(steal);
      await typesOn(chat);
    });
  }
});

test('its box, again and again', async () => {
  const chat = await begun();
  await chat.page.evaluate(() => setInterval(() => document.querySelector('#box').focus(), 1));
  await typesOn(chat);
  await chat.page.keyboard.press('Escape');
  await until('the card is closed', async () => !(await chat.isOpen()));
  await until('the box has the focus', async () => (await chat.readBox()).focused);
});

// No script can be kept from a frame for good: the card goes where the page cannot follow.
test('a frame, again and again', async () => {
  const chat = await begun();
  await chat.page.evaluate(() => {
    globalThis.stealing = setInterval(() => document.querySelector('#inner').contentDocument.querySelector('input').focus(), 1);
  });
  await until('the card has gone from the page', async () => !(await chat.page.locator('html > [popover]').count()));
  await chat.page.evaluate(() => clearInterval(globalThis.stealing));
  const popup = await world.browser.popup(chat.page);
  await popup.getByText('This page can’t show the card').waitFor();
  assert.equal(await popup.locator('.popup-card textarea').inputValue(), 'Tell Mara ');
});

// No event in the page tells of a click into the card but that its window has lost the focus.
test('its box, after two clicks', async () => {
  const chat = await begun();
  const { x, y } = await chat.origin();
  const field = await chat.inCard((root) => root.querySelector('[name=prompt]').getBoundingClientRect().toJSON());
  await chat.box.click();
  // A card that has just come under the pointer takes no press.
  await chat.page.waitForTimeout(600);
  await chat.page.mouse.click(x + field.right - 20, y + field.top + 12);
  await cardHasFocus(chat);
  await chat.page.evaluate(() => document.querySelector('#box').focus());
  await typesOn(chat);
});

test('its box, after an idle click', async () => {
  const chat = await begun();
  await chat.page.evaluate(() => addEventListener('mousedown', (event) => event.preventDefault()));
  await chat.page.mouse.click(5, 300);
  await chat.page.waitForTimeout(1_200);
  await chat.page.evaluate(() => document.querySelector('#box').focus());
  await typesOn(chat);
});

test('a press in a frame counts', async () => {
  const chat = await begun();
  await chat.page.waitForTimeout(800);
  await chat.page.mouse.click(30, 20);
  await chat.page.waitForTimeout(100);
  await chat.page.keyboard.type('mine');
  assert.equal(await chat.page.evaluate(() => document.querySelector('#inner').contentDocument.querySelector('input').value), 'mine');
  assert.equal(await prompt(chat), 'Tell Mara ');
});
