// The generated pages: complete in every language, whole, and leading nowhere that is not there.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXTENSION, LANGUAGES, SITE } from "./site.mjs";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const ENGLISH = LANGUAGES.find(({ tag }) => tag === "en").messages;
const CAUSES = [...read(join(REPOSITORY, "src/diagnose/cause.rs")).matchAll(/= ([a-z_]+), \w+;/g)].map(([, id]) => id);

// The rows of the two guides that the reference answers.
const CODES = {
  chatgpt: "429 401 401_invalid_api_key 400 400_context_length_exceeded 403 500 404 502".split(" "),
  api: "429 400 404 401 403 413 503 524 502 500".split(" "),
};
const CODE_PAGES = [
  ...Object.entries(CODES).flatMap(([place, codes]) => codes.map((code) => `${place}_${code}`)),
  ...["failed_to_fetch", "network_error", "unauthorized", "http_504"],
];
const REFERENCE = [...CAUSES, ...CODE_PAGES, "index", "steps"];

const OWN = ["index", "demo", "playground"];
// What a person types or reads as it is in any language: names, codes, and what errors say.
const NAMES = /<(pre|code|script)\b.*?<\/\1>|<button type="button" dir="ltr" value=.*?<\/button>|<ul id="languages".*?<\/ul>/gs;

const PAGES = LANGUAGES.flatMap(({ tag, folder, messages }) => {
  const reference = REFERENCE.map((id) => `reference/${id}`);
  return [...OWN, ...reference].map((path) => page(join(SITE, folder, `${path}.html`), { tag, path, messages }));
});

// The extension's reference is one file: each page is a template in it, named behind the question mark of an address.
const FILE = join(EXTENSION, "reference.html");
const TEMPLATES = [...read(FILE).matchAll(/<template data-page="(\w+)" title="([^"]*)">(.*?)<\/template>/gs)].map(([, id, title, html]) => ({ id, title, html }));

// What services said, as Unstuck quotes it, and the sources of the moving picture.
const QUOTED = new Set(TEMPLATES.flatMap(({ html }) => [...html.matchAll(/¦([^¦⟦⟧]*)/g)].flatMap(([, quoted]) => quoted.match(/[A-Za-z]+/g) ?? [])).concat("OpenAI", "Claude"));

test("every reference page exists everywhere", () => {
  assert.ok(CAUSES.length >= 58 && LANGUAGES.length === 17);
  const expected = REFERENCE.map((id) => `${id}.html`).sort();
  for (const { folder } of LANGUAGES) assert.deepEqual(readdirSync(join(SITE, folder, "reference")).sort(), expected);
  assert.deepEqual(TEMPLATES.map(({ id }) => id).sort(), [...REFERENCE].sort());
});

// Both the file and the anchor exist.
test("every link has its target", () => {
  for (const { file, html } of PAGES) {
    for (const target of addresses(html)) {
      const [path, anchor] = target.split("#");
      const to = path ? join(dirname(file), path) : file;
      assert.ok(existsSync(to), `${name(file)} leads to ${target}`);
      const isText = anchor?.startsWith("paste=");
      if (anchor && !isText) assert.ok(ids(read(to)).includes(anchor), `${name(file)} leads to ${target}`);
    }
  }
  for (const { id, html } of TEMPLATES) {
    for (const target of addresses(html)) {
      if (!/^[?#]/.test(target)) assert.ok(existsSync(join(EXTENSION, target)), `${id} leads to ${target}`);
      else {
        const [asked, anchor] = target.split("#");
        const to = TEMPLATES.find((one) => one.id === (asked.slice(1) || id));
        assert.ok(to && (!anchor || ids(to.html).includes(anchor)), `${id} leads to ${target}`);
      }
    }
  }
});

test("pages find styles, scripts, pictures", () => {
  const own = readdirSync(EXTENSION).filter((file) => file.endsWith(".html") && file !== "reference.html");
  assert.ok(own.includes("popup.html") && own.includes("report.html"));
  for (const file of own) {
    const wanted = addresses(read(join(EXTENSION, file)));
    assert.ok(wanted.length > 0, file);
    for (const target of wanted) assert.ok(existsSync(join(EXTENSION, target)), `${file} leads to ${target}`);
  }
});

test("no raw keys or open placeholders", () => {
  const prefixes = new RegExp(`^(?:reference|site|${CAUSES.join("|")})_(?:[a-z]+_)*(?:means|arises|do|futile|name|headline|why|step_\\d)$`);
  for (const { file, html } of PAGES) {
    const text = shown(html);
    const keys = text.split(/[^\w]+/).filter((word) => (word.includes("_") && word in ENGLISH) || prefixes.test(word));
    assert.deepEqual(keys, [], name(file));
    assert.doesNotMatch(text, /\$[A-Z1-9]|[⟦⟧¦]/, name(file));
  }
});

// A template holds no words but names, and asks only for words that the extension has.
test("templates name words that ship", () => {
  const keys = new Set(read(join(EXTENSION, "words/keys.txt")).split("\n"));
  for (const { id, title, html } of TEMPLATES) {
    const told = `${title} ${html}`;
    for (const [, key] of told.matchAll(/⟦[#^]?(\w+)/g)) assert.ok(keys.has(key), `${id} asks for ${key}`);
    const left = shown(without(told.replace(NAMES, " ")));
    assert.doesNotMatch(left, /[a-z]{4,} [a-z]{4,} [a-z]{4,}/, id);
  }
});

// The words of a page are those of its language: what it says in English, that language says in the same words.
test("no English is left over", () => {
  for (const { file, html, tag, path, messages } of PAGES.filter(({ tag }) => tag !== "en")) {
    const own = JSON.stringify(messages);
    const english = PAGES.find((page) => page.tag === "en" && page.path === path);
    const known = new Set(shown(english.html.replace(NAMES, " ")).match(/[A-Za-z]{4,}/g));
    const words = new Set(shown(html.replace(NAMES, " ")).match(/[A-Za-z]{4,}/g));
    assert.deepEqual([...words].filter((word) => known.has(word) && !own.includes(word) && !QUOTED.has(word)), [], name(file));
    assert.match(html, new RegExp(`<html lang="${tag}" dir="${["ar", "he"].includes(tag) ? "rtl" : "ltr"}">`), name(file));
  }
});

test("unique anchors, one title and heading", () => {
  for (const { file, html } of PAGES) {
    assert.equal(new Set(ids(html)).size, ids(html).length, name(file));
    for (const tag of ["title", "h1"]) assert.equal(html.match(new RegExp(`<${tag}>[^<]`, "g"))?.length, 1, name(file));
  }
  for (const { id, html } of TEMPLATES) assert.equal(new Set(ids(html)).size, ids(html).length, id);
});

// Each page leads to itself in all languages, and names them to search engines.
test("every page in every language", () => {
  for (const { file, html, tag } of PAGES) {
    const links = (pattern) => [...html.matchAll(pattern)].map(([, language, address]) => [language, join(dirname(file), address)]);
    const alternates = links(/<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)"/g);
    const offered = links(/<a hreflang="([\w-]+)" lang="[\w-]+" href="([^"]*)"/g);
    const tags = LANGUAGES.map((language) => language.tag);
    assert.deepEqual(offered.map(([language]) => language).sort(), [...tags].sort(), name(file));
    assert.deepEqual(alternates.map(([language]) => language).sort(), [...tags, "x-default"].sort(), name(file));
    assert.equal(Object.fromEntries(offered)[tag], file);
    assert.equal(join(dirname(file), html.match(/<link rel="canonical" href="([^"]*)"/)[1]), file);
  }
});

// It is told in full and shown by a failure that Unstuck diagnoses as it.
test("every cause is complete", () => {
  for (const { id, html } of TEMPLATES.filter(({ id }) => CAUSES.includes(id))) {
    for (const part of ["about", "origin", "remedy", "no_remedy", "specimens"]) {
      assert.ok(ids(html).includes(part), `${id} lacks “${part}”`);
    }
  }
});

test("every code leads to causes", () => {
  for (const { id, html } of TEMPLATES.filter(({ id }) => CODE_PAGES.includes(id))) {
    const behind = ids(html).filter((anchor) => CAUSES.includes(anchor));
    assert.ok(behind.length > 0, id);
    for (const cause of behind) assert.ok(addresses(html).includes(`?${cause}`), `${id} and ${cause}`);
  }
});

// One can turn from the first page to the last and back.
test("reference pages form one chain", () => {
  const turn = (rel) => (id) => read(join(SITE, "reference", `${id}.html`)).match(`class="${rel}" href="(\\w+)\\.html"`)?.[1];
  const forward = walk("index", turn("next"));
  assert.equal(forward.at(-1), "steps");
  assert.equal(forward.length, REFERENCE.length);
  assert.deepEqual(walk("steps", turn("previous")), forward.toReversed());
});

// Those of the reference run the switch of languages and, where it is, the search.
test("pages load nothing from elsewhere", () => {
  for (const { file, html, path } of PAGES) {
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none';/, name(file));
    assert.doesNotMatch(html, /(?:href|src)="(?:\w+:|\/)/, name(file));
    assert.doesNotMatch(html, /<style| style=| on\w+="|<script(?! defer src="(?:\.\.\/)*\w+\.js"><\/script>)/, name(file));
    const scripts = [...html.matchAll(/<script[^>]*src="[./]*([^"]*)"/g)].map(([, script]) => script);
    if (!OWN.includes(path)) assert.deepEqual(scripts, path === "reference/index" ? ["language.js", "search.js"] : ["language.js"], name(file));
  }
});

// One place to fill in may stand in another.
function without(places) {
  const rest = places.replace(/⟦[^⟦⟧]*⟧/g, " ");
  return rest === places ? rest : without(rest);
}

function page(file, more) {
  return { file, html: read(file), ...more };
}

function walk(start, next) {
  const way = [start];
  for (let id = next(start); id && way.length <= 200; id = next(id)) way.push(id);
  return way;
}

function read(path) {
  return readFileSync(path, "utf8");
}

function addresses(html) {
  return [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
}

function ids(html) {
  return [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
}

function shown(html) {
  return html.replace(/<[^>]*>/g, " ");
}

function name(page) {
  return relative(REPOSITORY, page);
}
