// Words that are 40 % longer than English: nothing is cut, nothing runs out of its button, nothing lies over something else.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { isAccessible } from './audit.mjs';
import { isWhole } from './cut.mjs';
import { longer } from './pseudo.mjs';
import * as walk from './walk.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

let world;
before(async () => {
  await mkdir(PICTURES, { recursive: true });
  world = await walk.begin({ words: longer });
});
after(() => world.close());

const whole = async (name, shown, chat) => {
  const path = fileURLToPath(new URL(`longer_${name.replaceAll(/\W+/g, '_')}.png`, PICTURES));
  await (chat?.page ?? shown).screenshot({ path, animations: 'disabled' });
  await isWhole(shown, name);
  if (chat) return isAccessible(shown, name);
  if (name.startsWith('popup')) return;
  // As narrow as WCAG asks for.
  const size = shown.viewportSize();
  await shown.setViewportSize({ width: 320, height: 640 });
  await isWhole(shown, `${name}, 320 pixels wide`);
  await shown.setViewportSize(size);
};

test('the first run', () => walk.firstRun(world, whole));
test('the options', () => walk.options(world, whole));
test('popup, report, troubleshooter', () => walk.afterFailure(world, whole));
test('the drafts', () => walk.drafts(world, whole));
test('the health', () => walk.health(world, whole));
test('the card, 320 pixels wide', () => walk.card(world, whole, { room: { width: 320, height: 640 } }));

// A check that finds nothing here would prove nothing there.
test('a planted fault is found', async () => {
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('drafts.html'));
  await page.locator('main').waitFor();
  await isWhole(page, 'as it is');
  const styles = ['width: 60px; overflow: hidden; white-space: nowrap', 'width: 60px; white-space: nowrap', 'height: 20px; min-height: 0; width: 60px', 'margin-block-start: -70px'];
  for (const style of styles) {
    await page.evaluate((css) => {
      document.querySelector('.planted')?.remove();
      document.querySelector('main').append(Object.assign(document.createElement('button'), { className: 'planted', textContent: 'Planted words of a button', style: css }));
    }, style);
    await assert.rejects(isWhole(page, style), ({ actual }) => actual.some((fault) => fault.includes('Planted')), style);
  }
  await page.close();
});
