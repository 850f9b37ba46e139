import { ckeditor } from './editors/ckeditor.js';

ckeditor(document.querySelector('#place'));
