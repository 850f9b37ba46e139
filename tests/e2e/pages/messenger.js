import { lexical } from './editors/lexical.js';

lexical(document.querySelector('[role=textbox]'));
