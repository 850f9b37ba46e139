import { InlineEditor } from '@ckeditor/ckeditor5-editor-inline';
import { Essentials } from '@ckeditor/ckeditor5-essentials';
import { Paragraph } from '@ckeditor/ckeditor5-paragraph';

import { expose, send } from './chat.js';

export async function ckeditor(place) {
  const editor = await InlineEditor.create(place, { licenseKey: 'GPL', plugins: [Essentials, Paragraph] });
  const textOf = (block) => [...block.getChildren()].map((node) => node.data?.replaceAll('\u00a0', ' ') ?? '\n').join('');
  const lines = () => [...editor.model.document.getRoot().getChildren()].flatMap((block) => textOf(block).split('\n'));
  editor.keystrokes.set('Enter', (_event, cancel) => (cancel(), send(lines().join('\n'))), { priority: 'high' });
  expose(lines);
}
