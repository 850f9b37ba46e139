// Chat components that sites are made with, each in a page of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { behaves } from './behave.mjs';
import { buildPages } from './pages/build.mjs';
import { PageServer } from './server.mjs';

const TALK = ['Them: Are we still on for seven?', 'Me: Yes 🎉', 'Them: Great. At the usual place?'];

/** A page of a component; `sends` is the key that sends, and nothing tells more of it. */
const component = (title, name, box, messages = TALK) =>
  class Component {
    static title = title;
    static box = box;

    static async start() {
      const folder = await mkdtemp(join(tmpdir(), 'unstuck-real-'));
      await buildPages([name], folder);
      return new Component(folder, await PageServer.start({ page: folder }));
    }

    constructor(folder, pages) {
      Object.assign(this, { folder, pages, url: `${pages.origin}/page/${name}.html` });
    }

    async enter(page) {
      await page.getByText('Great. At the usual place?').waitFor();
    }

    async talk() {
      return messages;
    }

    send(page) {
      return page.keyboard.press('Enter');
    }

    received() {
      return this.pages.said;
    }

    async stop() {
      await this.pages.stop();
      await rm(this.folder, { recursive: true, force: true });
    }
  };

behaves(component('chatscope', 'chatscope', '[contenteditable=true]'));
behaves(component('Deep Chat', 'deep_chat', '#text-input'));
behaves(component('vue-advanced-chat', 'vue_chat', 'textarea'));
behaves(component('assistant-ui', 'assistant_ui', 'textarea[name=input]'));
