// Slack's editor is made from the first Quill.
import Quill from 'quill-1/dist/quill.js';

import { quill } from './editors/quill.js';

quill(document.querySelector('#place'), Quill);
