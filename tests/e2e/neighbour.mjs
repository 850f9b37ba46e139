// Another extension in the same browser, which blocks and changes calls as an ad blocker does.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TYPES = ['xmlhttprequest', 'script', 'ping'];

/** Writes the extension into `folder`; it blocks `blocked` and turns http into https for `upgraded`. */
export async function writeNeighbour(folder, { blocked, upgraded }) {
  await mkdir(folder, { recursive: true });
  const rules = [
    { id: 1, action: { type: 'block' }, condition: { requestDomains: [blocked], resourceTypes: TYPES } },
    { id: 2, action: { type: 'upgradeScheme' }, condition: { requestDomains: [upgraded], resourceTypes: TYPES } },
  ];
  const manifest = {
    manifest_version: 3,
    name: 'Neighbour',
    version: '1',
    permissions: ['declarativeNetRequest'],
    host_permissions: ['<all_urls>'],
    declarative_net_request: { rule_resources: [{ id: 'rules', enabled: true, path: 'rules.json' }] },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'rules.json'), JSON.stringify(rules));
  return folder;
}
