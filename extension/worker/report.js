// Reports in the worker. The stored keys are opened for one call of the core, which sweeps the report for them.
import { copyFor } from './cards.js';
import { pages } from './pages_core.js';
import { restore } from './troubleshooter_store.js';
import * as vault from './vault.js';

/** @param {string} [address] */
async function around(address) {
  await restore();
  const keys = await Promise.all((await vault.sources()).map(vault.key));
  return { address, keys: keys.filter(Boolean), machine: navigator.userAgentData };
}

/**
 * The browser tells the address of a page only where the extension may go.
 * @param {number} call
 */
async function address(call) {
  const tab = (await pages()).report_tab(call);
  return tab === undefined ? undefined : chrome.tabs.get(tab).then(({ url }) => url, () => undefined);
}

/**
 * The report of a call, as it may be shown to others.
 * @param {number} call
 */
export async function text(call) {
  const found = await around();
  return (await pages()).report(call, found);
}

/** @param {{ path: string }} page */
export const openOwnPage = ({ path }) => chrome.tabs.create({ url: chrome.runtime.getURL(path) });

/** @satisfies {Partial<Performers>} */
export const effects = {
  async copy_report({ frame, call }) {
    const told = await text(call);
    if (told !== undefined) await copyFor(frame, told);
  },
  open_own_page: openOwnPage,
};

export const messages = {
  /** @param {{ press: { call: number, press: Press, choices: any }, fields: Fields }} message */
  async report_press({ press: { call, press, choices }, fields: { remark } }) {
    const found = await around(await address(call));
    return (await pages()).report_press(call, press, choices, String(remark ?? ''), found);
  },
};
