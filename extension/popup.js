// The popup: shows what the worker says, forwards what is pressed. A card that its page cannot have is shown here.
const place = document.body.appendChild(document.createElement('div'));
const show = paint(document.body, async (press) => take(await chrome.runtime.sendMessage({ kind: 'popup_press', tab: await tab, press })));

async function take({ view, cards = [], copy }) {
  if (copy) await navigator.clipboard.writeText(copy);
  if (view) show(view);
  showCards(cards);
}

const painters = new Map();
function showCards(cards) {
  const wanted = cards.map(({ surface }) => surface.document);
  for (const [document, { section }] of painters) if (!wanted.includes(document)) section.remove(), painters.delete(document);
  for (const { surface, view } of cards) {
    if (!painters.has(surface.document)) painters.set(surface.document, cardFor(surface));
    painters.get(surface.document).show(view);
  }
}

function cardFor(surface) {
  const section = place.appendChild(document.createElement('section'));
  section.className = 'popup-card';
  section.append(Object.assign(document.createElement('p'), { className: 'note', textContent: chrome.i18n.getMessage('popup_card_here') }));
  const press = async (press, fields) => take(await chrome.runtime.sendMessage({ kind: 'popup_card', surface, press, fields }));
  return { section, show: paint(section.appendChild(document.createElement('div')), press) };
}

// A test, or a window without tabs, may name the tab that is meant.
const named = Number(new URLSearchParams(location.search).get('tab'));
const tab = named ? Promise.resolve(named) : chrome.tabs.query({ active: true, currentWindow: true }).then(([found]) => found?.id ?? -1);

tab.then((id) => chrome.runtime.sendMessage({ kind: 'popup', tab: id })).then(take);

// No async function: its promise would be taken for an answer to what other pages ask the worker.
chrome.runtime.onMessage.addListener((message) => {
  if (message.kind === 'paint_popup') tab.then((id) => id === message.tab && take(message));
});
