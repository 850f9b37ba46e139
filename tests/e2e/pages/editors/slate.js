import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createEditor, Node } from 'slate';
import { withHistory } from 'slate-history';
import { Editable, Slate, withReact } from 'slate-react';

import { expose, send } from './chat.js';

export function slate(place) {
  const editor = withHistory(withReact(createEditor()));
  const lines = () => editor.children.map((child) => Node.string(child));
  const onKeyDown = (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    send(lines().join('\n'));
  };
  function Chat() {
    const [initialValue] = useState([{ type: 'line', children: [{ text: '' }] }]);
    return createElement(Slate, { editor, initialValue }, createElement(Editable, { role: 'textbox', 'aria-multiline': true, onKeyDown }));
  }
  createRoot(place).render(createElement(Chat));
  expose(lines);
}
