// Languages that nobody speaks, made of English: what is cut in them would be cut in German or Arabic.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LATIN = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const ACCENTED = 'ÅåßƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÔôÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž';
const ARABIC = 'ابببتتثثججححخخددذذررززسسششصصضضططظظععغغففققككللممننههوو';

// Names of things to fill in stay as they are.
const NAME = /(\$\w+\$)/;

const spelled = (text, letters) => text.replace(/[A-Za-z]/g, (letter) => letters[LATIN.indexOf(letter)]);

/** @param {(text: string) => string} change */
const around = (change) => (message) => message.split(NAME).map((part, at) => (at % 2 ? part : change(part))).join('');

/** As many letters again as 40 % of a word are, inside the word, where no line can break. */
const stretched = (text) => text.replace(/[A-Za-z]+/g, (word) => word + word.at(-1).toLowerCase().repeat(Math.ceil(word.length * 0.4)));

/** 40 % longer, and with marks above and below the letters. */
export const longer = around((text) => spelled(stretched(text), ACCENTED));

/** In letters that run from right to left. */
export const fromTheRight = around((text) => spelled(text, ARABIC));

// For machines, and for stores, which count its letters.
const KEPT = /^(language_tag|extension_.*)$/;

/** Rewrites the messages of a copy of the extension. */
export async function reword(copy, words) {
  const path = join(copy, '_locales', 'en', 'messages.json');
  const messages = JSON.parse(await readFile(path, 'utf8'));
  for (const [key, entry] of Object.entries(messages)) if (!KEPT.test(key)) entry.message = words(entry.message);
  await writeFile(path, JSON.stringify(messages));
}
