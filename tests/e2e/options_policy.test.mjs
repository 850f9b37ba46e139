// What an organisation sets by policy: it holds, it is told, and what is wrong with it is told and left out.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { World, turnTo, until, words } from './harness.mjs';
import { receiver } from './receiver.mjs';

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
  await world.browser.wake();
  await world.browser.inWorker((values) => {
    chrome.storage.managed.get = async () => values;
    chrome.storage.managed.onChanged.dispatch({});
  }, policy);
}

// Numbers of presses grow with the time.
let madeUp = Date.now() + 60_000;

/** A press that no button of the card makes, told as the card tells its own. */
async function made(chat, press) {
  const message = { kind: 'press', press, fields: { prompt: 'Say yes, gladly.' }, number: (madeUp += 1) };
  const reply = await chat.inCard((_root, told) => chrome.runtime.sendMessage(told), message);
  assert.equal(reply?.error, undefined, 'the press is heard');
}

before(async () => {
  world = await World.open({ key: der.toString('base64'), rules: ['MAP *.test. 127.0.0.1'] });
});
after(async () => {
  if (writable) await rm(file, { force: true });
  await world.close();
});

// Its sources come first, its locks hold, and its forbidden sites are left.
test('a policy applies while running', async () => {
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
  await turnTo(page, 'Your data');
  const second = page.getByRole('switch', { name: /second site/ });
  assert.ok(await second.isDisabled());
  assert.equal(await second.getAttribute('aria-checked'), 'false');
  await page.locator('#privacy').getByText(words('options_locked')).first().waitFor();

  await turnTo(page, 'Where');
  for (const site of ['https://chat.forbidden.test', 'http://Forbidden.test.']) {
    await page.locator('input[name=site]').fill(site);
    await page.getByRole('button', { name: 'Add a site' }).click();
    await page.locator('.problem', { hasText: words('options_site_forbidden') }).waitFor();
    await page.locator('input[name=site]').fill('');
    await page.getByRole('button', { name: 'Add a site' }).click();
    await page.locator('.problem', { hasText: words('options_bad_site') }).waitFor();
  }
  await turnTo(page, 'How');
  await page.locator('input[name=tries]').fill('2');
  await page.locator('input[name=tries]').press('Tab');
  await page.locator('#tries-hint.problem', { hasText: words('options_rule_capped') }).waitFor();

  await turnTo(page, 'AI');
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

test('an open page stops asking', async () => {
  await setPolicy({ max_tries: 1 });
  await world.reset();
  await world.lab.fail('slow_first_byte', { delay_ms: 60_000 });
  const chat = await world.chat();
  await chat.ask('Say yes, gladly.');
  await until('the call is on its way', async () => (await world.lab.calls()).length === 1);
  await setPolicy({ sites_forbidden: ['127.1'] });
  const told = /Your organisation doesn’t allow Unstuck on this site/;
  await until('the card says why', async () => told.test(await chat.text()), { ms: 90_000 });
  assert.deepEqual((await chat.buttons()).map(({ label }) => label), ['×'], 'nothing can be asked');
  assert.equal(await chat.inCard((root) => root.querySelector('textarea').value), 'Say yes, gladly.', 'what was written is there to copy');
  // Presses that a page has painted before, or that somebody makes up, are heard by the worker alone.
  for (const press of ['ask', 'retry', 'regenerate', 'read', 'insert', { task: { task: 'rewrite' } }]) await made(chat, press);
  await world.browser.killWorker();
  await made(chat, 'ask');
  assert.equal((await world.lab.calls()).length, 1);

  const popup = await world.browser.popup(chat.page);
  await popup.locator('.note', { hasText: told }).waitFor();
  await popup.close();
});

test('forbidden pages get no launcher', async () => {
  const at = world.lab.origin.replace('127.0.0.1', 'open.test');
  await setPolicy({ max_tries: 1 });
  const scripts = () => world.browser.desk.evaluate(() => chrome.scripting.getRegisteredContentScripts());
  await until('nothing is forbidden any more', async () => (await scripts()).some(({ excludeMatches }) => !excludeMatches?.length));
  for (const site of ['http://open.test', 'http://private.test']) await world.browser.switchOnSite(site);
  await setPolicy({ sites_forbidden: ['private.test'] });
  const launcher = await until('the launcher is registered anew', async () => (await scripts()).find(({ excludeMatches }) => excludeMatches?.includes('*://private.test/*')));
  assert.deepEqual(launcher.excludeMatches, ['*://private.test/*']);
  assert.ok(!launcher.matches.some((match) => match.includes('private.test')));

  // Even where a wider pattern were registered, and by a spelling of the host that no list has.
  await world.browser.desk.evaluate((script) => chrome.scripting.updateContentScripts([script]), { ...launcher, matches: ['http://*.test/*'] });
  for (const [host, there] of [['open.test', true], ['private.test', false], ['private.test.', false], ['PRIVATE.test', false]]) {
    const chat = await world.browser.context.newPage();
    await chat.goto(`${at.replace('open.test', host)}/messenger`);
    await chat.locator('#box').click();
    const seen = () => chat.evaluate(() => Boolean(document.querySelector('html > [popover]')));
    if (there) await until('the launcher is there', seen);
    else await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await seen(), there, host);

    if (!there) {
      await world.browser.wake();
      const answers = await world.browser.inWorker(async (address) => {
        const [tab] = await chrome.tabs.query({ url: address });
        const answer = new Promise((resolve) => {
          chrome.action.openPopup = async () => resolve('the popup');
          setTimeout(resolve, 5_000);
        });
        chrome.commands.onCommand.dispatch('draft', tab);
        return answer;
      }, chat.url());
      assert.equal(answers, 'the popup');
      assert.equal(await chat.evaluate(() => document.querySelector('html > [popover]')), null, 'a shortcut lets nothing in');
    }
    await chat.close();
  }
});

test('hosts normalise as in the browser', async () => {
  const { wrong, read } = await world.browser.inside(async ({ load }) => {
    const core = await load();
    const wrong = [];
    let read = 0;
    for (let code = 0x20; code < 0x20000; code += 1) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const host = `a${String.fromCodePoint(code)}b.test`;
      core.govern(JSON.stringify({ sites_forbidden: [host] }));
      // While a pattern cannot be read, no site is allowed.
      if (!core.is_allowed('https://other.test')) continue;
      read += 1;
      if (URL.canParse(`https://${host}`) && core.is_allowed(new URL(`https://${host}`).href)) wrong.push(host);
    }
    return { wrong, read };
  });
  assert.deepEqual(wrong, []);
  assert.ok(read > 40_000, `${read} can be read`);
});

// What the person would have to add is there, can be tried, and gets deltas without a name of this browser.
test('given engines are fed', async () => {
  const { received, url, close } = await receiver('canary/v1/metrics');
  try {
    await world.reset();
    await setPolicy({ max_tries: 1, exports: [{ kind: 'otlp_delta', address: url, key: 'x-scope: canary-key' }, { kind: 'slack', address: url }] });
    const page = await world.browser.options('Your data');
    const section = page.locator('#exports');
    await until('it is there', async () => {
      await page.reload();
      return section.locator('li[data-key]').isVisible();
    }, { ms: 90_000, every: 1_000 });
    await section.getByText(words('options_exports_managed')).waitFor();
    assert.equal(await section.getByRole('button').count(), 1, 'it can only be tried');
    assert.equal((await page.locator('.organisation .wrong code').allTextContents()).join(), 'exports[1].kind');
    await section.getByRole('button', { name: /^Test/ }).click();
    await section.locator('p.note', { hasText: words('sink_accepted') }).waitFor();
    assert.ok(!(await page.content()).includes('canary'), 'its address is shown to nobody');
    await page.close();
    const chat = await world.chat();
    await chat.ask('canary-prompt, dear sir');
    await chat.draft();
    await world.pass(10);
    await until('it is pushed', () => received.length === 2);
    const [, { headers, text }] = received;
    assert.equal(headers['x-scope'], 'canary-key');
    assert.match(text, /gen_ai\.client\.operation\.duration/);
    assert.ok(!/canary|service\.instance\.id|127\.0\.0\.1/.test(text), text);
  } finally {
    close();
  }
});

// What is wrong is told and left out.
test('policy errors leave the rest active', async () => {
  // A value of another type than the schema's is left out by the browser itself; these suit the schema.
  await setPolicy({ max_tries: 77, sites_forbidden: ['https://*.x.*'], locked: ['gravity'], local_fallback: true, sources: [{ name: 'Nowhere' }] });
  const page = await world.browser.options();
  const paths = page.locator('.organisation .wrong code');
  await until('it is told', async () => {
    await page.reload();
    return (await paths.allTextContents()).sort().join() === 'locked[0],max_tries,sites_forbidden[0],sources[0]';
  }, { ms: 90_000, every: 1_000 });
  await turnTo(page, 'Your data');
  assert.ok(await page.getByRole('switch', { name: /second site/ }).isEnabled());
  await page.locator('.organisation summary').click();
  await page.locator('.wrong li', { hasText: /^sites_forbidden\[0\]Host wildcard: / }).waitFor();
  await page.getByText(words('options_policy_closed')).waitFor();
  // What may be forbidden is.
  await turnTo(page, 'Where');
  await page.locator('input[name=site]').fill('https://example.test');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.locator('.problem', { hasText: words('options_site_forbidden') }).waitFor();
  await page.close();
});
