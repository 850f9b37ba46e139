// The popup: shows what the worker says, forwards what is pressed.
const show = paint(document.body, async (press) => {
  const { view, copy } = await chrome.runtime.sendMessage({ kind: 'popup_press', tab: await tab, press });
  if (copy) await navigator.clipboard.writeText(copy);
  if (view) show(view);
});

// A test, or a window without tabs, may name the tab that is meant.
const named = Number(new URLSearchParams(location.search).get('tab'));
const tab = named ? Promise.resolve(named) : chrome.tabs.query({ active: true, currentWindow: true }).then(([found]) => found?.id ?? -1);

tab.then((id) => chrome.runtime.sendMessage({ kind: 'popup', tab: id })).then(({ view }) => show(view));

chrome.runtime.onMessage.addListener((message) => {
  if (message.kind === 'paint_popup') show(message.view);
});
