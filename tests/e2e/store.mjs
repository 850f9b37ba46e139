// The pictures for the store, of the real card in each language, beside the texts of that language: `store.mjs FOLDER [LOCALE…]`.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { World } from './harness.mjs';
import { translated } from './pseudo.mjs';
import { marquee, screenshot, tile } from './store_pictures.mjs';
import { Scenes } from './store_scenes.mjs';

const LOCALES = new URL('../../extension/_locales/', import.meta.url);

const [folder, ...chosen] = process.argv.slice(2);

for (const locale of chosen.length ? chosen : await readdir(LOCALES)) {
  const began = performance.now();
  await takePictures(locale);
  console.log(`  ${locale} in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
}

async function takePictures(locale) {
  const tag = locale.replace('_', '-');
  const messages = JSON.parse(await readFile(new URL(`${locale}/messages.json`, LOCALES), 'utf8'));
  const say = (key) => messages[key].message;
  const known = await translated(tag);
  // In English, a title is called like the launcher.
  const words = (text) => (text === 'Draft a reply' ? say('launcher_label') : known(text));
  const world = await World.open({
    words,
    // Sharp when it is shown larger, in the frame of the card too, which no emulation reaches.
    args: [`--lang=${tag}`, '--force-device-scale-factor=2', '--hide-scrollbars'],
    env: { ...process.env, LANGUAGE: locale },
    locale: tag,
    deviceScaleFactor: 2,
  });
  try {
    const path = (name) => join(folder, locale, `${name}.png`);
    const style = { language: tag, isMirrored: /^(ar|he)$/.test(locale) };
    const scenes = new Scenes(world, say, style);
    const failure = await scenes.failure();
    const windows = [
      ['1-cause', 'store_cause_title', failure.window],
      ['2-wait', 'store_wait_title', await scenes.wait()],
      ['3-draft', 'store_draft_title', await scenes.draft()],
      ['4-health', 'store_health_title', await scenes.health()],
      ['5-private', 'welcome_agree_title', await scenes.agreement()],
    ];
    const mark = await readFile(new URL('../icons/icon.svg', LOCALES), 'utf8');
    const easel = await world.browser.context.newPage();
    for (const [name, caption, window] of windows) await screenshot(easel, path(name), { ...style, mark, caption: say(caption), window });
    const poster = { ...style, mark, name: say('extension_name'), headline: say('site_headline'), promise: say('site_promise'), card: failure.card };
    await tile(easel, path('tile'), poster);
    await marquee(easel, path('marquee'), poster);
  } finally {
    await world.close();
  }
}
