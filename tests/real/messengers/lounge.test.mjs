// The Lounge and ngircd.
import { behaves } from './behave.mjs';
import { Lounge } from './lounge.mjs';

behaves(Lounge);
