import { Editor, EditorState } from 'draft-js';
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { expose, send } from './chat.js';

export function draft(place, attributes) {
  let state = EditorState.createEmpty();
  const lines = () => state.getCurrentContent().getBlocksAsArray().flatMap((block) => block.getText().split('\n'));
  function Chat() {
    const [shown, show] = useState(state);
    const onChange = (next) => show((state = next));
    const handleReturn = () => (send(lines().join('\n')), 'handled');
    return createElement(Editor, { editorState: shown, onChange, handleReturn, ...attributes });
  }
  createRoot(place).render(createElement(Chat));
  expose(lines);
}
