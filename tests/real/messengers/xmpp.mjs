// An XMPP server, Prosody from Debian, and Mara with a client of a few lines. She and Sam are in each other's rosters.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Engine, Line, freePort } from './engine.mjs';

export const PASSWORD = 'a password';

const CONFIG = (folder, port, web) => `run_as_root = true
data_path = "${folder}"
modules_enabled = { "roster"; "saslauth"; "disco"; "bosh"; "mam"; "ping" }
modules_disabled = { "s2s"; "tls" }
c2s_ports = { ${port} }
c2s_interfaces = { "127.0.0.1" }
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
http_ports = { ${web} }
http_interfaces = { "127.0.0.1" }
https_ports = { }
consider_bosh_secure = true
authentication = "internal_plain"
log = { warn = "*console" }
VirtualHost "localhost"
`;

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (xml) => xml.replace(/&(\w+);/g, (_, name) => ENTITIES[name]);

async function person(folder, name, friend, called) {
  const roster = `return { ["${friend}@localhost"] = { subscription = "both"; groups = {}; name = "${called}" }; [false] = { version = 1 } };`;
  for (const kind of ['accounts', 'roster']) await mkdir(join(folder, 'localhost', kind), { recursive: true });
  await writeFile(join(folder, 'localhost/accounts', `${name}.dat`), `return { password = "${PASSWORD}" };`);
  await writeFile(join(folder, 'localhost/roster', `${name}.dat`), roster);
}

export class Xmpp {
  static async start() {
    const [port, web] = [await freePort(), await freePort()];
    const engine = await Engine.start('prosody', [port, web], async (folder) => {
      await person(folder, 'sam', 'mara', 'Mara Lind');
      await person(folder, 'mara', 'sam', 'Sam');
      const config = join(folder, 'prosody.cfg.lua');
      await writeFile(config, CONFIG(folder, port, web));
      return ['--config', config, '-F'];
    });
    const xmpp = new Xmpp(engine, new Line(port), web);
    await xmpp.#signIn();
    return xmpp;
  }

  constructor(engine, mara, web) {
    Object.assign(this, { engine, mara, web });
  }

  async #signIn() {
    const begin = `<stream:stream to="localhost" version="1.0" xmlns="jabber:client" xmlns:stream="http://etherx.jabber.org/streams">`;
    this.mara.write(begin);
    await this.mara.hears(/PLAIN/);
    this.mara.write(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${btoa(`\0mara\0${PASSWORD}`)}</auth>`);
    await this.mara.hears(/<success/);
    this.mara.write(begin);
    await this.mara.hears(/xmpp-bind/);
    this.mara.write('<iq type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>');
    await this.mara.hears(/<jid>/);
    this.mara.write('<presence/>');
  }

  says(text) {
    this.mara.write(`<message type="chat" to="sam@localhost" id="${crypto.randomUUID()}"><body>${text}</body></message>`);
  }

  /** Every message that reached Mara, oldest first. */
  received() {
    return [...this.mara.heard.matchAll(/<body>([^<]*)<\/body>/g)].map(([, text]) => plain(text));
  }

  async stop() {
    this.mara.close();
    await this.engine.stop();
  }
}
