// From a fresh installation to the first draft in a message box, by what a person sees and presses, and by nothing else.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Browser, Chat, Lab, until } from './harness.mjs';

const PICTURES = fileURLToPath(new URL('../../target/demo', import.meta.url));
const CLICKS = 8;
const SECONDS = 60;

let lab;
let browser;
before(async () => {
  lab = await Lab.start();
  await mkdir(PICTURES, { recursive: true });
});
after(async () => {
  await browser?.close();
  lab.stop();
});

/** The page as it is now, in light and in dark. */
async function picture(page, name) {
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
  }
}

// It starts from a fresh profile and may take no longer than SECONDS.
test(`first draft within ${CLICKS} clicks`, async () => {
  const began = performance.now();
  let looking = 0;
  let clicks = 0;
  const click = (target) => {
    clicks += 1;
    return target.click();
  };
  const show = async (page, name) => {
    const from = performance.now();
    await picture(page, name);
    looking += performance.now() - from;
  };

  browser = await Browser.launch({ agree: false });
  const welcome = browser.context.pages().find((page) => page.url() === browser.url('welcome.html'));
  const present = (title) => welcome.locator('[aria-current=step]', { has: welcome.getByRole('heading', { name: title }) }).waitFor();

  await present('Your words stay yours');
  await show(welcome, 'welcome-1-agree');
  await click(welcome.getByRole('button', { name: 'I agree' }));

  await present('Choose your AI');
  await show(welcome, 'welcome-2-source');
  await click(welcome.getByRole('button', { name: 'Another service' }));
  // The address has the focus; the next field is the key.
  await until('the address can be typed', () => welcome.evaluate(() => document.activeElement?.name === 'base_url'));
  await welcome.keyboard.insertText(lab.baseUrl);
  await welcome.keyboard.press('Tab');
  await welcome.keyboard.insertText(lab.key);
  await click(welcome.getByRole('button', { name: 'Test it' }));
  await welcome.getByText('It works').first().waitFor();
  await show(welcome, 'welcome-3-model');
  await click(welcome.getByRole('button', { name: 'lab-small' }));

  await present('Choose your chats');
  await show(welcome, 'welcome-4-sites');
  await until('the site can be typed', () => welcome.evaluate(() => document.activeElement?.name === 'site'));
  await welcome.keyboard.insertText('http://127.0.0.1');
  await click(welcome.getByRole('button', { name: 'Add a site' }));
  await present('Ready');
  await show(welcome, 'welcome-5-ready');

  const chat = await Chat.open(browser, `${lab.origin}/messenger`);
  clicks += 1; // Into the message box.
  await chat.type('Hi Mara, ');
  const before = await chat.readBox();
  clicks += 1; // On ✦.
  await chat.open();
  await chat.write('Say yes to dinner.');
  await chat.page.keyboard.press('Enter');
  const draft = await chat.draft();
  clicks += 1; // On Insert.
  await chat.press('Insert');
  await chat.boxBecomes({ ...before, text: before.text + draft, caret: [before.text.length + draft.length, before.text.length + draft.length] });
  const seconds = (performance.now() - began - looking) / 1000;
  await show(chat.page, 'welcome-6-inserted');

  console.log(`# ${clicks} clicks, ${seconds.toFixed(1)} s`);
  assert.ok(clicks <= CLICKS, `${clicks} clicks`);
  assert.ok(seconds <= SECONDS, `${seconds} s`);
  assert.deepEqual(await lab.sent(), []);
});
