// What axe finds: all of WCAG 2.2 to level AA, and its best practices.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// What is asked of a page as a whole is not asked of a frame in it: the chat has its own main part and its own title.
const OF_PAGES = ['landmark-one-main', 'page-has-heading-one', 'bypass'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Fails with what axe finds in a page or a frame. */
export async function isAccessible(shown, name) {
  if (!(await shown.evaluate(() => 'axe' in globalThis))) await shown.evaluate(AXE);
  const isFrame = Boolean(shown.parentFrame?.());
  const rules = Object.fromEntries((isFrame ? OF_PAGES : []).map((rule) => [rule, { enabled: false }]));
  const violations = await shown.evaluate(async ([values, rules]) => {
    const { violations } = await globalThis.axe.run({ runOnly: { type: 'tag', values }, rules, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html, any }) => [html.slice(0, 200), any[0]?.message])]);
  }, [TAGS, rules]);
  assert.deepEqual(violations, [], name);
}

const LOOKS = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
];

/** Calls `check` with what is shown in light, dark and forced colours. A frame has the looks of its page. */
export async function inEveryLook(name, shown, check) {
  const page = shown.page?.() ?? shown;
  for (const look of LOOKS) {
    await page.emulateMedia(look);
    await check(`${name}, ${JSON.stringify(look)}`);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
}
