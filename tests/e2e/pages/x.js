import { draft } from './editors/draft.js';

draft(document.querySelector('#place'), { webDriverTestID: 'dmComposerTextInput' });
