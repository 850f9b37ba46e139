// What of the words on a page is cut, runs out of its button or lies over something else.
import assert from 'node:assert/strict';

/** Fails with every text that cannot be read as a whole in a page or a frame. */
export async function isWhole(shown, name) {
  assert.deepEqual(await shown.evaluate(faults), [], name);
}

/** Runs in the page. */
function faults() {
  const CONTROLS = 'button, summary, a, label, [role=tab]';
  const SLACK = 1;
  // Lines of letters with marks are a little higher than the line.
  const LEADING = 5;
  const found = [];
  const styles = new Map();
  const styleOf = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const named = (element) => `${element.localName}${element.className ? `.${element.className}` : ''} “${(element.textContent || element.placeholder || '').trim().slice(0, 60)}”`;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.said, .skip:not(:focus), option, script, style');
  const ancestors = function* (element) {
    for (let at = element; at; at = at.parentElement) yield at;
  };
  const scrolls = (element) => /auto|scroll/.test(styleOf(element).overflowY) && element.scrollHeight > element.clientHeight + SLACK;

  /** The part of a box that is not scrolled out of sight. */
  function inSight(rect, element) {
    let { left, top, right, bottom } = rect;
    for (const around of ancestors(element)) {
      if (around === document.documentElement || !scrolls(around)) continue;
      const box = around.getBoundingClientRect();
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, top, right, bottom };
  }

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      all.push(...[...range.getClientRects()].filter(({ width, height }) => width && height).map((rect) => ({ element, rect })));
    }
    return all;
  }

  /** Past the edge of the window, of a block around it, or of what it is the label of. */
  function runsOut({ element, rect }) {
    if (rect.left < -SLACK || rect.right > innerWidth + SLACK) found.push(`past the window: ${named(element)}`);
    let isScrolled = false;
    for (const around of ancestors(element)) {
      const { display, overflowY } = styleOf(around);
      if (/^(inline|contents)$/.test(display)) continue;
      const box = around.getBoundingClientRect();
      if (rect.left < box.left - SLACK || rect.right > box.right + SLACK) return void found.push(`out of ${named(around)}: ${named(element)}`);
      isScrolled ||= scrolls(around);
      if (isScrolled || !(around.matches(CONTROLS) || /hidden|clip/.test(overflowY)) || around === document.body) continue;
      if (rect.top < box.top - LEADING || rect.bottom > box.bottom + LEADING) return void found.push(`above or below ${named(around)}: ${named(element)}`);
    }
  }

  const stuck = (element) => [...ancestors(element)].find((around) => /sticky|fixed/.test(styleOf(around).position));
  const isApart = (one, two) =>
    Math.min(one.right, two.right) - Math.max(one.left, two.left) <= SLACK || Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) <= LEADING;

  function overlaps(all) {
    const controls = [...document.querySelectorAll('button, summary, input, select, textarea, [role=tab]')].filter(isShown).map((element) => ({ element, rect: element.getBoundingClientRect() }));
    const boxes = [...all, ...controls].map(({ element, rect }) => ({ element, rect: inSight(rect, element), stuck: stuck(element) }));
    boxes.forEach((one, at) => {
      for (const two of boxes.slice(at + 1)) {
        if (one.element.contains(two.element) || two.element.contains(one.element) || one.stuck !== two.stuck || isApart(one.rect, two.rect)) continue;
        found.push(`${named(one.element)} over ${named(two.element)}`);
      }
    });
  }

  function fields() {
    for (const field of document.querySelectorAll('input[placeholder], textarea[placeholder]')) {
      if (!isShown(field) || field.value) continue;
      field.value = field.placeholder;
      if (field.scrollWidth > field.clientWidth + SLACK || field.scrollHeight > field.clientHeight + SLACK) found.push(`cut: ${named(field)}`);
      field.value = '';
    }
    for (const select of document.querySelectorAll('select')) {
      if (!isShown(select)) continue;
      const whole = select.cloneNode(true);
      for (const [at, option] of [...whole.options].entries()) if (at !== select.selectedIndex) option.remove();
      whole.style.cssText = 'position: absolute; max-width: none; width: max-content';
      select.after(whole);
      if (whole.offsetWidth > select.offsetWidth + SLACK) found.push(`cut: ${whole.textContent}`);
      whole.remove();
    }
  }

  for (const element of document.body.querySelectorAll('*')) {
    if (!isShown(element) || /input|textarea|select/.test(element.localName) || styleOf(element).overflowX === 'visible') continue;
    if ( element.scrollWidth > element.clientWidth + SLACK) found.push(`wider than its place: ${named(element)}`);
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push('the page scrolls sideways');
  const all = texts();
  all.forEach(runsOut);
  overlaps(all);
  fields();
  return [...new Set(found)];
}
