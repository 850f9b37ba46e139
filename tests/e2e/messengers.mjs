// The pages in the markup of the known messengers, each under its messenger's own address.
import { readFile } from 'node:fs/promises';

import { World } from './harness.mjs';
import { EditorPage } from './page.mjs';
import { buildPages } from './pages/build.mjs';

export const SITES = JSON.parse(await readFile(new URL('../../extension/sites.json', import.meta.url), 'utf8'));

/** Each page, and the id of its adapter where that is another one. */
const PAGES = ['whatsapp', 'telegram_k', 'telegram_a', 'discord', 'slack', 'messenger', 'teams', 'linkedin', 'google_chat', 'wechat', 'file_transfer', 'x', 'x_chat'];
const ADAPTERS = { file_transfer: 'wechat_file_transfer', x_chat: 'x' };

/** Adapter and page of each messenger. */
export const MESSENGERS = PAGES.map((page) => [ADAPTERS[page] ?? page, page]);

export const hostOf = (id) => SITES.find((site) => site.id === id).hosts[0];

/** A world in which every messenger is switched on, and the hosts in `off` only answer. Its pages are built under a name of their own. */
export async function messengersWorld(name, off = []) {
  const hosts = [...new Set(MESSENGERS.map(([id]) => hostOf(id)))];
  const world = await World.open(
    (lab) => ({
      hosts: [...hosts, ...off].map((host) => `https://${host}/*`),
      rules: [...hosts, ...off].map((host) => `MAP ${host} 127.0.0.1:${lab.ports.https}`),
      args: ['--ignore-certificate-errors'],
      ignoreHTTPSErrors: true,
    }),
    { fixtures: await buildPages(name) },
  );
  for (const host of hosts) await world.browser.switchOnSite(`https://${host}`);
  return world;
}

export const openMessenger = (world, id, page = id, options = {}) => EditorPage.open(world.browser, `https://${hostOf(id)}/fixtures/${page}.html`, options);
