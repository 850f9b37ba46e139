// What an organisation sets by policy: it holds, it is told, and what is wrong with it is told and left out.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { World, until, words } from './harness.mjs';

const FOLDER = '/etc/chromium/policies/managed';

// The browser names an extension by its public key: with a key of our own, its id is known before it is loaded.
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const der = publicKey.export({ type: 'spki', format: 'der' });
const id = [...createHash('sha256').update(der).digest('hex').slice(0, 32)].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
const file = `${FOLDER}/unstuck-${id}.json`;

const writable = await mkdir(FOLDER, { recursive: true }).then(() => access(FOLDER, constants.W_OK)).then(() => true, () => false);
let world;

// The real policy where its folder can be written; else the same values through the worker's own reader.
async function setPolicy(policy) {
  if (writable) return writeFile(file, JSON.stringify({ '3rdparty': { extensions: { [id]: policy } } }));
  await world.browser.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'popup', tab: 0 }));
  await world.browser.inWorker(async (values) => {
    chrome.storage.managed.get = async () => values;
    await policyChanged();
  }, policy);
}

before(async () => {
  world = await World.open({ key: der.toString('base64') });
});
after(async () => {
  if (writable) await rm(file, { force: true });
  await world.close();
});

test('a policy is heard while the browser runs: its sources come first, its locks hold, its forbidden sites are left', async () => {
  assert.equal(world.browser.id, id);
  await setPolicy({
    sources: [{ name: 'House AI', base_url: `${world.lab.origin}/v1`, model: 'lab-small', dialect: 'openai' }],
    second_host: false,
    locked: ['second_host'],
    sites_forbidden: ['*.forbidden.test'],
    max_tries: 1,
  });
  const page = await world.browser.options();
  await until('the policy holds', async () => {
    await page.reload();
    return page.getByText(words('options_organisation')).isVisible();
  }, { ms: 90_000, every: 1_000 });
  assert.equal((await page.locator('.known > bdi').allTextContents())[0], 'House AI');
  const second = page.getByRole('switch', { name: /second host/ });
  assert.ok(await second.isDisabled());
  assert.equal(await second.getAttribute('aria-checked'), 'false');
  await page.getByText(words('options_locked')).first().waitFor();

  await page.locator('input[name=site]').fill('https://chat.forbidden.test');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.locator('.problem', { hasText: words('options_site_forbidden') }).waitFor();
  await page.locator('input[name=tries]').fill('2');
  await page.locator('input[name=tries]').press('Tab');
  await page.locator('#tries-hint.problem', { hasText: words('options_rule_capped') }).waitFor();

  await page.getByRole('button', { name: 'Edit House AI' }).click();
  assert.ok(await page.getByLabel(/^Address/).isDisabled());
  await page.getByLabel(/^Key/).fill(world.lab.key);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.toast .note', { hasText: 'Saved' }).waitFor();
  await page.close();

  const chat = await world.chat();
  await chat.ask();
  await chat.draft();
  assert.equal((await world.lab.calls()).length, 1);
});

test('what is wrong with a policy is told and left out, and the rest holds', async () => {
  // A value of another type than the schema's is left out by the browser itself; these suit the schema.
  await setPolicy({ max_tries: 77, sites_forbidden: ['not a host'], locked: ['gravity'], local_fallback: true, sources: [{ name: 'Nowhere' }] });
  const page = await world.browser.options();
  const paths = page.locator('.organisation .wrong code');
  await until('it is told', async () => {
    await page.reload();
    return (await paths.allTextContents()).sort().join() === 'locked[0],max_tries,sites_forbidden[0],sources[0]';
  }, { ms: 90_000, every: 1_000 });
  assert.ok(await page.getByRole('switch', { name: /second host/ }).isEnabled());
  await page.close();
});
