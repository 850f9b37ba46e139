import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LOCALES = "extension/_locales";

const read = (language) => JSON.parse(readFileSync(join(LOCALES, language, "messages.json"), "utf8"));

/** Every language by the name of its folder, with its messages by key. An argument stands at its place by its position. */
export function languages() {
  const english = read("en");
  return readdirSync(LOCALES).map((name) => {
    const messages = Object.entries(read(name)).map(([key, { message }]) => [key, positioned(key, message, english)]);
    return { name, messages: Object.fromEntries(messages) };
  });
}

/**
 * A message with the positions of its arguments in place of their names. A translation has the placeholders of the English
 * message, a plural form those of its plain key.
 */
export function positioned(key, message, english) {
  const own = english[key]?.placeholders ?? english[key.replace(/_[a-z]+$/, "")]?.placeholders;
  return message.replace(/\$([A-Za-z]\w*)\$/g, (_, name) => own[name.toLowerCase()].content);
}

/** Whether these are words of a page of the reference on a cause: each cause has four of them. */
export const isReference = (key, messages) => /_(arises|do|futile|means)$/.test(key) && `${key.replace(/_[a-z]+$/, "")}_futile` in messages;

/**
 * The keys that any of the languages has, in the order of their bytes, and the messages of each language in the same order:
 * one a line, an empty line where a language has none.
 */
export function lines(languages, isWanted) {
  const keys = [...new Set(languages.flatMap(({ messages }) => Object.keys(messages)))].filter(isWanted).sort();
  const of = ({ messages }) => keys.map((key) => messages[key] ?? "").join("\n");
  return { keys: keys.join("\n"), messages: new Map(languages.map((language) => [language.messages.language_tag, of(language)])) };
}
