// The search of the error reference: keeps the links that hold every word, and the headings above them.
/**
 * @param {string} id
 * @returns {any}
 */
const part = (id) => document.getElementById(id);

/** @param {string} text */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const lists = [...document.querySelectorAll('.chips, .links')];
const rows = lists.flatMap((list) => [...list.children]).map((row) => ({
  row: /** @type {HTMLElement} */ (row),
  text: plain(`${row.textContent} ${row.querySelector('a')?.getAttribute('href')?.replace(/_/g, ' ')} ${row.querySelector('a')?.getAttribute('href')} ${/** @type {HTMLElement} */ (row).dataset.words}`),
}));

function find() {
  const wanted = plain(part('query').value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { row, text } of rows) {
    row.hidden = !wanted.every((word) => text.includes(word));
    count += row.hidden ? 0 : 1;
  }
  for (const list of lists) {
    const isEmpty = [...list.children].every((row) => /** @type {HTMLElement} */ (row).hidden);
    for (const one of [list, list.previousElementSibling]) if (one instanceof HTMLElement) one.hidden = isEmpty;
  }
  for (const section of document.querySelectorAll('section')) section.hidden = [...section.querySelectorAll('li')].every((row) => row.hidden);
  const { none, some } = part('found').dataset;
  part('found').textContent = wanted.length === 0 ? '' : count === 0 ? none : some.replace('{count}', String(count));
}

part('query').addEventListener('input', find);
find();
