// Writes what a store asks for beside the zip: `store.mjs TO`. The listing of each language is made of its messages, the answers
// about permissions and data of the pages in docs/ that people read.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The most characters of each text: the name by Edge's store (Chrome's allows 75), the rest by Chrome's. */
export const LIMITS = { name: 45, summary: 132, description: 16_000 };

/** What the description tells of, in its order. Each has a heading `store_<id>_title` and a text. */
const POINTS = ["cause", "wait", "draft", "health"];

const LOCALES = "extension/_locales";

/** The keys of what a person agrees to, as the page on privacy has it in English. */
export function agreement(privacy, english) {
  const told = section(privacy, "What you agree to").split("\n").filter((line) => line.startsWith("- "));
  return told.map((line) => {
    const key = Object.keys(english).find((one) => english[one].message === line.slice(2));
    if (!key) throw new Error(`docs/privacy.md has people agree to what no message says: ${line}`);
    return key;
  });
}

/** The texts of a listing, from the messages of one language. */
export function listing(messages, agreed) {
  const say = (key) => messages[key].message;
  const points = POINTS.map((id) => `● ${say(`store_${id}_title`)}\n${say(`store_${id}`)}`);
  const promises = [`● ${say("welcome_agree_title")}`, ...agreed.map(say)].join("\n");
  return {
    name: say("extension_name"),
    summary: say("extension_description"),
    description: [say("site_promise"), ...points, promises, say("store_needs")].join("\n\n"),
  };
}

/** The texts that are longer than the stores take. */
export const tooLong = (texts) => Object.keys(LIMITS).filter((name) => texts[name].length > LIMITS[name]);

/** The rows of the tables in a text, each as its cells. */
export function rows(markdown) {
  const lines = markdown.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
  return lines.map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

/** What stands below a heading, up to the next one. */
export function section(markdown, title) {
  const [, after] = markdown.split(`\n## ${title}\n`);
  if (after === undefined) throw new Error(`There is no section “${title}”.`);
  return after.split("\n## ")[0].trim();
}

/** Why each permission is needed: the names, and the sentences. */
export function permissions(markdown) {
  const names = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  return rows(markdown).map(([name, why]) => [names(name), why]).filter(([found]) => found.length > 0);
}

/** The answers to the store's form. */
export function answers(privacy, permitted) {
  const justified = permissions(permitted).map(([names, why]) => `### ${names.join(", ")}\n\n${why}`);
  const handled = rows(section(privacy, "Data")).slice(1);
  const data = handled.map(([kind, isHandled, what]) => `- [${isHandled === "yes" ? "x" : " "}] ${kind}${what && `: ${what}`}`);
  return [
    "# Answers for the store",
    ...["Single purpose", "Remote code"].map((title) => `## ${title}\n\n${section(privacy, title)}`),
    "## Permissions",
    ...justified,
    `## Data\n\n${data.join("\n")}`,
    `## Limited use\n\n${section(privacy, "Limited use")}`,
  ].join("\n\n");
}

function write(to) {
  const page = (name) => readFileSync(`docs/${name}.md`, "utf8");
  const messages = (locale) => JSON.parse(readFileSync(join(LOCALES, locale, "messages.json"), "utf8"));
  const agreed = agreement(page("privacy"), messages("en"));
  for (const locale of readdirSync(LOCALES)) {
    const texts = listing(messages(locale), agreed);
    const over = tooLong(texts);
    if (over.length > 0) throw new Error(`Too long for the store in ${locale}: ${over.join(", ")}.`);
    mkdirSync(join(to, locale), { recursive: true });
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(to, locale, `${name}.txt`), `${text}\n`);
  }
  writeFileSync(join(to, "privacy.md"), `${answers(page("privacy"), page("permissions"))}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) write(process.argv[2]);
