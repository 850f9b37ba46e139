import { prosemirror } from './editors/prosemirror.js';

prosemirror(document.querySelector('#place'));
