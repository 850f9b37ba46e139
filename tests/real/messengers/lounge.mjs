// The Lounge, a web client for IRC, on a real IRC server. Mara is on that server, too.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Engine, PACKAGES, freePort } from './engine.mjs';
import { CHANNEL, Irc } from './irc.mjs';

const START = fileURLToPath(new URL('lounge_start.cjs', import.meta.url));

export class Lounge {
  static title = 'The Lounge on ngircd';
  static box = '#input';

  static async start() {
    const [irc, port] = [await Irc.start(), await freePort()];
    const network = { name: 'Test', host: '127.0.0.1', port: irc.port, tls: false, nick: 'sam', username: 'sam', realname: 'Sam', join: CHANNEL };
    const config = { public: true, host: '127.0.0.1', port, messageStorage: [], defaults: network };
    const prepare = async (folder) => {
      await mkdir(join(folder, '.thelounge'));
      await writeFile(join(folder, '.thelounge/config.js'), `module.exports = ${JSON.stringify(config)};`);
      return [START, 'start'];
    };
    const engine = await Engine.start(process.execPath, [port], prepare, { THELOUNGE: join(PACKAGES, 'thelounge') }).catch(async (error) => {
      await irc.stop();
      throw error;
    });
    return new Lounge(irc, engine, `http://127.0.0.1:${port}/`);
  }

  constructor(irc, engine, url) {
    Object.assign(this, { irc, engine, url });
  }

  async enter(page) {
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('.userlist .user[data-name=mara]').waitFor();
  }

  /** What is said in the channel, and how the card shows it. */
  async talk({ page, box }) {
    this.irc.says('Are we still on for seven?');
    await page.getByText('Are we still on for seven?').waitFor();
    const begun = await box.inputValue();
    await box.fill('Yes 🎉');
    await this.send(page);
    await page.locator('.msg', { hasText: 'Yes 🎉' }).waitFor();
    this.irc.says('Great. At the usual place?');
    await page.getByText('Great. At the usual place?').waitFor();
    await box.fill(begun);
    return ['Them: Are we still on for seven?', 'Me: Yes 🎉', 'Them: Great. At the usual place?'];
  }

  send(page) {
    return page.keyboard.press('Enter');
  }

  /** IRC has no lines: each is a message, and none is empty. */
  onTheWay(text) {
    return text.split('\n').filter(Boolean);
  }

  received() {
    return this.irc.received();
  }

  async stop() {
    await this.engine.stop();
    await this.irc.stop();
  }
}
