import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { $getRoot, COMMAND_PRIORITY_HIGH, createEditor, KEY_ENTER_COMMAND } from 'lexical';

import { expose, send } from './chat.js';

export function lexical(element) {
  const editor = createEditor({ namespace: 'chat', onError: (error) => { throw error; } });
  editor.setRootElement(element);
  registerRichText(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  const lines = () => editor.getEditorState().read(() => $getRoot().getChildren().flatMap((child) => child.getTextContent().split('\n')));
  editor.registerCommand(KEY_ENTER_COMMAND, (event) => { event?.preventDefault(); send(lines().join('\n')); return true; }, COMMAND_PRIORITY_HIGH);
  expose(lines);
}
