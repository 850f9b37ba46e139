// A language that runs from right to left, and a page that does: both are mirrored, each by itself.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { inEveryLook, isAccessible } from './audit.mjs';
import { isWhole } from './cut.mjs';
import { until } from './harness.mjs';
import { fromTheRight } from './pseudo.mjs';
import * as walk from './walk.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

let world;
before(async () => {
  await mkdir(PICTURES, { recursive: true });
  world = await walk.begin({ words: fromTheRight, args: ['--force-ui-direction=rtl'] });
});
after(() => world.close());

async function mirrored(name, shown, chat) {
  const path = fileURLToPath(new URL(`mirrored_${name.replaceAll(/\W+/g, '_')}.png`, PICTURES));
  await (chat?.page ?? shown).screenshot({ path, animations: 'disabled' });
  assert.equal(await shown.evaluate(() => getComputedStyle(document.documentElement).direction), 'rtl', name);
  await isWhole(shown, name);
  await inEveryLook(name, shown, (look) => isAccessible(shown, look));
}

test('the first run', () => walk.firstRun(world, mirrored));
test('the options', () => walk.options(world, mirrored));
test('popup, report, troubleshooter', () => walk.afterFailure(world, mirrored));
test('the drafts', () => walk.drafts(world, mirrored));
test('the health', () => walk.health(world, mirrored));
/** How far the letters of an element are from the left and from the right edge of it. */
const gaps = (root, selector) => {
  const found = root.querySelector(selector);
  const range = document.createRange();
  range.selectNodeContents(found);
  const [box, line] = [found.getBoundingClientRect(), range.getClientRects()[0]];
  return [line.left - box.left, box.right - line.right];
};

// An English draft begins at the left; a name that could be of either direction stands where the lines around it begin.
test('drafts keep their own direction', async () => {
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  const chat = await world.chat();
  await chat.ask();
  await until('a draft is there', () => chat.inCard((root) => root.querySelector('.draft') && root.querySelector('button.primary')));
  const [left] = await chat.inCard(gaps, '.draft');
  assert.ok(left < 20, `${left} px from the left`);
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('options.html'));
  await page.locator('.known bdi').first().waitFor();
  const [, right] = await page.evaluate(`(${gaps})(document, '.known bdi')`);
  assert.ok(right < 2, `${right} px from the right`);
  await world.reset();
});

// Whatever the language of the browser is.
test('the page decides the side', async () => {
  for (const direction of ['ltr', 'rtl']) {
    const chat = await world.chat();
    await chat.page.evaluate((dir) => {
      document.documentElement.dir = dir;
      document.querySelector('#box').blur();
    }, direction);
    await until('the launcher is withdrawn', async () => !(await chat.isOffered()));
    await chat.box.click();
    await until('the launcher is offered', () => chat.isOffered());
    const box = await chat.box.evaluate((shown) => shown.getBoundingClientRect().toJSON());
    const launcher = await chat.inHost((root) => root.querySelector('.launcher').getBoundingClientRect().toJSON());
    await chat.open();
    const { x, width } = await chat.origin();
    const fromStart = direction === 'rtl' ? box.right - (x + width) : x - box.left;
    const fromEnd = direction === 'rtl' ? launcher.left - box.left : box.right - launcher.right;
    assert.deepEqual([fromStart, fromEnd], [0, 4], direction);
    await world.reset();
  }
});

test('every state of the card', () => walk.card(world, mirrored));
