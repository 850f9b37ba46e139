// The page of a report: shows what the worker says, forwards what is pressed and typed, and hands out what it shows.
import { askWorker } from '../ask_worker.js';
import { save } from './page.js';
import { paint } from './paint.js';
import { performOne } from '../worker/perform.js';

const call = Number(new URLSearchParams(location.search).get('call'));
const preview = () => document.querySelector('[data-preview]')?.textContent ?? '';

/** @type {PerformersOf<ReportEffect>} */
const EFFECTS = {
  copy: () => navigator.clipboard.writeText(preview()),
  download: ({ name, kind }) => save(name, preview(), kind),
  open_page: ({ url }) => chrome.tabs.create({ url }),
};

/** @type {unknown} */
let choices;

/** @param {Press} pressed @param {Fields} fields */
async function press(pressed, fields) {
  const shown = await askWorker({ kind: 'report_press', press: { call, press: pressed, choices }, fields });
  choices = shown.choices;
  show(shown.view);
  for (const effect of shown.effects) await performOne(EFFECTS, effect);
}

// One after the other, each with what stands in the field when its turn comes: nothing older is ever shown last.
/** @type {Promise<unknown>} */
let turn = Promise.resolve();
let typed = false;
const fields = () => ({ remark: /** @type {HTMLInputElement | null} */ (document.querySelector('[name=remark]'))?.value });

/** @param {() => Promise<void>} run */
function queue(run) {
  turn = turn.then(run, run);
  return turn;
}

const show = paint(document.body, (pressed) => queue(() => press(pressed, fields())));

document.addEventListener('input', () => {
  if (typed) return;
  typed = true;
  queue(() => {
    typed = false;
    return press('refresh', fields());
  });
});

queue(() => press('refresh', fields()));
