// What holds for the popup in every state: it fits without a scrollbar, every control is large enough, and axe finds nothing.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

const ROOM = { width: 400, height: 600 };

/** Measures the popup at the size that the browser gives it at most. */
export async function fits(popup, name) {
  await popup.setViewportSize(ROOM);
  const { width, height, small } = await popup.evaluate(() => {
    const controls = [...document.querySelectorAll('button, summary, a, input, textarea')].filter((control) => control.checkVisibility());
    const isSmall = (control) => Math.min(control.getBoundingClientRect().width, control.getBoundingClientRect().height) < 24;
    const { scrollWidth: width, scrollHeight: height } = document.documentElement;
    return { width, height, small: controls.filter(isSmall).map(({ outerHTML }) => outerHTML) };
  });
  assert.ok(width <= ROOM.width && height <= ROOM.height, `${name}: ${width} × ${height}`);
  assert.deepEqual(small, [], `${name}: every control has 24 pixels`);
}

/** Looks at it in light and dark, and takes a picture of each. */
export async function isClear(popup, name) {
  await mkdir(PICTURES, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await popup.emulateMedia({ colorScheme });
    await popup.evaluate(AXE);
    const { violations } = await popup.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], `${name}, ${colorScheme}`);
    await popup.screenshot({ path: fileURLToPath(new URL(`popup_${name.replaceAll(' ', '_')}_${colorScheme}.png`, PICTURES)), animations: 'disabled' });
  }
}
