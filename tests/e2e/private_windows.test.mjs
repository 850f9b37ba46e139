// Private windows: the extension is not there, whatever the person switches on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
let devtools;
before(async () => {
  world = await World.open();
  devtools = await world.browser.context.browser().newBrowserCDPSession();
});
after(() => world.close());

/** The page at an address, in whatever window: whether it is there, and whether our content scripts run in it. */
async function inspect(address) {
  const { targetInfos } = await devtools.send('Target.getTargets');
  const target = targetInfos.find(({ url, type }) => url === address && type === 'page');
  if (!target) return undefined;
  // Playwright knows no private windows, so the messages go through the session of the browser.
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  const worlds = [];
  const hear = (event) => {
    const { method, params } = JSON.parse(event.message);
    if (event.sessionId === sessionId && method === 'Runtime.executionContextCreated') worlds.push(params.context.origin);
  };
  devtools.on('Target.receivedMessageFromTarget', hear);
  await devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: 1, method: 'Runtime.enable' }) });
  await new Promise((resolve) => setTimeout(resolve, 500));
  devtools.off('Target.receivedMessageFromTarget', hear);
  await devtools.send('Target.detachFromTarget', { sessionId });
  return { ours: worlds.includes(`chrome-extension://${world.browser.id}`), loaded: worlds.includes(world.lab.origin) };
}

test('no Unstuck in private windows', async () => {
  const { browser, lab } = world;
  const manager = await browser.context.newPage();
  await manager.goto('chrome://extensions');
  // What the switch "Allow in Incognito" does.
  await manager.evaluate((id) => chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, incognitoAccess: true }).catch(() => {}), browser.id);
  const { incognitoAccess } = await manager.evaluate((id) => chrome.developerPrivate.getExtensionInfo(id), browser.id);
  assert.deepEqual(incognitoAccess, { isActive: false, isEnabled: false }, 'the switch is not even offered');
  assert.equal(await browser.desk.evaluate(() => chrome.extension.isAllowedIncognitoAccess()), false);

  const address = (name) => `${lab.origin}/messenger?${name}`;
  await browser.desk.evaluate((url) => chrome.windows.create({ url }), address('open'));
  await until('our scripts are in a normal window', async () => (await inspect(address('open')))?.ours);
  await browser.desk.evaluate((url) => chrome.windows.create({ url, incognito: true }), address('private'));
  await until('the private window is there', async () => (await inspect(address('private')))?.loaded);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.equal((await inspect(address('private'))).ours, false);
  const seen = await browser.desk.evaluate(async () => (await chrome.tabs.query({})).filter(({ incognito }) => incognito).length);
  assert.equal(seen, 0, 'the extension does not even know of the tab');
  await manager.close();
});
