import { slate } from './editors/slate.js';

slate(document.querySelector('#place'));
