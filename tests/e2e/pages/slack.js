import { quill } from './editors/quill.js';

quill(document.querySelector('#place'));
