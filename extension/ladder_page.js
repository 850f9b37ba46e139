// The page of the ladder: shows what the worker says, forwards what is pressed, copies and saves.
const call = Number(new URLSearchParams(location.search).get('call'));

const show = paint(document.body, async (press, _fields, button) => {
  const { origins, permission } = button.dataset;
  if (origins || permission) await grant({ origins: origins?.split(' ') ?? [], permissions: permission?.split(' ') ?? [] });
  const { view, copy, save: file } = await chrome.runtime.sendMessage({ kind: 'ladder_press', press, fields: { call } });
  if (copy) await navigator.clipboard.writeText(copy);
  if (file) save(file.name, file.text);
  if (view) show(view);
});

// Only a page that was just pressed may ask. A step that is not allowed says so itself.
const grant = (wanted) => chrome.permissions.request(wanted).catch(() => false);

chrome.runtime.sendMessage({ kind: 'ladder', fields: { call } }).then(({ view }) => show(view));

chrome.runtime.onMessage.addListener((message) => {
  if (message.kind === 'paint_ladder' && message.call === call) show(message.view);
});
