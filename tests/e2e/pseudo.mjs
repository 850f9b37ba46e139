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

const read = async (folder, language) => JSON.parse(await readFile(join(folder, '_locales', language, 'messages.json'), 'utf8'));

/** The words of a language that people speak, found by the English ones. */
export async function translated(language) {
  const [english, own] = await Promise.all([read(DIST, 'en'), read(DIST, language)]);
  const texts = Object.entries(english).map(([key, { message }]) => [message, (own[key] ?? own[key.replace(/_one$/, '')]).message]);
  const byText = new Map(texts);
  return (text) => byText.get(text) ?? text;
}

// For machines, and for stores, which count its letters.
const KEPT = /^(language_tag|extension_.*)$/;

/** Rewrites the messages of a copy of the extension. */
export async function reword(copy, words) {
  const messages = await read(copy, 'en');
  for (const [key, entry] of Object.entries(messages)) if (!KEPT.test(key)) entry.message = words(entry.message);
  await writeFile(join(copy, '_locales', 'en', 'messages.json'), JSON.stringify(messages));
}
