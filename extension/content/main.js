// The content script. It may be put into a page twice: the second one finds the first and leaves all to it.
import { begin } from './sense.js';

// A symbol: a page can name an element like any other property.
const HERE = Symbol.for('unstuck');
if (!Object.hasOwn(globalThis, HERE)) {
  Object.assign(globalThis, { [HERE]: true });
  begin();
}
