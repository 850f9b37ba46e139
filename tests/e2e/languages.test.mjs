// Languages that people speak: what they see holds no English, and nothing of it is cut.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { isWhole } from './cut.mjs';
import { Browser } from './harness.mjs';
import { translated } from './pseudo.mjs';
import * as walk from './walk.mjs';

// To be looked at.
const PICTURES = new URL('../../target/states/', import.meta.url);

const LOCALES = new URL('../../extension/_locales/', import.meta.url);
const words = async (language) => JSON.parse(await readFile(new URL(`${language}/messages.json`, LOCALES), 'utf8'));

// Names that the lab, the services and the machine give, and what a person is to type.
const NAMES = /^(Anthropic|Chat|Gateway|Lab|lab|Messenger|Ollama|[a-z0-9-]+\.(com|ai|org|test|example)|localhost|sk|small|claude|gpt|req|chars?|UTC|AM|PM|Alt|Shift|Ctrl)/;

/** The English words of a page that stand in no message of this language. */
async function english(shown, language) {
  const own = JSON.stringify(await words(language));
  const text = await shown.evaluate(() => {
    // What services said stays as they said it.
    const quoted = [...document.querySelectorAll('.specimen')];
    for (const one of quoted) one.hidden = true;
    const text = document.body.innerText;
    for (const one of quoted) one.hidden = false;
    return text;
  });
  const known = new Set(Object.values(await words('en')).flatMap(({ message }) => message.match(/[A-Za-z]{4,}/g) ?? []));
  return [...new Set(text.match(/[A-Za-z]{4,}/g))].filter((word) => known.has(word) && !own.includes(word) && !NAMES.test(word));
}

// The longest words, no spaces, and letters from right to left.
for (const [language, args] of [['de', []], ['ja', []], ['ar', ['--force-ui-direction=rtl']]]) {
  describe(language, () => {
    let world;
    before(async () => {
      world = await walk.begin({ words: await translated(language), args });
    });
    after(() => world.close());

    const look = async (name, shown) => {
      await shown.screenshot({ path: fileURLToPath(new URL(`${language}_${name.replaceAll(/\W+/g, '_')}.png`, PICTURES)), animations: 'disabled' });
      await isWhole(shown, name);
      assert.deepEqual(await english(shown, language), [], name);
    };

    test('the first run', () => walk.firstRun(world, look));
    test('the options', () => walk.options(world, look));
    test('popup, report, troubleshooter', () => walk.afterFailure(world, look));
    test('the health', () => walk.health(world, look));
    test('the reference', () => walk.reference(world, look));
  });
}

test('the browser chooses the language', async () => {
  const own = await words('ar');
  const browser = await Browser.launch({ agree: false, args: ['--lang=ar'], env: { ...process.env, LANGUAGE: 'ar' } });
  try {
    const welcome = browser.context.pages().find((page) => page.url() === browser.url('welcome.html'));
    await welcome.getByRole('button', { name: own.welcome_agree.message }).waitFor();
    assert.deepEqual(await welcome.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl']);
    assert.deepEqual(await english(welcome, 'ar'), []);
  } finally {
    await browser.close();
  }
});
