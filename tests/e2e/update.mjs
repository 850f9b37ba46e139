// An update: another copy of the extension in place of the one that runs.
import { until } from './until.mjs';

/** Puts it there, as the browser does. What the extension kept stays, what it kept for the session goes, and its pages close. */
export async function update(browser) {
  const manager = await browser.context.newPage();
  await manager.goto('chrome://extensions/');
  // Without it the browser keeps an extension off that was loaded from a folder and loads itself again.
  await manager.evaluate(() => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }));
  await browser.desk.evaluate(() => chrome.runtime.reload()).catch(() => {});
  const isBack = (id) => chrome.developerPrivate.getExtensionInfo(id).then(({ state }) => state === 'ENABLED', () => false);
  await until('the new copy is there', () => manager.evaluate(isBack, browser.id));
  await manager.close();
}

/** The same, with a desk in the new copy, whose worker has begun. */
export async function updateAndGoOn(browser) {
  await update(browser);
  browser.desk = await browser.context.newPage();
  await until('the new copy answers', () => browser.desk.goto(browser.url('manifest.json')).then(() => browser.wake()));
}
