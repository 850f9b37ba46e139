// No network at all. A file of its own: the browser goes offline for the worker only while it lives its first life.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World, words } from './harness.mjs';
import { Troubleshooter } from './troubleshooter.mjs';

let world;
before(async () => {
  world = await World.open({ hosts: ['http://www.gstatic.com/*'] });
});
after(() => world.close());

// The person is told at once that the browser is offline.
test('an offline call resumes online', async () => {
  const chat = await world.chat();
  const before = await chat.readBox();
  await world.browser.context.setOffline(true);
  try {
    await chat.ask();
    await world.explains(chat, { cause: 'offline', fault: 'network' });
    const troubleshooter = await Troubleshooter.fromPopup(world, chat);
    assert.match((await troubleshooter.run('network')).lines[0], words('step_network_offline'));
    await troubleshooter.page.close();
    await chat.page.bringToFront();
  } finally {
    await world.browser.context.setOffline(false);
  }
  await chat.retry();
  await world.inserts(chat, before, await chat.draft());
});
