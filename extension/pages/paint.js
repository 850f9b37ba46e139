// Paints a tree of plain nodes. Decides nothing: unknown tags and attributes are dropped, all text stays text.

/** @typedef {Exclude<ViewNode, string>} Node_ */
/** @typedef {(press: Press, fields: Fields, element: HTMLElement) => unknown} OnPress */

const TAGS = new Set(
  'section main nav header footer article div a p h1 h2 h3 ul ol li button label span textarea input select small details summary output code pre bdi datalist option kbd table tr th td i'.split(' '),
);
const ATTRIBUTES = /^(aria-[a-z]+|data-[a-z]+|role|type|name|rows|placeholder|inputmode|autocomplete|spellcheck|list|id|value|disabled|readonly|open|hidden|tabindex|title|scope)$/;

// Nobody sees a change and stops the finger sooner.
const REACTION_MS = 350;

/** @type {WeakMap<Element, Press>} */
const presses = new WeakMap();

/** What a field has handed over: when it comes back, more may be typed by then. @type {WeakMap<Element, Set<string>>} */
const handedOver = new WeakMap();

/** @param {ViewNode} node */
function create(node) {
  if (typeof node === 'string') return document.createTextNode(node);
  // Any element may stand here; one that has neither `open` nor `value` only carries it along.
  const element = /** @type {HTMLInputElement & HTMLDetailsElement} */ (document.createElement(TAGS.has(node.tag) ? node.tag : 'span'));
  for (const [name] of node.attributes ?? []) if (name === 'open') element.open = true;
  update(element, node);
  const { focus, value } = element.dataset;
  if (value !== undefined) element.value = value;
  if (focus !== undefined) queueMicrotask(() => element.focus());
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Node_} node
 */
function update(element, node) {
  const wanted = new Map(node.attributes);
  if (node.class) wanted.set('class', node.class);
  for (const { name } of [...element.attributes]) {
    if (!wanted.has(name) && name !== 'open') element.removeAttribute(name);
  }
  for (const [name, value] of wanted) {
    const allowed = name === 'class' || ATTRIBUTES.test(name) || (name === 'href' && value[0] === '#');
    if (!allowed || name === 'open' || element.getAttribute(name) === value) continue;
    if (name === 'data-value' && 'value' in element) fill(element, value);
    element.setAttribute(name, value);
  }
  if (node.press) presses.set(element, node.press);
  else presses.delete(element);
  if (wanted.has('data-until')) return tick(element);
  if (wanted.has('data-day')) return tellDay(element);
  children(element, node.children ?? []);
}

/**
 * @param {HTMLElement & Record<'value', unknown>} field
 * @param {string} value
 */
function fill(field, value) {
  if (handedOver.get(field)?.has(value)) return;
  handedOver.delete(field);
  field.value = value;
}

/** @param {HTMLInputElement} field */
function handOver(field) {
  const values = handedOver.get(field) ?? new Set();
  handedOver.set(field, values.add(field.value));
  field.dataset.value = field.value;
}

/**
 * @param {HTMLElement} parent
 * @param {ViewNode[]} nodes
 */
function children(parent, nodes) {
  nodes.forEach((node, index) => {
    const old = parent.childNodes[index];
    if (!old) parent.append(create(node));
    else if (typeof node === 'string' && old instanceof Text) {
      if (old.data !== node) old.data = node;
    } else if (typeof node !== 'string' && old instanceof HTMLElement && old.localName === node.tag && old.dataset.key === key(node)) update(old, node);
    else old.replaceWith(create(node));
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild?.remove();
}

/** @param {Node_} node */
const key = (node) => node.attributes?.find(([name]) => name === 'data-key')?.[1];

/** @param {HTMLElement} element */
function tick(element) {
  const { until, unit = 1, template = '' } = element.dataset;
  const left = Math.max(0, Math.ceil((Number(until) - Date.now()) / 1000 / Number(unit)));
  const text = template.replace('{s}', String(left));
  if (element.textContent !== text) element.textContent = text;
}

/** Making one takes longer than all it formats. @type {Intl.DateTimeFormat | undefined} */
let days;

/**
 * A day that is counted in UTC, by its date in the reader's language.
 * @param {HTMLElement} element
 */
function tellDay(element) {
  days ??= new Intl.DateTimeFormat(document.documentElement.lang || undefined, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });
  const text = days.format(Number(element.dataset.day));
  if (element.textContent !== text) element.textContent = text;
}

/** @param {string} role */
function liveRegion(role) {
  const region = Object.assign(document.createElement('div'), { className: 'said', role });
  region.setAttribute('aria-atomic', 'true');
  return region;
}

/**
 * What a press was meant for: a button that has just slid under the pointer was not there yet when the person aimed.
 * @param {HTMLElement} stage
 */
function aim(stage) {
  /** @type {{ at: number, boxes: [Element, DOMRect][] }[]} */
  let layouts = [];
  const fresh = () => layouts.filter(({ at }) => performance.now() - at < REACTION_MS);
  return {
    /** Keeps where the buttons are, before they may move. */
    remember() {
      const buttons = [...stage.querySelectorAll('button')];
      layouts = [...fresh(), { at: performance.now(), boxes: buttons.map((button) => [button, button.getBoundingClientRect()]) }];
    },
    /**
     * Whether another button was here a moment ago.
     * @param {MouseEvent} event
     * @param {Element | null} button
     */
    isMissed({ clientX, clientY, detail }, button) {
      const isHere = (/** @type {DOMRect} */ { left, right, top, bottom }) => left <= clientX && clientX <= right && top <= clientY && clientY <= bottom;
      const meant = fresh().flatMap(({ boxes }) => boxes).find(([, box]) => isHere(box));
      return detail > 0 && meant !== undefined && meant[0] !== button;
    },
  };
}

/**
 * A place that can show views: two live regions that are there before any text, and the tree.
 * @param {HTMLElement} place
 * @param {OnPress} onPress
 * @param {{ movesByItself?: boolean }} [options] Where buttons move without a press, one that just came under the pointer takes none.
 */
export function paint(place, onPress, { movesByItself = false } = {}) {
  const polite = liveRegion('status');
  const urgent = liveRegion('alert');
  // A page may have one already, with what stands there until the worker has woken.
  const stage = /** @type {HTMLElement} */ (place.querySelector(':scope > .stage') ?? document.createElement('div'));
  stage.className = 'stage';
  place.append(polite, urgent, stage);
  const aimed = aim(stage);
  /** @type {number | undefined} */
  let timer;

  const fields = () => {
    const named = /** @type {NodeListOf<HTMLInputElement>} */ (stage.querySelectorAll('input[name], textarea[name], select[name]'));
    for (const field of named) if (field.localName === 'textarea') handOver(field);
    return /** @type {Fields} */ (Object.fromEntries([...named].map((field) => [field.name, field.value])));
  };

  /** @param {HTMLElement | null} element */
  function press(element) {
    const press = element && presses.get(element);
    if (press) onPress(press, fields(), element);
    return Boolean(press);
  }

  stage.addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('button');
    // The second half of a double click, too, is meant for the button that was there before.
    const isMeant = event.isTrusted && event.detail < 2 && !(movesByItself && aimed.isMissed(event, button));
    if (isMeant && press(button)) event.preventDefault();
  });
  // A field that is changed at once says so when it is left.
  stage.addEventListener('change', (event) => {
    if (event.isTrusted) press(/** @type {HTMLElement} */ (event.target));
  });
  stage.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !('submit' in /** @type {HTMLElement} */ (event.target).dataset)) return;
    event.preventDefault();
    if (event.isTrusted) press(stage.querySelector('button.primary'));
  });

  /** @param {View} view */
  function show(view) {
    const frame = place.parentElement ?? stage; // A page as a whole, or the card in its shadow.
    Object.assign(frame.dataset, { theme: view.theme ?? 'system', size: view.text_size ?? 'normal' });
    stage.lang = polite.lang = urgent.lang = view.lang;
    stage.dir = view.dir;
    if (movesByItself) aimed.remember();
    const hadFocus = stage.contains(document.activeElement);
    children(stage, view.root ? [view.root] : []);
    // What had it is gone. The card itself takes no press, so a second Enter does nothing.
    if (hadFocus && !stage.contains(document.activeElement)) /** @type {HTMLElement | null} */ (stage.querySelector('.card'))?.focus({ preventScroll: true });
    const region = view.urgent ? urgent : polite;
    if (region.textContent !== view.announcement) region.textContent = view.announcement;
    (view.urgent ? polite : urgent).textContent = '';
    clearInterval(timer);
    const waits = /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll('[data-until]'));
    if (waits.length) timer = setInterval(() => waits.forEach(tick), 1000);
    return stage;
  }

  return Object.assign(show, { fields });
}
