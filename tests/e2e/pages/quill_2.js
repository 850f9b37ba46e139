import Quill from 'quill';

import { quill } from './editors/quill.js';

quill(document.querySelector('#place'), Quill);
