// The generated pages: complete, whole, and leading nowhere that is not there.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXTENSION, SITE } from "./site.mjs";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const MESSAGES = JSON.parse(read(join(REPOSITORY, "extension/_locales/en/messages.json")));
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

const OWN = ["index.html", "demo.html", "playground.html"];
// Those on the site that run a script.
const LIVE = [...OWN, "reference/index.html"].map((name) => join(SITE, name));

const PAGES = [SITE, EXTENSION].flatMap((root) => {
  const reference = readdirSync(join(root, "reference")).map((name) => join(root, "reference", name));
  return root === SITE ? [...OWN.map((name) => join(SITE, name)), ...reference] : reference;
});

// Every cause, every code and the ten steps have a page in the site and one in the extension.
test("every reference page exists twice", () => {
  assert.ok(CAUSES.length >= 58);
  const expected = [...CAUSES, ...CODE_PAGES, "index", "steps"].map((id) => `${id}.html`).sort();
  for (const root of [SITE, EXTENSION]) assert.deepEqual(readdirSync(join(root, "reference")).sort(), expected);
});

// Both the file and the anchor exist.
test("every link has its target", () => {
  for (const page of PAGES) {
    for (const target of addresses(read(page))) {
      const [path, anchor] = target.split("#");
      const file = path ? join(dirname(page), path) : page;
      assert.ok(existsSync(file), `${name(page)} leads to ${target}`);
      const isText = anchor?.startsWith("paste=");
      if (anchor && !isText) assert.ok(ids(read(file)).includes(anchor), `${name(page)} leads to ${target}`);
    }
  }
});

test("pages find styles, scripts, pictures", () => {
  const own = readdirSync(EXTENSION).filter((file) => file.endsWith(".html"));
  assert.ok(own.includes("popup.html") && own.includes("report.html"));
  for (const file of own) {
    const wanted = addresses(read(join(EXTENSION, file)));
    assert.ok(wanted.length > 0, file);
    for (const target of wanted) assert.ok(existsSync(join(EXTENSION, target)), `${file} leads to ${target}`);
  }
});

test("no raw keys or open placeholders", () => {
  const prefixes = new RegExp(`^(?:reference|site|${CAUSES.join("|")})_(?:[a-z]+_)*(?:means|arises|do|futile|name|headline|why|step_\\d)$`);
  for (const page of PAGES) {
    const text = shown(read(page));
    const keys = text.split(/[^\w]+/).filter((word) => (word.includes("_") && word in MESSAGES) || prefixes.test(word));
    assert.deepEqual(keys, [], name(page));
    assert.doesNotMatch(text, /\$[A-Z1-9]/, name(page));
  }
});

test("unique anchors, one title and heading", () => {
  for (const page of PAGES) {
    const html = read(page);
    assert.equal(new Set(ids(html)).size, ids(html).length, name(page));
    for (const tag of ["title", "h1"]) assert.equal(html.match(new RegExp(`<${tag}>[^<]`, "g"))?.length, 1, name(page));
  }
});

// It is told in full and shown by a failure that Unstuck diagnoses as it.
test("every cause is complete", () => {
  for (const id of CAUSES) {
    const html = read(join(EXTENSION, "reference", `${id}.html`));
    for (const part of ["about", "origin", "remedy", "no_remedy", "specimens"]) {
      assert.ok(ids(html).includes(part), `${id} lacks “${part}”`);
    }
  }
});

test("every code leads to causes", () => {
  for (const id of CODE_PAGES) {
    const html = read(join(EXTENSION, "reference", `${id}.html`));
    const behind = ids(html).filter((anchor) => CAUSES.includes(anchor));
    assert.ok(behind.length > 0, id);
    for (const cause of behind) assert.ok(addresses(html).includes(`${cause}.html`), `${id} and ${cause}`);
  }
});

// One can turn from the first page to the last and back.
test("reference pages form one chain", () => {
  const turn = (rel) => (id) => read(join(SITE, "reference", `${id}.html`)).match(`class="${rel}" href="(\\w+)\\.html"`)?.[1];
  const forward = walk("index", turn("next"));
  assert.equal(forward.at(-1), "steps");
  assert.equal(forward.length, CAUSES.length + CODE_PAGES.length + 2);
  assert.deepEqual(walk("steps", turn("previous")), forward.toReversed());
});

// Those of the reference run no script.
test("pages load nothing from elsewhere", () => {
  for (const page of PAGES) {
    const html = read(page);
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none';/, name(page));
    assert.doesNotMatch(html, /(?:href|src)="(?:\w+:|\/)/, name(page));
    assert.doesNotMatch(html, /<style| style=| on\w+="|<script(?! defer src="(?:\.\.\/)?\w+\.js"><\/script>)/, name(page));
    if (!LIVE.includes(page)) assert.doesNotMatch(html, /<script/, name(page));
  }
});

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
