// Converse.js, a web client for XMPP, on a real XMPP server. Mara is on that server, too.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PACKAGES } from './engine.mjs';
import { PageServer } from './server.mjs';
import { PASSWORD, Xmpp } from './xmpp.mjs';

// The server's archive tells times in whole seconds, and the app shows what it finds there by its time.
const NEXT_SECOND_MS = 1_100;

/** The page as its manual has it. The settings make it quick: no contact list is looked for, no picture is fetched. */
const page = (settings) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Converse</title><link rel="stylesheet" href="/converse/converse.min.css"></head>
<body class="converse-fullscreen">
<script type="module">
import '/converse/converse.min.js';
converse.initialize(${JSON.stringify(settings)});
</script>
</body>
</html>`;

export class Converse {
  static title = 'Converse.js on Prosody';
  static box = 'textarea.chat-textarea';

  static async start() {
    const xmpp = await Xmpp.start();
    const folder = await mkdtemp(join(tmpdir(), 'unstuck-real-'));
    const pages = await PageServer.start({ converse: join(PACKAGES, 'converse.js/dist'), page: folder });
    const settings = {
      ...{ authentication: 'login', auto_login: true, jid: 'sam@localhost', password: PASSWORD },
      ...{ bosh_service_url: `http://127.0.0.1:${xmpp.web}/http-bind`, discover_connection_methods: false, assets_path: '/converse/' },
      ...{ view_mode: 'fullscreen', i18n: 'en', persistent_store: 'sessionStorage' },
    };
    await writeFile(join(folder, 'index.html'), page(settings));
    return new Converse(xmpp, pages, folder);
  }

  constructor(xmpp, pages, folder) {
    Object.assign(this, { xmpp, pages, folder, url: `${pages.origin}/page/index.html` });
  }

  async enter(shown) {
    await shown.getByText('Mara Lind').first().click();
  }

  /** What is said to each other, and how the card shows it. */
  async talk({ page: shown, box }) {
    const begun = await box.inputValue();
    this.xmpp.says('Are we still on for seven?');
    await shown.locator('.chat-msg', { hasText: 'Are we still on for seven?' }).last().waitFor();
    await shown.waitForTimeout(NEXT_SECOND_MS);
    await box.fill('Yes 🎉');
    await this.send(shown);
    await shown.locator('.chat-msg', { hasText: 'Yes 🎉' }).last().waitFor();
    await shown.waitForTimeout(NEXT_SECOND_MS);
    this.xmpp.says('Great. At the usual place?');
    await shown.locator('.chat-msg', { hasText: 'Great. At the usual place?' }).last().waitFor();
    await box.fill(begun);
    return ['Them: Are we still on for seven?', 'Me: Yes 🎉', 'Them: Great. At the usual place?'];
  }

  send(shown) {
    return shown.keyboard.press('Enter');
  }

  received() {
    return this.xmpp.received();
  }

  async stop() {
    await this.pages.stop();
    await this.xmpp.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
