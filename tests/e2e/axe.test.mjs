// axe finds nothing, wherever a person looks: on every page and in every state of the card, light, dark and in forced colours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { inEveryLook, isAccessible } from './audit.mjs';
import * as walk from './walk.mjs';

let world;
before(async () => {
  world = await walk.begin();
});
after(() => world.close());

const everyLook = (name, shown) =>
  inEveryLook(name, shown, async (look) => {
    await isAccessible(shown, look);
    assert.deepEqual(await shown.evaluate(unseenChoices), [], look);
  });

/** What is chosen, pressed or on, and looks like what is not. Its ground or its edge has to tell, since letters alone are hard to tell apart. */
function unseenChoices() {
  const look = (element) =>
    [element, ...element.querySelectorAll('.head')].flatMap((one) =>
      ['', '::before', '::after'].map((part) => {
        const { backgroundColor, backgroundImage, borderColor, outlineColor, outlineStyle } = getComputedStyle(one, part || undefined);
        return [backgroundColor, backgroundImage, borderColor, outlineStyle === 'none' || outlineColor].join();
      }),
    ).join(' | ');
  const kinds = ['aria-pressed', 'aria-selected', 'aria-checked'].map((name) => [`[${name}=true]`, `[${name}=false]`]);
  kinds.push(['[aria-current]', '.journey > li:not([aria-current])'], ['button.primary', 'button.plain:not([aria-pressed])']);
  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility() && document.activeElement !== one);
  return kinds.flatMap(([chosen, others]) =>
    all(chosen).flatMap((one) => all(others).filter((other) => (chosen === 'button.primary' || other.className === one.className) && look(other) === look(one)).map((other) => `${one.textContent} like ${other.textContent}`)),
  );
}

test('the first run', () => walk.firstRun(world, everyLook));
test('the options', () => walk.options(world, everyLook));
test('popup, report, troubleshooter', () => walk.afterFailure(world, everyLook));
test('the drafts', () => walk.drafts(world, everyLook));
test('the health', () => walk.health(world, everyLook));
test('the reference', () => walk.reference(world, everyLook));

test('the card', () => walk.card(world, everyLook));

// A check that finds nothing here would prove nothing there.
test('a planted fault is found', async () => {
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('drafts.html'));
  await page.locator('main').waitFor();
  await isAccessible(page, 'as it is');
  for (const [rule, style] of [['color-contrast', 'color: #777; background: #666'], ['target-size', 'min-height: 0; width: 12px; height: 12px; padding: 0']]) {
    await page.evaluate((css) => {
      document.querySelector('.planted')?.remove();
      const planted = Object.assign(document.createElement('div'), { className: 'planted' });
      const small = () => Object.assign(document.createElement('button'), { textContent: 'Planted', style: css });
      planted.append(small(), small());
      document.querySelector('main').append(planted);
    }, style);
    await assert.rejects(isAccessible(page, rule), ({ actual }) => actual.some(([id]) => id === rule), rule);
  }
  await page.close();
});
