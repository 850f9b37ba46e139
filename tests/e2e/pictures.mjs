// Pictures of what a person sees, in light and dark, for `target/demo/` and the README.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { unfold } from './harness.mjs';
import { until } from './until.mjs';

export async function takePictures(world, folder) {
  await mkdir(folder, { recursive: true });
  const paths = [];
  for (const colorScheme of ['light', 'dark']) {
    let chat;
    const take = async (page, name, options = {}) => {
      const path = join(folder, `${name}-${colorScheme}.png`);
      if (page === chat?.page) await until('the card stands still', () => chat.inCard((root) => !root.querySelector('.card')?.getAnimations().length).then((still) => still !== false));
      await page.screenshot({ path, animations: 'disabled', caret: 'initial', ...options });
      paths.push(path);
    };
    await world.reset();
    chat = await world.chat({ text: 'Hi Mara, ', back: 0, colorScheme });
    await take(chat.page, 'launcher');
    await chat.open();
    await chat.write('Say yes to dinner, and ask which restaurant.');
    await take(chat.page, 'ask');

    await world.lab.fail('rate_limited', { retry_after: 4 });
    await chat.press('Draft');
    await chat.sees('.countdown');
    await take(chat.page, 'countdown');
    const draft = await chat.draft();
    await take(chat.page, 'draft');
    await chat.press('Insert');
    await until('the draft is in the box', async () => (await chat.readBox()).text.includes(draft));
    await take(chat.page, 'inserted');

    await world.lab.fail('invalid_api_key', { times: -1 });
    await chat.ask('Ask for the address.');
    await chat.diagnosis();
    await take(chat.page, 'banner');
    await chat.inCard((root) => root.querySelector('.diagnosis details').setAttribute('open', ''));
    await chat.inCard((root) => root.querySelector('.diagnosis details').scrollIntoView({ block: 'end' }));
    await take(chat.page, 'details');

    const popup = await world.browser.popup(chat.page);
    await unfold(popup);
    const [opened] = await Promise.all([world.browser.context.waitForEvent('page'), popup.getByRole('button', { name: 'Look at the report' }).first().click()]);
    await opened.emulateMedia({ colorScheme });
    await opened.getByLabel(/^In your own words/).fill('It worked this morning. I pasted a new key, and wrote to me@mail.example.');
    await opened.getByText('[EMAIL#1]').first().waitFor();
    await opened.getByRole('switch', { name: /^Host/ }).click();
    await take(opened, 'report', { fullPage: true });
    await opened.close();
    await popup.emulateMedia({ colorScheme });
    await popup.setViewportSize({ width: 400, height: 600 });
    await take(popup, 'popup', { fullPage: true });
    await popup.close();
    const options = await world.browser.options();
    await options.emulateMedia({ colorScheme });
    await options.getByRole('button', { name: /^Edit / }).first().click();
    await options.getByRole('button', { name: 'Test it' }).click();
    await options.locator('[data-cause], .note').first().waitFor();
    await take(options, 'options', { fullPage: true });
    await options.close();
  }
  await world.reset();
  return paths;
}
