// Converse.js and Prosody.
import { behaves } from './behave.mjs';
import { Converse } from './converse.mjs';

behaves(Converse);
