import { baseKeymap } from 'prosemirror-commands';
import { closeHistory, history, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';

import { expose, send } from './chat.js';

export function prosemirror(place) {
  const enter = () => (send(lines().join('\n')), true);
  const view = new EditorView(place, {
    state: EditorState.create({ schema, plugins: [history(), keymap({ Enter: enter, 'Mod-z': undo, 'Mod-y': redo }), keymap(baseKeymap)] }),
  });
  const lines = () => view.state.doc.content.content.map((block) => block.textContent);
  expose(lines, () => view.dispatch(closeHistory(view.state.tr)));
}
