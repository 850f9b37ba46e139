// The playground: diagnoses what is pasted, in this page, and shows it with the extension's own painter.
import init, { learn, Site, speak } from '#diagnose';
import wasm from 'packed:target/pkg/diagnose_bg.wasm';
import { paint } from '../extension/pages/paint.js';
import { parts, unpack } from './unpack.js';

const TYPING_PAUSE_MS = 200;
const PREFIX = '#paste=';

/**
 * @param {string} id
 * @returns {any}
 */
const part = (id) => document.getElementById(id);

async function load() {
  const [{ phrases, words }] = await Promise.all([parts(), unpack(wasm).then((bytes) => init({ module_or_path: bytes }))]);
  learn(phrases);
  speak(...words);
  return new Site();
}

/** @param {Site} site */
function begin(site) {
  /** @type {HTMLTextAreaElement} */
  const field = part('paste');
  const link = part('link');
  const told = part('pressed');
  const show = paint(part('stage'), tell);
  /** @type {number | undefined} */
  let pause;

  /** @param {any} press */
  function tell(press) {
    const address = site.opens(field.value.trim(), press.open.action);
    told.textContent = address ? told.dataset.opens.replace('{address}', address) : told.dataset.does;
    told.hidden = false;
  }

  function diagnose() {
    const text = field.value.trim();
    const stage = show(text ? site.diagnose(text) : { announcement: '', lang: document.documentElement.lang, dir: 'ltr' });
    const cause = /** @type {HTMLElement | null} */ (stage.querySelector('[data-cause]'))?.dataset.cause;
    if (cause) part('more').href = `reference/${cause}.html`;
    part('empty').hidden = Boolean(cause);
    part('after').hidden = !cause;
    part('told').textContent = '';
    told.hidden = true;
  }

  /** @param {string} text */
  function take(text) {
    field.value = text;
    clearTimeout(pause);
    diagnose();
  }

  // A link carries the text behind the '#', which a browser never sends.
  function takeFromLink() {
    if (!location.hash.startsWith(PREFIX)) return;
    try {
      take(decodeURIComponent(location.hash.slice(PREFIX.length)));
    } catch {
      dropLink();
    }
  }

  function dropLink() {
    if (location.hash.startsWith(PREFIX)) history.replaceState(null, '', location.pathname + location.search);
  }

  async function copyLink() {
    history.replaceState(null, '', PREFIX + encodeURIComponent(field.value));
    const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    part('told').textContent = copied ? link.dataset.copied : link.dataset.shown;
  }

  field.addEventListener('input', () => {
    dropLink();
    clearTimeout(pause);
    pause = setTimeout(diagnose, TYPING_PAUSE_MS);
  });
  document.querySelector('.examples')?.addEventListener('click', ({ target }) => {
    const button = /** @type {Element} */ (target).closest('button');
    if (!button) return;
    dropLink();
    take(button.value);
    part('answer').scrollIntoView({ block: 'nearest' });
  });
  part('clear').addEventListener('click', () => {
    dropLink();
    take('');
    field.focus();
  });
  link.addEventListener('click', copyLink);
  window.addEventListener('hashchange', takeFromLink);
  if (field.value) diagnose();
  takeFromLink();
}

// A page around this one could lay its own words over it, and have people paste here what they mean for somebody else.
if (window.top !== window) {
  part('bench').hidden = true;
  part('framed').hidden = false;
} else {
  load().then(begin, () => {
    part('empty').hidden = true;
    part('trouble').hidden = false;
  });
}
