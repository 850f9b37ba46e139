// The options page: shows what the worker says, forwards what is pressed.
document.documentElement.lang = chrome.i18n.getMessage('@@ui_locale').replace('_', '-');

const show = paint(document.body, async (press, fields, button) => {
  const field = button.dataset.grant;
  if (field) fields.granted = await grant(fields[field]);
  const { origins } = button.dataset;
  if (origins) fields.granted = await chrome.permissions.request({ origins: origins.split(' ') }).catch(() => false);
  const view = await chrome.runtime.sendMessage({ kind: 'options_press', press, fields });
  show(view);
  if (view.busy) show(await chrome.runtime.sendMessage({ kind: 'options_test' }));
});

// Only a page that was just pressed may ask the browser for access to a host.
async function grant(address) {
  try {
    const { protocol, hostname } = new URL(address.includes('://') ? address : `https://${address}`);
    return await chrome.permissions.request({ origins: [`${protocol}//${hostname}/*`] });
  } catch {
    return false; // No address, or the prompt was closed: the worker says what to do.
  }
}

chrome.runtime.sendMessage({ kind: 'options' }).then(show);
