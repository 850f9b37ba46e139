// The options and the welcome page: shows what the worker says, forwards what is pressed, and brings its memory along: the worker may have
// died since.
import { save } from './page.js';
import { paint } from './paint.js';

/** @type {string | undefined} */
let memory;

/** @type {(message: Message) => Promise<View & { memory: string, file?: string }>} */
const ask = (message) => chrome.runtime.sendMessage({ ...message, memory });

/** @param {Awaited<ReturnType<typeof ask>>} view */
function take(view) {
  memory = view.memory;
  show(view);
  return view;
}

const show = paint(document.body, async (press, fields, button) => {
  const { grant: field = '', origin = fields[field], origins } = button.dataset;
  if (origin !== undefined) fields.granted = await grant(origin);
  if (origins) fields.granted = await chrome.permissions.request({ origins: origins.split(' ') }).catch(() => false);
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

// The address may name a part of the page, such as the rules of one source.
function showPart() {
  const part = document.getElementById(location.hash.slice(1));
  if (!part) return;
  if (part instanceof HTMLDetailsElement) part.open = true;
  part.querySelector('summary')?.focus();
  part.scrollIntoView();
}

ask({ kind: 'options' }).then(take).then(showPart);
addEventListener('pagehide', () => void ask({ kind: 'options_gone' }).catch(() => {}));

// Something may have been changed elsewhere meanwhile.
document.addEventListener('visibilitychange', () => void (memory !== undefined && !document.hidden && ask({ kind: 'options_look' }).then(take)));
