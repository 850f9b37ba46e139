import Quill from 'quill';

import { expose, send } from './chat.js';

export function quill(place) {
  const editor = new Quill(place, {
    modules: { keyboard: { bindings: { enter: { key: 'Enter', handler: () => void send(lines().join('\n')) } } } },
  });
  const lines = () => editor.getText().replace(/\n$/, '').split('\n');
  expose(lines, () => editor.history.cutoff());
}
