// Chainlit's chat as a web app that the person added: it talks by socket.io, which connects again by HTTP.
import { after, afterEach, before } from 'node:test';
import { join } from 'node:path';

import { TARGET } from '../messengers/engine.mjs';
import { ChatApp, behaves, fileOf } from './chat_app.mjs';

let app;
before(async () => {
  const command = (port, folder) => [`CHAINLIT_APP_ROOT=${folder}`, join(TARGET, 'real/chainlit/bin/chainlit'), 'run', fileOf('chainlit_app.py'), '--port', String(port), '--host', '127.0.0.1', '--headless'];
  app = await ChatApp.open(command, 'connection_refused');
});
afterEach(() => app.world.reset());
after(() => app?.close());

behaves(() => app);
