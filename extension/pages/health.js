// The page that shows how the AI services have been doing: shows what the worker says, forwards what is pressed and chosen.
import { askWorker } from '../ask_worker.js';
import { save } from './page.js';
import { paint } from './paint.js';
import { performOne } from '../worker/perform.js';

/** @type {PerformersOf<HistoryEffect>} */
const EFFECTS = {
  copy: ({ text }) => navigator.clipboard.writeText(text),
  save: ({ name, kind, text }) => save(name, text, kind),
  open_page: ({ url }) => chrome.tabs.create({ url }),
};

// What was chosen stands in the address, too: whoever opens the page may choose, and a reload forgets nothing.
let chosen = /** @type {Fields} */ (Object.fromEntries(new URLSearchParams(location.search)));

/** @param {Press} [press] */
async function tell(press) {
  const fields = chosen;
  const { view, effects } = await askWorker({ kind: 'history', press, fields });
  // What was chosen since is asked for next: showing this would take it back.
  if (fields === chosen) show(view);
  for (const effect of effects) await performOne(EFFECTS, effect);
}

// One after the other: nothing older is ever shown last.
/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** @param {Press} [press] */
function queue(press) {
  turn = turn.then(() => tell(press), () => tell(press));
  return turn;
}

const show = paint(document.body, (press, fields) => {
  chosen = fields;
  history.replaceState(null, '', `?${new URLSearchParams(fields)}`);
  return queue(press);
});

// No async function: its promise would be taken for an answer to what other pages ask the worker.
chrome.runtime.onMessage.addListener(({ kind }) => {
  if (kind === 'history_changed') queue();
});

queue();
