// Writes the words of each language as the browser reads them: `locales.mjs FROM TO`. What the extension never shows stays out,
// and so does what is told to translators; an argument stands at its place by its position.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isReference, positioned } from "./words.mjs";

// Words of the command, of the site, and of the pages of the reference, which are made beforehand.
const OTHER_WORDS = /^(command_(?!draft$)|reference_|site_(?!access_|not_allowed))/;

const [from, to] = process.argv.slice(2);
const read = (language) => JSON.parse(readFileSync(join(from, language, "messages.json"), "utf8"));
const english = read("en");

for (const language of readdirSync(from)) {
  const words = Object.entries(read(language)).filter(([key]) => !OTHER_WORDS.test(key) && !isReference(key, english));
  const shown = words.map(([key, { message }]) => [key, { message: positioned(key, message, english) }]);
  mkdirSync(join(to, language), { recursive: true });
  writeFileSync(join(to, language, "messages.json"), JSON.stringify(Object.fromEntries(shown)));
}
