// The welcome page: nothing is sent before the agreement, an AI on this computer is found, and a key is looked at as it is
// pasted.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { Browser, Chat, Lab, until } from './harness.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// The port of a server that turns callers away, as Ollama does with an origin that it does not know.
const refusing = createServer((_request, reply) => reply.writeHead(403).end());

let lab;
let browser;
let welcome;
before(async () => {
  lab = await Lab.start();
  await new Promise((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  // The usual ports lead to the lab, to the one that refuses, and to nobody: what else runs on this machine is not asked.
  const to = (port, place) => `MAP localhost:${port} ${place}`;
  const rules = [to(11434, `127.0.0.1:${lab.ports.http}`), to(1234, `127.0.0.1:${refusing.address().port}`), to(8080, '~NOTFOUND'), to(8000, '~NOTFOUND')];
  browser = await Browser.launch({ agree: false, hosts: ['http://localhost/*'], rules });
  welcome = browser.context.pages().find((page) => page.url() === browser.url('welcome.html'));
});
after(async () => {
  await browser.close();
  lab.stop();
  refusing.close();
});

const settings = () => browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);

/** Every call that reached the lab, of any method. */
const heard = async () => (await (await fetch(`${lab.origin}/lab/log`)).json()).calls;

const audit = async () => {
  await welcome.getByRole('heading', { level: 1 }).waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await welcome.emulateMedia({ colorScheme });
    await welcome.evaluate(AXE);
    const { violations } = await welcome.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], colorScheme);
  }
};

// The prompt is kept and sent nowhere.
test('asking without consent opens welcome', async () => {
  await audit();
  await welcome.getByRole('button', { name: 'Not now' }).click();
  await welcome.locator('.note', { hasText: 'Nothing you write will be sent' }).waitFor();
  // It locks nothing: the rest can be set up, and the agreement given later.
  await welcome.getByRole('heading', { name: 'Which AI do you use?' }).waitFor();
  await audit();
  await browser.setUpSource(lab.baseUrl, lab.key);
  await browser.switchOnSite('http://127.0.0.1');
  const chat = await Chat.open(browser, `${lab.origin}/messenger`);
  await chat.type('Hi');
  const opened = browser.context.waitForEvent('page');
  await chat.ask('Say yes.');
  await until('the welcome page is there', async () => (await opened).url() === browser.url('welcome.html'));
  await (await opened).close();
  await chat.page.bringToFront();
  await until('the card says why', async () => (await chat.text()).includes('Nothing was sent'));
  assert.equal(await chat.inCard((root) => root.querySelector('textarea').value), 'Say yes.');
  assert.deepEqual(await lab.calls(), []);

  await welcome.bringToFront();
  await welcome.getByRole('button', { name: 'I agree' }).click();
  await until('it is agreed', async () => (await settings()).agreed === 1);
  await chat.page.bringToFront();
  await chat.press('Draft');
  assert.ok(await chat.draft());
  assert.equal((await lab.calls()).length, 1);
});

// The press is the consent: it sends the key to this one address, and nothing else.
test('a test sends only the key', async () => {
  const fresh = await Browser.launch({ agree: false });
  try {
    const page = fresh.context.pages().find((one) => one.url() === fresh.url('welcome.html'));
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Another service' }).click();
    await page.getByLabel(/^Address/).fill(lab.baseUrl);
    await page.getByLabel(/^Key/).fill(lab.key);
    const before = (await heard()).length;
    const button = page.getByRole('button', { name: 'Test it' });
    const told = await page.locator(`#${await button.getAttribute('aria-describedby')}`).textContent();
    assert.match(told, /sends only your key to this address, to list its models/);
    assert.equal((await heard()).length, before, 'nothing is sent before the press');
    await button.click();
    await page.getByText('It works').first().waitFor();
    const sent = (await heard()).slice(before);
    assert.deepEqual(sent.map(({ method, path }) => [method, path]), [['GET', new URL(`${lab.baseUrl}/models`).pathname]]);
    await page.getByRole('button', { name: 'lab-small' }).click();
    await page.getByRole('heading', { name: 'Choose your chats' }).waitFor();
    // The headings of later steps are there from the start.
    const kept = await until('the choice is kept', async () => (await fresh.desk.evaluate(() => chrome.storage.local.get('settings'))).settings);
    assert.equal(kept.agreed ?? 0, 0);
    await page.getByRole('button', { name: 'I agree' }).waitFor();
  } finally {
    await fresh.close();
  }
});

test('withdrawn consent stops all sending', async () => {
  const options = await browser.options('Your data');
  const agreed = options.getByRole('switch', { name: 'What I ask may be sent' });
  await agreed.click();
  await until('it is off', async () => (await agreed.getAttribute('aria-checked')) === 'false');
  const chat = await Chat.open(browser, `${lab.origin}/messenger`);
  await chat.type('Hi');
  await chat.ask('Say no.');
  await until('the card says why', async () => (await chat.text()).includes('Nothing was sent'));
  assert.equal((await lab.calls()).length, 1);
  await options.bringToFront();
  await agreed.click();
  await until('it is on', async () => (await agreed.getAttribute('aria-checked')) === 'true');
  await options.close();
  await browser.removeSources();
});

// Where the browser lets us look and the person has agreed, it is offered first; one that turns callers away only once somebody looks.
test('local AI is found and used', async () => {
  await welcome.bringToFront();
  await welcome.reload();
  await welcome.getByRole('heading', { name: 'Ready on this computer' }).waitFor();
  const titles = await welcome.locator('[aria-current=step] h3').allTextContents();
  assert.deepEqual(titles, ['Ready on this computer', 'Which AI do you use?', 'On this computer']);
  assert.equal(await welcome.locator('.found').count(), 1);
  await audit();
  await welcome.getByRole('button', { name: 'Look for an AI on this computer' }).click();
  await welcome.locator('[data-cause="origin_not_allowed"]', { hasText: 'CORS' }).waitFor();
  assert.equal(await welcome.locator('.found').count(), 1);
  await audit();
  await welcome.getByRole('button', { name: 'Use Ollama · lab-small' }).click();
  await welcome.getByText('Ollama · lab-small').waitFor();
  const [source] = (await settings()).sources;
  assert.deepEqual([source.dialect, source.base_url, source.model], ['ollama', 'http://localhost:11434', 'lab-small']);
  assert.deepEqual((await lab.calls()).length, 1, 'nothing was asked of it');
});

test('a pasted key is checked', async () => {
  const options = await browser.options();
  await options.getByRole('button', { name: 'Add an AI' }).click();
  await options.getByRole('button', { name: 'Google Gemini' }).click();
  const key = options.getByLabel(/^Key/);
  const paste = async (text) => {
    await key.fill('');
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await options.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await key.press('ControlOrMeta+v');
    assert.equal(await key.inputValue(), text);
  };
  await paste('AIzaSyFakeFakeFake');
  await options.locator('.problem', { hasText: 'From September 2026' }).waitFor();
  await paste('sk-ant-api03-fake');
  await options.locator('.problem', { hasText: 'This is a key of Anthropic' }).waitFor();
  await paste('AQ.FakeFakeFake');
  await until('nothing is wrong', async () => (await options.locator('.problem').count()) === 0);
  assert.equal(await key.inputValue(), 'AQ.FakeFakeFake', 'what was typed stays');
});
