// The texts for the store: within its limits in each language, and with an answer for everything that it asks.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { agreement, answers, LIMITS, listing, permissions, rows, section, tooLong } from "../../build/store.mjs";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const words = (locale) => JSON.parse(read(`extension/_locales/${locale}/messages.json`));
const privacy = read("docs/privacy.md");

test("each listing fits the stores", () => {
  const agreed = agreement(privacy, words("en"));
  assert.equal(agreed.length, 4);
  for (const locale of readdirSync(new URL("extension/_locales", root))) {
    const texts = listing(words(locale), agreed);
    assert.deepEqual(tooLong(texts), [], locale);
    assert.ok(!JSON.stringify(texts).includes("$"), `${locale} has a place to fill in`);
  }
  assert.deepEqual(tooLong({ name: "x".repeat(LIMITS.name + 1), summary: "", description: "" }), ["name"]);
});

test("promises nobody made are refused", () => {
  assert.throws(() => agreement("\n## What you agree to\n\n- Anything.\n", words("en")), /Anything/);
});

test("every permission is justified", () => {
  const manifest = JSON.parse(read("extension/manifest.json"));
  const asked = ["permissions", "optional_permissions", "optional_host_permissions"].flatMap((key) => manifest[key]);
  const told = permissions(read("docs/permissions.md"));
  assert.deepEqual(told.flatMap(([names]) => names).sort(), asked.sort());
  // The form takes no more.
  for (const [names, why] of told) assert.ok(why.length > 0 && why.length <= 1000, names.join());
});

// As the store's form has them.
test("each kind of data is answered", () => {
  const kinds = ["Personally identifiable information", "Health information", "Financial and payment information", "Authentication information", "Personal communications", "Location", "Web history", "User activity", "Website content"];
  const [, ...told] = rows(section(privacy, "Data"));
  assert.deepEqual(told.map(([kind]) => kind), kinds);
  for (const [kind, handled, what] of told) assert.ok(handled === "no" || (handled === "yes" && what), kind);
});

test("the answers hold every part", () => {
  const text = answers(privacy, read("docs/permissions.md"));
  for (const title of ["Single purpose", "Remote code", "Permissions", "Data", "Limited use"]) assert.match(text, new RegExp(`\n## ${title}\n\n\\S`));
  assert.match(text, /\n- \[x\] Website content: /);
  assert.match(text, /\n- \[ \] Location\n/);
});
