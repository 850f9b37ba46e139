// Launcher and card keep to their box while it grows, and while the page is scrolled or made smaller.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
after(() => world.close());
beforeEach(() => world.reset());

/** What may happen to a box that somebody writes in. */
const CHANGES = {
  grows: (chat) => chat.box.evaluate((box) => Object.assign(box.style, { height: '120px' })),
  'is scrolled': (chat) => chat.page.evaluate(() => {
    document.documentElement.style.height = '200vh';
    scrollTo(0, 60);
  }),
  'has less room': (chat) => chat.page.setViewportSize({ width: 700, height: 500 }),
};

const edgeOf = (chat) => chat.box.evaluate((box) => {
  const { top, right } = box.getBoundingClientRect();
  return { top, right };
});
const shown = (selector) => (chat) => chat.inHost((root, part) => {
  const { top, bottom, right } = root.querySelector(part).getBoundingClientRect();
  return { top, bottom, right };
}, selector);
const launcher = shown('.launcher');
const card = shown('.card');

for (const [what, change] of Object.entries(CHANGES)) {
  test(`launcher stays when it ${what}`, async () => {
    const chat = await world.chat();
    const [edge, at] = [await edgeOf(chat), await launcher(chat)];
    await change(chat);
    const now = await edgeOf(chat);
    assert.notDeepEqual(now, edge, 'the box has moved');
    await until('the launcher has followed', async () => {
      const followed = await launcher(chat);
      return Math.abs(followed.top - now.top - (at.top - edge.top)) < 1 && Math.abs(followed.right - now.right - (at.right - edge.right)) < 1;
    }, { ms: 2_000 });
  });

  test(`card stays when it ${what}`, async () => {
    const chat = await world.chat();
    await chat.open();
    await change(chat);
    const { top } = await edgeOf(chat);
    await until('the card keeps off the box', async () => Math.abs((await card(chat)).bottom - (top - 8)) < 1, { ms: 2_000 });
  });
}

test('launcher leaves sight with its box', async () => {
  const chat = await world.chat();
  await chat.page.evaluate(() => {
    document.documentElement.style.height = '400vh';
    scrollTo(0, 2 * innerHeight);
  });
  await until('the box is out of sight', async () => (await edgeOf(chat)).top < -40);
  await until('the launcher is too', async () => (await launcher(chat)).bottom <= 0, { ms: 2_000 });
});
