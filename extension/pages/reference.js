// The error reference: shows the page that the address names, in the reader's language. The build has written each page as a
// template with the keys of its words.
import './page.js';
import { readWords } from './words.js';

const { lang, dir } = document.documentElement;
const forms = new Intl.PluralRules(lang);

/** @type {Map<string, string>} */
let words;

/**
 * A name among words that run from right to left is kept to itself.
 * @param {string} value
 */
const isolated = (value) => (dir === 'rtl' && /[a-z]/i.test(value) ? `\u2068${value}\u2069` : value);

/**
 * What stands between the brackets of a template, in words. `#` marks a message that is counted, `^` one that may begin with
 * another one, which then starts a sentence.
 * @param {string} told
 */
function say(told) {
  const [, mark, key, rest] = /** @type {string[]} */ (/^([#^]?)(\w+)(.*)$/s.exec(told));
  const values = rest.split('¦');
  const form = mark === '#' && words.get(`${key}_${forms.select(Number(values[1]))}`);
  const message = form || words.get(key) || key;
  const text = message.replace(/\$(\d)/g, (_, position) => isolated(values[position] ?? ''));
  return mark === '^' && message.startsWith('$') ? text.replace(/./u, (letter) => letter.toLocaleUpperCase(lang)) : text;
}

/**
 * One may stand in another: the inner ones are said first.
 * @param {string} text
 * @returns {string}
 */
function filled(text) {
  const said = text.replace(/⟦([^⟦⟧]*)⟧/g, (_, told) => say(told));
  return said === text ? text : filled(said);
}

function show() {
  const templates = [...document.querySelectorAll('template')];
  const { content, title } = templates.find(({ dataset }) => dataset.page === location.search.slice(1)) ?? templates[0];
  const nodes = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node instanceof Text) node.data = filled(node.data);
    else for (const attribute of /** @type {Element} */ (node).attributes) attribute.value = filled(attribute.value);
  }
  document.title = filled(title);
  document.body.prepend(content);
  // The browser looked for it before it was there.
  if (location.hash) location.replace(location.hash);
}

readWords().then(([keys, messages]) => {
  const texts = messages.split('\n');
  words = new Map(keys.split('\n').map((key, index) => [key, texts[index]]));
  show();
});
