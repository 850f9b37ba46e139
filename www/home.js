// The moving picture: views that the engine gave while the site was built, painted in turn by the extension's own painter.
import { paint } from '../extension/pages/paint.js';

const stage = /** @type {HTMLElement} */ (document.getElementById('stage'));
const typed = /** @type {HTMLElement} */ (document.getElementById('typed'));
const pause = /** @type {HTMLButtonElement} */ (document.getElementById('pause'));
const pictures = globalThis.unstuckPicture;
const words = { pause: pause.textContent ?? '', play: pause.dataset.play ?? '' };

/** @type {ReturnType<typeof paint>} */
let show;
let shape = '';
let at = 0;
/** @type {number | undefined} */
let timer;

/**
 * What a view is made of, without its words.
 * @param {View} view
 */
const shapeOf = ({ root }) => JSON.stringify(root, (key, value) => (typeof value === 'string' && key !== 'tag' && key !== 'class' ? '' : value));

/**
 * Another shape is painted anew, so that nothing slides to another place.
 * @param {View} view
 */
function paintView(view) {
  if (shape !== shapeOf(view)) {
    stage.replaceChildren();
    show = paint(stage, () => {});
  }
  shape = shapeOf(view);
  return show(view);
}

function turn() {
  const { ms, view, pressed, typed: text } = pictures[at];
  const buttons = paintView(view).querySelectorAll('button');
  for (const button of buttons) button.classList.toggle('pressing', button.textContent === pressed);
  typed.textContent = text ?? typed.dataset.empty ?? '';
  typed.classList.toggle('filled', Boolean(text));
  return ms;
}

function play() {
  timer = setTimeout(() => {
    at = (at + 1) % pictures.length;
    play();
  }, turn());
}

/** @param {boolean} plays */
function set(plays) {
  clearTimeout(timer);
  timer = undefined;
  pause.textContent = plays ? words.pause : words.play;
  /** @type {HTMLElement} */ (document.getElementById('picture')).toggleAttribute('data-paused', !plays);
  if (plays) play();
  else turn();
}

pause.addEventListener('click', () => set(timer === undefined));
const still = matchMedia('(prefers-reduced-motion: reduce)');
still.addEventListener('change', ({ matches }) => set(!matches));
set(!still.matches);
