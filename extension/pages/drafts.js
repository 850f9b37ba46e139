// The page of drafts: shows what the worker says, forwards what is pressed.
import './page.js';
import { paint } from './paint.js';

const show = paint(document.body, async (press) => {
  const { view, copy } = await chrome.runtime.sendMessage({ kind: 'drafts_press', press });
  if (copy !== undefined) await navigator.clipboard.writeText(copy);
  show(view);
});

chrome.runtime.sendMessage({ kind: 'drafts' }).then(({ view }) => show(view));
