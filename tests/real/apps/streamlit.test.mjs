// Streamlit's chat as a web app that the person added: it talks by a WebSocket and shows what its script raises.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { join } from 'node:path';

import { TARGET } from '../messengers/engine.mjs';
import { ChatApp, behaves, fileOf } from './chat_app.mjs';

let app;
before(async () => {
  const command = (port, folder) => [`HOME=${folder}`, join(TARGET, 'real/streamlit/bin/streamlit'), 'run', fileOf('streamlit_app.py'), '--server.port', String(port), '--server.address', '127.0.0.1', '--server.headless', 'true', '--browser.gatherUsageStats', 'false'];
  app = await ChatApp.open(command, 'stream_interrupted');
});
afterEach(() => app.world.reset());
after(() => app?.close());

behaves(() => app);

// Streamlit says it itself, in a dialog.
test('an idle server goes away', async () => {
  const chat = await app.answered();
  await chat.page.waitForTimeout(4_000);
  await app.die();
  await chat.page.getByText('Connection error').waitFor({ timeout: 30_000 });
  assert.equal(await chat.isOpen(), false);
  await app.start();
});
