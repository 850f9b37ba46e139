// The options and the welcome page: shows what the worker says, forwards what is pressed, and brings its memory along: the worker may have
// died since.
import { askWorker } from '../ask_worker.js';
import { save } from './page.js';
import { paint } from './paint.js';

/** @type {string | undefined} */
let memory;

/** @type {(message: Message) => Promise<View & { memory: string, file?: string }>} */
const ask = (message) => askWorker({ ...message, memory });

/** @param {Awaited<ReturnType<typeof ask>>} view */
function take(view) {
  memory = view.memory;
  show(view);
  return view;
}

let presses = 0;
const show = paint(document.body, async (press, fields, button) => {
  presses++;
  const { grant: field = '', origin = fields[field], origins, permission } = button.dataset;
  if (origin !== undefined) fields.granted = await grant(origin);
  if (origins) fields.granted = await chrome.permissions.request({ origins: origins.split(' ') }).catch(() => false);
  if (permission) fields.granted = await chrome.permissions.request({ permissions: [/** @type {any} */ (permission)] }).catch(() => false);
  const view = take(await ask({ kind: 'options_press', press, fields }));
  if (view.file) save('unstuck-settings.json', view.file);
  if (view.busy) take(await ask({ kind: press === 'download' ? 'options_download' : 'options_test' }));
});

/**
 * Only a page that was just pressed may ask the browser for access to a host.
 * @param {string} address
 */
async function grant(address) {
  try {
    const { protocol, hostname } = new URL(address.includes('://') ? address : `https://${address}`);
    return await chrome.permissions.request({ origins: [`${protocol}//${hostname}/*`] });
  } catch {
    return false; // No address, or the prompt was closed: the worker says what to do.
  }
}

// The worker has news of its own, such as the share of a download.
chrome.runtime.onMessage.addListener(({ kind }) => {
  if (kind === 'options_changed') ask({ kind: 'options_look' }).then(take);
});

// A key is looked at as it is pasted: one of another service, or of a retired type, is told at once.
document.addEventListener('paste', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.name !== 'key') return;
  setTimeout(async () => {
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[name]'));
    const fields = Object.fromEntries([...inputs].map(({ name, value }) => [name, value]));
    take(await ask({ kind: 'options_press', press: 'check_key', fields }));
  });
});

// A file that is chosen is read into the field where it could be pasted as well.
document.addEventListener('change', async ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  const [file] = target.files ?? [];
  const field = /** @type {HTMLTextAreaElement | null} */ (file && document.querySelector(`[name=${target.dataset.into}]`));
  if (field) field.value = await file.text();
});

// The address names what is shown: a tab, or a part in one, such as the rules of one source.
const named = () => location.hash.slice(1);

async function turn() {
  take(await ask({ kind: 'options_press', press: 'turn', fields: { part: named() } }));
  if (search()) search().value = '';
  const part = document.getElementById(named());
  if (!part) return scrollTo(0, 0);
  for (let folded = part.closest('details'); folded; folded = folded.parentElement?.closest('details') ?? null) folded.open = true;
  const control = part.querySelector('summary, button, input, textarea');
  /** @type {HTMLElement | null} */ (control)?.focus({ preventScroll: true });
  part.scrollIntoView();
}

addEventListener('hashchange', turn);

/** @type {(target: EventTarget | null) => HTMLAnchorElement | null} */
const linkAt = (target) => (target instanceof Element ? target.closest('a') : null);

// What the address names already can be looked for again.
document.addEventListener('click', ({ target }) => {
  if (linkAt(target)?.hash === location.hash) turn();
});

// Arrows lead from tab to tab; they leave no trail for the browser's back.
document.addEventListener('keydown', (event) => {
  const tab = linkAt(event.target);
  if (tab?.role !== 'tab') return;
  const tabs = /** @type {HTMLAnchorElement[]} */ ([.../** @type {Element} */ (tab.parentElement).children]);
  const forth = getComputedStyle(tab).direction === 'rtl' ? -1 : 1;
  const at = tabs.indexOf(tab);
  const next = { ArrowRight: at + forth, ArrowLeft: at - forth, Home: 0, End: -1 }[event.key];
  const chosen = next === undefined ? undefined : tabs.at(next % tabs.length);
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  location.replace(chosen.hash);
});

const search = () => /** @type {HTMLInputElement} */ (document.querySelector('input[name=search]'));

// One search after the other, so that what is shown is what was typed last.
/** @type {Promise<unknown>} */
let searched = Promise.resolve();
document.addEventListener('input', ({ target }) => {
  if (target !== search()) return;
  searched = searched.then(() => ask({ kind: 'options_press', press: 'search', fields: { search: search().value } })).then(take);
});
document.addEventListener('keydown', async ({ key, target, isComposing }) => {
  if (key !== 'Enter' || isComposing || target !== search()) return;
  await searched;
  /** @type {HTMLAnchorElement | null} */ (document.querySelector('.matches a'))?.click();
});

ask({ kind: 'options' })
  .then(async (view) => void (named() ? await turn() : take(view)))
  .then(() => ask({ kind: 'options_glance' }))
  // Who has pressed something meanwhile is elsewhere on the page, and nothing may move under the next press.
  .then((view) => void (view && presses === 0 && take(view)));
addEventListener('pagehide', () => void ask({ kind: 'options_gone' }).catch(() => {}));

// Something may have been changed elsewhere meanwhile.
document.addEventListener('visibilitychange', () => void (memory !== undefined && !document.hidden && ask({ kind: 'options_look' }).then(take)));
