// What every fixture page has: a way to send, which no test wants to see used, and a window on the editor's own model.
export async function send(text) {
  await fetch('/lab/sent', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to: 'Mara Lind', text }) });
}

/** `lines` reads the lines of text out of the editor's own model; `rest` ends what its undo takes for one bout of typing. */
export function expose(lines, rest = () => {}) {
  Object.assign(globalThis, { model: () => lines().join('\n'), rest });
}

/** Enter sends, as in most messengers; so does an editing command that only breaks the paragraph. */
export function chatKeys(box, text) {
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    send(text());
  });
  box.addEventListener('beforeinput', (event) => event.inputType === 'insertParagraph' && send(text()));
}
