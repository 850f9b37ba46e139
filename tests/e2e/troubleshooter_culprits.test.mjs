// Two extensions that break a page's call only together: the test calls are made in the page itself, where both are at work.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { App, switchOn } from './app.mjs';
import { World, until, words } from './harness.mjs';
import { Troubleshooter } from './troubleshooter.mjs';

const CLAUDE = 'https://claude.ai';
const COUNT = 6;

// One marks the app's calls, one blocks what bears such a mark: each is harmless without the other.
const RULES = {
  1: { action: { type: 'redirect', redirect: { transform: { queryTransform: { addOrReplaceParams: [{ key: 'via', value: 'mirror' }] } } } }, condition: { requestDomains: ['claude.ai'], urlFilter: '/completion', resourceTypes: ['xmlhttprequest'] } },
  4: { action: { type: 'block' }, condition: { urlFilter: 'via=mirror', resourceTypes: ['xmlhttprequest'] } },
};
const CULPRITS = ['Other 1', 'Other 4'];

let folder;
let world;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-together-'));
  const others = await Promise.all(Array.from({ length: COUNT }, (_, at) => writeOther(at)));
  world = await World.open(({ ports }) => ({
    neighbour: others,
    permissions: ['management'],
    hosts: [`${CLAUDE}/*`],
    args: ['--ignore-certificate-errors'],
    rules: [`MAP claude.ai:443 127.0.0.1:${ports.https}`],
  }));
  await switchOn(world, [CLAUDE]);
});
after(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

async function writeOther(at) {
  const place = join(folder, String(at));
  await mkdir(place, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: `Other ${at}`,
    version: '1',
    permissions: ['declarativeNetRequest'],
    host_permissions: ['<all_urls>'],
    declarative_net_request: { rule_resources: [{ id: 'rules', enabled: true, path: 'rules.json' }] },
  };
  await writeFile(join(place, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(place, 'rules.json'), JSON.stringify(RULES[at] ? [{ id: 1, priority: 1, ...RULES[at] }] : []));
  return place;
}

const enabled = () =>
  world.browser.desk.evaluate(async () => {
    const all = await chrome.management.getAll();
    return all.filter((one) => one.enabled && one.name.startsWith('Other')).map(({ name }) => name).sort();
  });
const ALL = Array.from({ length: COUNT }, (_, at) => `Other ${at}`).sort();

// Two extensions break a call of a page only together; both are named, and one is left off.
test('two culprits are named together', async () => {
  const app = await App.open(world, CLAUDE);
  await app.ask();
  assert.equal((await app.chat.diagnosis()).cause, 'blocked_by_extension');
  const opened = world.browser.context.waitForEvent('page');
  await app.chat.press('Find the cause');
  const troubleshooter = new Troubleshooter(await opened);
  await troubleshooter.ready();
  const { lines } = await troubleshooter.run('extensions');
  assert.match(lines[0], new RegExp(`^Could get in the way: ${COUNT} `));
  await troubleshooter.step('extensions').getByRole('button', { name: words('step_extensions_find') }).click();
  await until('the culprits are named', async () => /Other 1.*Other 4|Other 4.*Other 1/.test((await troubleshooter.told('extensions', { ms: 60_000 })).lines[0]), { ms: 60_000 });
  const off = ALL.filter((one) => !CULPRITS.includes(one));
  const now = await enabled();
  assert.equal(now.length, COUNT - 1, 'one is enough to be off');
  assert.ok(off.every((one) => now.includes(one)), now.join());
  assert.equal((await troubleshooter.diagnosis()).cause, 'blocked_by_extension');
  await troubleshooter.step('extensions').getByRole('button', { name: words('step_extensions_switch_on') }).click();
  await until('all are on', async () => (await enabled()).length === COUNT);
});
