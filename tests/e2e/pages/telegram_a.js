import { plain } from './editors/plain.js';

const box = document.querySelector('#editable-message-text');
plain(box);

// Telegram takes a paste at once and puts it in later, after a look for files in it.
document.addEventListener('paste', async (event) => {
  if (document.activeElement !== box) return;
  const text = event.clipboardData.getData('text');
  event.preventDefault();
  await new Promise((resolve) => setTimeout(resolve, 60));
  if (text) document.execCommand('insertText', false, text);
});
