// The page of the troubleshooter: shows what the worker says, forwards what is pressed, copies and saves.
import { askWorker } from '../ask_worker.js';
import { save } from './page.js';
import { paint } from './paint.js';

const asked = new URLSearchParams(location.search);
const call = Number(asked.get('call'));

const show = paint(document.body, async (press, _fields, button) => {
  const { origins, permission } = button.dataset;
  if (origins || permission) await grant({ origins: origins?.split(' ') ?? [], permissions: /** @type {any} */ (permission?.split(' ') ?? []) });
  await tell(press);
  if (press === 'run_all') unfold(document.querySelector('.step[data-state=found]'));
});

/** @param {Element | null} step */
function unfold(step) {
  const folded = [step?.closest('details'), step?.querySelector('details')];
  for (const details of folded) if (details) details.open = true;
}

/** @param {Press} press */
async function tell(press) {
  const { view, copy, save: file } = await askWorker({ kind: 'troubleshooter_press', press, fields: { call } });
  if (copy) await navigator.clipboard.writeText(copy);
  if (file) save(file.name, file.text);
  if (view) show(view);
}

/**
 * Only a page that was just pressed may ask. A step that is not allowed says so itself.
 * @param {chrome.permissions.Permissions} wanted
 */
const grant = (wanted) => chrome.permissions.request(wanted).catch(() => false);

askWorker({ kind: 'troubleshooter', fields: { call } }).then(({ view }) => {
  show(view);
  const step = asked.get('step');
  if (step !== null) begin(step);
});

/**
 * A step that was chosen on the banner: in view, with its button at hand.
 * @param {string} step
 */
async function begin(step) {
  const shown = () => document.querySelector(`[data-step="${CSS.escape(step)}"]`);
  unfold(shown());
  shown()?.scrollIntoView({ block: 'center' });
  await tell({ begin: { step } });
  shown()?.querySelector('button')?.focus({ preventScroll: true });
}

chrome.runtime.onMessage.addListener((message) => {
  if (message.kind === 'paint_troubleshooter' && message.call === call) show(message.view);
});
