// Reads what is shown: the text of an element, and the last messages of a chat. Nothing of it leaves the page unasked.
const BLOCK = /^(article|blockquote|div|h\d|li|p|pre|section)$/;

/**
 * As it is read: blocks are lines, and emoji that are pictures say what they show.
 * @param {Node} node
 * @param {string} [skip]
 * @returns {string}
 */
export function textOf(node, skip) {
  if (node instanceof Text) return node.data;
  const { localName, alt, value } = /** @type {HTMLImageElement & HTMLInputElement} */ (node);
  if (localName === 'br') return '\n';
  if (localName === 'img') return alt;
  if (localName === 'textarea' || localName === 'input') return value;
  let text = '';
  for (const child of /** @type {NodeListOf<HTMLElement>} */ (node.childNodes)) {
    if (skip && child.matches?.(skip)) continue;
    const line = BLOCK.test(child.localName);
    if (line && text && !text.endsWith('\n')) text += '\n';
    text += textOf(child, skip);
    if (line && !text.endsWith('\n')) text += '\n';
  }
  return text;
}

/**
 * @param {ParentNode} root
 * @param {TextPlace | undefined} place
 */
function nameIn(root, place) {
  const found = place && root.querySelector(place.in);
  if (!found) return '';
  const told = place.attribute ? (found.getAttribute(place.attribute) ?? '') : textOf(found);
  return (place.pattern ? (told.match(place.pattern)?.[1] ?? '') : told).trim();
}

/**
 * Where nothing else tells it: chats show what one wrote oneself at the end of the line.
 * @param {Element} row
 * @param {Element} shown
 */
function atEnd(row, shown) {
  const frame = ((shown === row && row.parentElement) || row).getBoundingClientRect();
  const { left, right } = shown.getBoundingClientRect();
  const shift = left - frame.left - (frame.right - right);
  return getComputedStyle(row).direction === 'rtl' ? shift < 0 : shift > 0;
}

/**
 * The last `count` messages of the chat as its adapter finds them, oldest first.
 * @param {MessageRows} rows
 * @param {number} count
 * @param {ParentNode} around
 */
export function read({ row, own, me, author, text, skip }, count, around) {
  /** @type {{ from: 'me' | 'them', name: string, text: string }[]} */
  const messages = [];
  const self = nameIn(document, me);
  for (const found of around.querySelectorAll(row)) {
    const shown = text ? found.querySelector(text) : found;
    const words = shown && textOf(shown, skip).trim();
    const named = nameIn(found, author);
    const last = messages.at(-1);
    // Many chats name the author only once for what he wrote in a row.
    const by = named || (me && last?.name) || '';
    const mine = own ? found.matches(own) : me ? by !== '' && by === self : shown !== null && atEnd(found, shown);
    const from = mine ? 'me' : 'them';
    if (words) messages.push({ from, name: by || (last?.from === from ? last.name : ''), text: words });
  }
  return count > 0 ? messages.slice(-count) : [];
}
