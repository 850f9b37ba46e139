// The page of drafts: shows what the worker says, forwards what is pressed and looked for.
import { askWorker } from '../ask_worker.js';
import './page.js';
import { paint } from './paint.js';

const show = paint(document.body, async (press, fields) => {
  const { view, copy } = await askWorker({ kind: 'drafts_press', press, fields });
  if (copy !== undefined) await navigator.clipboard.writeText(copy);
  show(view);
});

// One search after the other, each with what then stands in the field: what is shown is what was typed last.
/** @type {Promise<unknown>} */
let searched = Promise.resolve();
document.addEventListener('input', () => {
  searched = searched.then(async () => show((await askWorker({ kind: 'drafts_search', fields: show.fields() })).view));
});

askWorker({ kind: 'drafts' }).then(({ view }) => show(view));
