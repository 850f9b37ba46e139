// An IRC server, ngircd from Debian, and Mara in its channel with a client of a few lines.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Engine, Line, freePort } from './engine.mjs';

export const CHANNEL = '#talk';

const CONFIG = (port) => `[Global]
Name = irc.example.test
Info = Test
MotdPhrase = Hello
Listen = 127.0.0.1
Ports = ${port}
[Limits]
MaxConnectionsIP = 0
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
`;

export class Irc {
  static async start() {
    const port = await freePort();
    const engine = await Engine.start('ngircd', [port], async (folder) => {
      const config = join(folder, 'ngircd.conf');
      await writeFile(config, CONFIG(port));
      return ['--nodaemon', '--config', config];
    });
    const mara = new Line(port);
    mara.onText = (text) => {
      const ping = /^PING (.*)\r$/m.exec(text);
      if (ping) mara.write(`PONG ${ping[1]}\r\n`);
    };
    mara.write(`NICK mara\r\nUSER mara 0 * :Mara Lind\r\nJOIN ${CHANNEL}\r\n`);
    await mara.hears(/ 366 mara /);
    return new Irc(engine, mara, port);
  }

  constructor(engine, mara, port) {
    Object.assign(this, { engine, mara, port });
  }

  says(text) {
    this.mara.write(`PRIVMSG ${CHANNEL} :${text}\r\n`);
  }

  /** Every message that reached Mara, oldest first. */
  received() {
    return [...this.mara.heard.matchAll(/^:\S+ PRIVMSG \S+ :(.*)\r$/gm)].map(([, text]) => text);
  }

  async stop() {
    this.mara.close();
    await this.engine.stop();
  }
}
