import { plain } from './editors/plain.js';

plain(document.querySelector('[contenteditable], textarea'));
