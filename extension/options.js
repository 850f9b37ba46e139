// The options page: shows what the worker says, forwards what is pressed.
const show = paint(document.body, async (press, fields, button) => {
  const filled = Object.fromEntries(Object.keys(press).map((name) => [name, fields[name] ?? press[name]]));
  const field = button.dataset.grant;
  if (field) filled.granted = await grant(fields[field]);
  show(await chrome.runtime.sendMessage({ kind: 'options_press', press: filled }));
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
