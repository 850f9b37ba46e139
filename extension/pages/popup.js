// The popup: shows what the worker says, forwards what is pressed. A card that its page cannot have is shown here.
import { askWorker } from '../ask_worker.js';
import './page.js';
import { paint } from './paint.js';

/** @typedef {{ view?: View, cards?: { frame: FrameRef, view: View }[], copy?: string }} State */

const place = document.body.appendChild(document.createElement('div'));
const MOVES = { movesByItself: true };
const show = paint(document.body, async (press) => take(await askWorker({ kind: 'popup_press', tab: await tab, press })), MOVES);

/** @param {State} state */
async function take({ view, cards = [], copy }) {
  if (copy) await navigator.clipboard.writeText(copy);
  if (view) show(view);
  showCards(cards);
}

/** @type {Map<string, ReturnType<typeof cardFor>>} */
const painters = new Map();

/** @param {{ frame: FrameRef, view: View }[]} cards */
function showCards(cards) {
  const wanted = cards.map(({ frame }) => frame.document);
  for (const [document, { section }] of painters) {
    if (wanted.includes(document)) continue;
    section.remove();
    painters.delete(document);
  }
  for (const { frame, view } of cards) {
    const card = painters.get(frame.document) ?? cardFor(frame);
    painters.set(frame.document, card);
    card.show(view);
  }
}

/** @param {FrameRef} frame */
function cardFor(frame) {
  const section = place.appendChild(document.createElement('section'));
  section.className = 'popup-card';
  section.append(Object.assign(document.createElement('p'), { className: 'note', textContent: chrome.i18n.getMessage('popup_card_here') }));
  const stage = section.appendChild(document.createElement('div'));
  return { section, show: paint(stage, async (press, fields) => take(await askWorker({ kind: 'popup_card', frame, press, fields })), MOVES) };
}

// A test, or a window without tabs, may name the tab that is meant.
const named = Number(new URLSearchParams(location.search).get('tab'));
const tab = named ? Promise.resolve(named) : chrome.tabs.query({ active: true, currentWindow: true }).then(([found]) => found?.id ?? -1);

tab.then((id) => askWorker({ kind: 'popup', tab: id })).then(take);

// No async function: its promise would be taken for an answer to what other pages ask the worker.
chrome.runtime.onMessage.addListener((message) => {
  if (message.kind === 'paint_popup') tab.then((id) => void (id === message.tab && take(message)));
});
