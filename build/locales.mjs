// Writes the words that ship with the extension: `locales.mjs FOLDER`. Those that its scripts and its manifest name go to
// _locales/, where the browser finds them, and all to words/, where the cores do. What only others read stays out.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./pack.mjs";
import { languages, lines } from "./words.mjs";

// Words of the command, of the store and of the site.
const OTHER_WORDS = /^(command_(?!draft$)|reference_(found|search|try)|store_|site_(?!access_|not_allowed))/;

const [folder] = process.argv.slice(2);
const all = languages();
const sources = filesBelow("extension").filter((path) => /\.js$|^manifest\.json$/.test(path));
const named = new Set(sources.flatMap((path) => readFileSync(join("extension", path), "utf8").match(/\w+/g)));

for (const { name, messages } of all) {
  // The browser fills an argument in as it is; among words from right to left a name is kept to itself, as the cores do it.
  const isolated = (message) => (["ar", "he"].includes(name) ? message.replace(/\$\d/g, "\u2068$&\u2069") : message);
  const browsers = Object.entries(messages).filter(([key]) => named.has(key) || named.has(`__MSG_${key}__`));
  write(`_locales/${name}/messages.json`, JSON.stringify(Object.fromEntries(browsers.map(([key, message]) => [key, { message: isolated(message) }]))));
}

const { keys, messages } = lines(all, (key) => !OTHER_WORDS.test(key));
write("words/keys.txt", keys);
for (const [tag, text] of messages) write(`words/${tag}.txt`, text);

function write(path, text) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}
