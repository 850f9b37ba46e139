import { chatKeys, expose } from './chat.js';

/** A box without a model: what it holds is what it shows, a paragraph or a line each. */
export function plain(box) {
  const lines = () => ('value' in box ? box.value.split('\n') : linesOf(box));
  chatKeys(box, () => lines().join('\n'));
  expose(lines);
}

function linesOf(box) {
  const lines = [''];
  const blocks = [...box.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.data : node.localName === 'br' ? '\n' : node));
  blocks.forEach((block, index) => {
    if (typeof block === 'string') lines.push(...(lines.pop() + block).split('\n'));
    else {
      if (index && lines.at(-1) !== '') lines.push('');
      lines.push(...(lines.pop() + block.innerText.replace(/\n$/, '')).split('\n'), '');
    }
  });
  if (blocks.length && lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replaceAll('\u00a0', ' '));
}
