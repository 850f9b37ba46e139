// The moving picture of the README: the real card in a real chat, from an ask to a draft that somebody else's trouble could not stop.
import { join } from 'node:path';

import sharp from 'sharp';

import { Chat, until } from './harness.mjs';

const WINDOW = { width: 830, height: 560 };
// To this one the lab has a reply that fits.
const TYPED = ['Say that seven', 'Say that seven works, and', 'Say that seven works, and ask what to bring.'];

/** Films the card in light or dark, into a WebP of its own, and resolves with its path. */
export async function takeMovingPicture(world, folder, colorScheme) {
  await world.reset();
  await world.addSource({ id: 'claude', name: 'Claude' });
  const page = await world.browser.context.newPage();
  await page.setViewportSize(WINDOW);
  await page.emulateMedia({ colorScheme });
  await page.goto(`${world.lab.origin}/messenger`);
  const chat = await Chat.attach(world.browser, page);
  await chat.type('Hi Mara, ');
  const film = new Film(chat);
  await film.take(1_000);
  await chat.open();
  await film.take(600);
  for (const text of TYPED) {
    await chat.write(text);
    await film.take(text === TYPED.at(-1) ? 900 : 400);
  }

  // The service asks for a pause: it is waited out, and the draft comes by itself.
  await world.lab.fail('rate_limited', { retry_after: 4 });
  await chat.press('Draft');
  await chat.sees('.countdown');
  await film.takeChanges('.countdown', 950);
  await chat.draft();
  await film.take(1_600);
  await chat.press('Insert');
  await until('the card is closed', async () => !(await chat.isOpen()));
  await film.take(1_600);

  // The key is refused: that is for the person to mend, and the card says how.
  await world.lab.fail('invalid_api_key', { times: -1 });
  await chat.ask('Ask for the address.');
  await chat.diagnosis();
  await film.take(3_600);
  await page.close();
  const path = join(folder, `card-${colorScheme}.webp`);
  await film.save(path);
  return path;
}

class Film {
  #pictures = [];
  #delay = [];

  constructor(chat) {
    this.chat = chat;
  }

  /** A picture that stands for so many milliseconds. */
  async take(ms) {
    await until('the card stands still', () => this.chat.inCard((root) => !root.querySelector('.card')?.getAnimations().length).then((still) => still !== false));
    await this.chat.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    this.#pictures.push(await this.chat.page.screenshot({ animations: 'disabled', caret: 'initial' }));
    this.#delay.push(ms);
  }

  /** A picture for each text of a part, until it goes. */
  async takeChanges(selector, ms) {
    const read = () => this.chat.inCard((root, part) => root.querySelector(part)?.textContent, selector);
    for (let text = await read(), last; text; text = await read()) {
      if (text !== last) await this.take(ms);
      last = text;
    }
  }

  save(path) {
    return sharp(this.#pictures, { join: { animated: true } }).webp({ delay: this.#delay, loop: 0, quality: 88, effort: 6, minSize: true }).toFile(path);
  }
}
