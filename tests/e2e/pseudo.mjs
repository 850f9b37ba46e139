// Other words for the tests, made of English or looked up by it. What is cut in a language that nobody speaks would be cut in
// German or Arabic.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DIST } from './dist.mjs';

const LATIN = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const ACCENTED = 'ÅåßƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÔôÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž';
const ARABIC = 'ابببتتثثججححخخددذذررززسسششصصضضططظظععغغففققككللممننههوو';

// Places to fill in stay as they are.
const PLACE = /(\$\d)/;

const spelled = (text, letters) => text.replace(/[A-Za-z]/g, (letter) => letters[LATIN.indexOf(letter)]);

/** @param {(text: string) => string} change */
const around = (change) => (message) => message.split(PLACE).map((part, at) => (at % 2 ? part : change(part))).join('');

/** As many letters again as 40 % of a word are, inside the word, where no line can break. */
const stretched = (text) => text.replace(/[A-Za-z]+/g, (word) => word + word.at(-1).toLowerCase().repeat(Math.ceil(word.length * 0.4)));

/** 40 % longer, and with marks above and below the letters. */
export const longer = around((text) => spelled(stretched(text), ACCENTED));

/** In letters that run from right to left. */
export const fromTheRight = around((text) => spelled(text, ARABIC));

/** The words of a language as the build has them: the messages by their keys. */
async function read(folder, language) {
  const [keys, messages] = await Promise.all(['keys', language].map(async (name) => (await readFile(join(folder, 'words', `${name}.txt`), 'utf8')).split('\n')));
  return Object.fromEntries(keys.map((key, at) => [key, messages[at]]));
}

/** The words of a language that people speak, found by the English ones. */
export async function translated(language) {
  const [english, own] = await Promise.all([read(DIST, 'en'), read(DIST, language)]);
  const texts = Object.entries(english).map(([key, message]) => [message, own[key] || own[key.replace(/_one$/, '')]]);
  const byText = new Map(texts.filter(([message]) => message));
  return (text) => byText.get(text) ?? text;
}

// For machines, and for stores, which count its letters.
const KEPT = /^(language_tag|extension_(name|description))$/;

/** Rewrites the messages of a copy of the extension: those of its cores, and those that the browser gives its scripts. */
export async function reword(copy, words) {
  const messages = Object.entries(await read(copy, 'en')).map(([key, message]) => (KEPT.test(key) ? message : words(message)));
  await writeFile(join(copy, 'words', 'en.txt'), messages.join('\n'));
  const path = join(copy, '_locales', 'en', 'messages.json');
  const browsers = JSON.parse(await readFile(path, 'utf8'));
  for (const [key, entry] of Object.entries(browsers)) if (!KEPT.test(key)) entry.message = words(entry.message);
  await writeFile(path, JSON.stringify(browsers));
}
