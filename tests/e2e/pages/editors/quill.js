import { expose, send } from './chat.js';

/** `Quill` is one of its versions. */
export function quill(place, Quill) {
  const editor = new Quill(place, {
    modules: { keyboard: { bindings: { enter: { key: 'Enter', handler: () => void send(lines().join('\n')) } } } },
  });
  const lines = () => editor.getText().replace(/\n$/, '').split('\n');
  expose(lines, () => editor.history.cutoff());
}
