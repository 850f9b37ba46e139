// Boxes that do not hold still. `?box=NAME` chooses one.
import { plain } from './editors/plain.js';

const place = document.querySelector('#place');
const make = (name, attributes = {}) => {
  const box = document.createElement(name);
  if (name === 'div') box.contentEditable = 'true';
  Object.assign(box, attributes);
  Object.assign(box.style, { minHeight: '60px', whiteSpace: 'pre-wrap' });
  return box;
};
const put = (box) => (place.replaceChildren(box), plain(box), box);

const BOXES = {
  // The first focus that comes from elsewhere redraws the box, with its text.
  redrawn_on_focus() {
    const box = put(make('div'));
    globalThis.arm = () => box.addEventListener('focus', () => put(make('div', { textContent: box.textContent })), { once: true });
  },
  // Every input redraws the box from what the page believes.
  redrawn_on_input() {
    const draw = (text) => put(make('div', { textContent: text })).addEventListener('input', ({ target }) => draw(target.textContent));
    globalThis.arm = () => draw(place.textContent);
    put(make('div'));
  },
  vanishes() {
    put(make('div'));
    globalThis.arm = () => place.replaceChildren();
  },
  vanishes_on_input() {
    const box = put(make('div'));
    globalThis.arm = () => box.addEventListener('input', () => place.replaceChildren());
  },
  locks() {
    const box = put(make('div'));
    globalThis.arm = () => (box.contentEditable = 'false');
  },
  read_only() {
    const box = put(make('textarea'));
    globalThis.arm = () => (box.readOnly = true);
  },
  // Holds on to what its model says, whatever comes.
  refuses() {
    const box = put(make('div'));
    globalThis.arm = () => box.addEventListener('input', () => (box.textContent = 'Hi Mara, '));
  },
  // Claims a paste and drops it.
  swallows() {
    const box = put(make('div'));
    globalThis.arm = () => box.addEventListener('paste', (event) => event.preventDefault());
  },
  limited() {
    put(make('textarea', { maxLength: 40 }));
    globalThis.arm = () => {};
  },
  // Cuts what is too long, by its own script.
  cuts() {
    const box = put(make('textarea'));
    globalThis.arm = () => box.addEventListener('input', () => (box.value = box.value.slice(0, 30)));
  },
  // Takes the text and gives it back a moment later.
  reverts() {
    const box = put(make('textarea'));
    globalThis.arm = () => box.addEventListener('input', () => setTimeout(() => (box.value = 'Hi Mara, '), 60));
  },
  open_shadow: () => inShadow('open'),
  closed_shadow: () => inShadow('closed'),
};

function inShadow(mode) {
  const root = place.attachShadow({ mode });
  const box = make('div');
  root.append(box);
  plain(box);
  globalThis.arm = () => {};
}

BOXES[new URLSearchParams(location.search).get('box')]();
