// Every state of a failure at a glance: few words, at most two things to press, the right one first, on card and popup alike.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { World, until, words } from './harness.mjs';
import { fits } from './popup_room.mjs';
import { ONE_SOURCE, TWO_SOURCES } from './states.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

const MOST = { words: 30, controls: 3, height: 240 };
// Of the last line, there is nothing in it.
const LEADING_PX = 4;

let world;
before(async () => {
  world = await World.open();
  await tries(1);
});
afterEach(() => world.reset());
after(() => world.close());

const tries = (attempts) => world.browser.changeSettings({ first_byte_ms: 1_500, stall_ms: 700, policy: { attempts } });

/** What the banner shows at first sight. */
async function glance(chat, name) {
  await chat.diagnosis();
  const found = await chat.inCard((root) => {
    const card = root.querySelector('.card');
    const shown = (element) => element.checkVisibility();
    const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    const said = [];
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (shown(parentElement) && !parentElement.closest('.said, .close')) said.push(data);
    }
    const buttons = [...card.querySelectorAll('button:not(.close)')].filter(shown);
    return {
      said: said.join(' '),
      buttons: buttons.map(({ textContent: label, className: style, disabled }) => ({ label, style, disabled })),
      height: card.getBoundingClientRect().height,
    };
  });
  await mkdir(PICTURES, { recursive: true });
  await chat.page.screenshot({ path: fileURLToPath(new URL(`${name.replaceAll(' ', '_')}.png`, PICTURES)), animations: 'disabled' });
  return found;
}

const labelOf = (buttons, style) => buttons.find((button) => button.style === style)?.label;

function isShort({ said, buttons, height }) {
  const count = said.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length;
  assert.ok(count <= MOST.words, `${count} words: ${said}`);
  assert.ok(buttons.length <= MOST.controls, JSON.stringify(buttons));
  assert.ok(height <= MOST.height, `${height} px: ${said}`);
  assert.ok(!buttons.some(({ disabled }) => disabled), 'nothing is greyed out');
}

async function isTold(chat, name, primary, second) {
  const found = await glance(chat, name);
  isShort(found);
  for (const [style, key] of [['primary', primary], ['plain', second]]) {
    const label = labelOf(found.buttons, style);
    if (key) assert.match(label ?? '', words(key), style);
    else assert.equal(label, undefined, style);
  }
  const popup = await world.browser.popup(chat.page);
  const shown = popup.locator('article').first().locator('button.primary');
  assert.deepEqual(await shown.allTextContents(), [labelOf(found.buttons, 'primary')].filter(Boolean), 'the popup agrees');
  await fits(popup, name);
}

describe('one source', () => {
  for (const [name, fault, primary, second] of ONE_SOURCE) {
    test(name, async () => {
      await world.lab.fail(fault, { times: -1 });
      const chat = await world.chat();
      await chat.ask();
      await isTold(chat, name, primary, second);
    });
  }
});

// The field that had the focus is gone with the first.
test('a second Enter does nothing', async () => {
  await world.lab.fail('invalid_api_key', { times: -1 });
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.open();
  await chat.write('Say yes, gladly.');
  await chat.page.keyboard.press('Enter');
  await chat.diagnosis();
  assert.ok(await chat.inCard((root) => root.hasFocus() && root.activeElement.matches('.card')), 'the card has the focus');
  const tabs = world.browser.context.pages().length;
  await chat.page.keyboard.press('Enter');
  await chat.page.waitForTimeout(1_000);
  assert.equal((await world.lab.calls()).length, 1);
  assert.equal(world.browser.context.pages().length, tabs);
  assert.equal((await chat.readBox()).text, before.text);
});

// The smallest page that WCAG asks for: 1280 by 1024 pixels, enlarged four times.
describe('a page of 320 by 256', () => {
  for (const [name, fault, primary] of ONE_SOURCE) {
    test(`${name}, small`, async () => {
      await world.lab.fail(fault, { times: -1 });
      const chat = await world.chat();
      await chat.ask();
      await chat.diagnosis();
      await chat.page.setViewportSize({ width: 320, height: 256 });
      const sees = await until('the card holds still', async () => {
        const { x, y } = await chat.origin();
        const [button, card, actions, headline] = await chat.inCard((root) => ['button.primary', '.card', '.actions', 'h2'].map((one) => root.querySelector(one).getBoundingClientRect().toJSON()));
        const inside = button.top >= card.top && button.bottom <= card.bottom && button.left >= card.left && button.right <= card.right && headline.bottom <= actions.top + LEADING_PX;
        const inPage = y + button.top >= 0 && y + button.bottom <= 256 && x + button.left >= 0 && x + button.right <= 320;
        return inside && inPage && (await chat.inCard((root) => root.querySelector('.card').scrollTop === 0));
      }, { ms: 3_000 }).catch(() => false);
      await mkdir(PICTURES, { recursive: true });
      await chat.page.screenshot({ path: fileURLToPath(new URL(`${name.replaceAll(' ', '_')}_320.png`, PICTURES)) });
      assert.ok(sees, `the headline and ${words(primary)} are in sight`);
    });
  }
});

describe('another source is there', () => {
  before(async () => {
    await world.addSource({ id: 'two', name: 'Second', base_url: world.lab.baseUrl });
    await tries(1);
  });

  for (const [name, fault, primary, second] of TWO_SOURCES) {
    test(name, async () => {
      await world.lab.fail(fault, { times: -1 });
      const chat = await world.chat();
      await chat.ask();
      await isTold(chat, `${name}, two sources`, primary, second);
    });
  }
});

describe('what runs by itself', () => {
  before(() => tries(3));

  // The wait that a service asks for is not cut short.
  test('a named wait has no primary', async () => {
    await world.lab.fail('rate_limited', { retry_after: 4 });
    const chat = await world.chat();
    await chat.ask();
    const found = await glance(chat, 'a named wait');
    isShort(found);
    assert.deepEqual(found.buttons.map(({ style }) => style), ['small', 'plain'], JSON.stringify(found.buttons));
    assert.match(found.said, /Just a wait/);
    await chat.draft();
  });

  // What goes on within two seconds is no failure to be read.
  test('a short wait is one line', async () => {
    await world.browser.changeSettings({ policy: { attempts: 3, backoff: { base_ms: 1_500, cap_ms: 1_500 }, spread: 0 } });
    await world.lab.fail('server_error');
    const chat = await world.chat();
    await chat.ask();
    await chat.sees('[data-cause] .run');
    const line = await chat.inCard((root) => ({
      headlines: root.querySelectorAll('h2').length,
      said: [...root.querySelectorAll('[role=status], [role=alert]')].map(({ textContent }) => textContent).join(''),
      height: root.querySelector('.card').getBoundingClientRect().height,
    }));
    assert.equal(line.headlines, 0);
    assert.equal(line.said, '', 'it is not read aloud');
    assert.ok(line.height < 120, `${line.height} px`);
    await chat.draft();
  });
});
