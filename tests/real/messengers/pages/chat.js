// What the pages have in common: who says what, and where what is sent goes.
import './page.css';

export const TALK = [
  { mine: false, text: 'Are we still on for seven?' },
  { mine: true, text: 'Yes 🎉' },
  { mine: false, text: 'Great. At the usual place?' },
];

export function send(text) {
  return fetch('/said', { method: 'POST', body: JSON.stringify({ text }) });
}
