// The way past everything that a person can see. At each stop, `look` is called with its name and the page or the frame that shows it.
import { Browser, Lab, World, until } from './harness.mjs';
import { monthOf } from './month.mjs';
import { ONE_SOURCE, TWO_SOURCES } from './states.mjs';

/** A world of which nobody has been asked for anything yet. */
export async function begin(options) {
  const lab = await Lab.start();
  return new World(lab, await Browser.launch({ agree: false, ...options }));
}

/** A button by its words in English. */
const button = (world, page, name) => page.getByRole('button', { name: world.browser.words(name), exact: true }).first();

const unfoldAll = (shown) =>
  shown.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** The welcome page from step to step. The source and the chat of the lab are set up after it. */
export async function firstRun(world, look) {
  const { browser } = world;
  const welcome = browser.context.pages().find((page) => page.url() === browser.url('welcome.html'));
  const step = async (at) => {
    await welcome.locator(`.journey > li:nth-child(${at})[aria-current]`).waitFor();
    await look(`welcome, step ${at}`, welcome);
  };
  await step(1);
  await button(world, welcome, 'I agree').click();
  await step(2);
  await button(world, welcome, 'Another service').click();
  await welcome.locator('input[name=base_url]').waitFor();
  await look('welcome, a service', welcome);
  await world.useLab();
  await welcome.reload();
  await step(3);
  await world.browser.switchOnSite('http://127.0.0.1');
  await welcome.reload();
  await step(4);
  await welcome.close();
}

/** Each tab of the options, and their forms. */
export async function options(world, look) {
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('options.html'));
  const tabs = page.getByRole('tab');
  await tabs.first().waitFor();
  for (let at = 0; at < (await tabs.count()); at += 1) {
    await tabs.nth(at).click();
    await page.locator(`[role=tab]:nth-child(${at + 1})[aria-selected=true]`).waitFor();
    await unfoldAll(page);
    await look(`options, tab ${at + 1}`, page);
  }
  await tabs.first().click();
  await page.locator('.order .entry button').first().click();
  await page.locator('.order .form').waitFor();
  await look('options, a source', page);
  await button(world, page, 'Test it').click();
  await page.locator('.models, [data-cause]').first().waitFor();
  await look('options, a tested source', page);
  await button(world, page, 'Add an AI').click();
  await page.locator('.services').first().waitFor();
  await page.locator('input[name=search]').fill(world.browser.words('Key').slice(0, 2));
  await page.locator('.matches').waitFor();
  await look('options, services and a search', page);
  await page.close();
}

/** What follows a failure outside the card: popup, report, troubleshooter. */
export async function afterFailure(world, look) {
  const { browser } = world;
  await world.lab.fail('invalid_api_key', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  const popup = await popupOf(world, chat.page);
  await look('popup', popup);
  await unfoldAll(popup);
  // The browser makes room for a scrollbar beside it.
  await popup.setViewportSize({ width: 400, height: 1600 });
  await look('popup, unfolded', popup);
  for (const [name, label, selector] of [['report', 'Look at the report', '[data-preview]'], ['troubleshooter', 'Find the cause', '.step']]) {
    const [page] = await Promise.all([browser.context.waitForEvent('page'), button(world, popup, label).click()]);
    await page.locator(selector).first().waitFor();
    await look(name, page);
    if (name === 'troubleshooter') {
      await unfoldAll(page);
      await look('troubleshooter, unfolded', page);
    }
    await page.close();
    await popup.bringToFront();
  }
  await popup.close();
  await chat.page.close();
  const elsewhere = await browser.context.newPage();
  const empty = await popupOf(world, elsewhere);
  await look('popup, nothing', empty);
  await world.reset();
}

async function popupOf(world, page) {
  const popup = await world.browser.popup(page);
  await popup.setViewportSize({ width: 400, height: 600 });
  return popup;
}

/** Kept drafts. */
export async function drafts(world, look) {
  const one = { at_ms: Date.now() - 90_000, task: 'reply', site: 'https://chat.example', source: 'Lab', text: 'Yes, gladly. We could take the train.' };
  await world.browser.inside(({ vault }, kept) => vault.keepDrafts(kept), [one, { ...one, text: 'No, thank you.' }]);
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('drafts.html'));
  await page.locator('article').first().waitFor();
  await look('drafts', page);
  await page.getByRole('searchbox').fill('xyz');
  await until('none is shown', async () => (await page.locator('article').count()) === 0);
  await look('drafts, none found', page);
  await page.close();
}

/** How the sources have been doing: nothing, a month, and an outage that lasts. */
export async function health(world, look) {
  const { sources } = await world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
  const page = await world.browser.context.newPage();
  await page.goto(world.browser.url('health.html'));
  await page.locator('.history .empty').waitFor();
  await look('health, nothing', page);
  await monthOf(world, sources);
  await world.browser.changeSettings({ policy: { attempts: 1 } });
  await world.lab.fail('server_error', { times: -1 });
  for (let at = 0; at < 3; at += 1) {
    const chat = await world.chat();
    await chat.ask();
    await chat.diagnosis();
    await chat.page.close();
  }
  for (const span of ['day', 'month']) {
    await page.goto(world.browser.url(`health.html?span=${span}`));
    await page.locator('.outage').waitFor();
    await unfoldAll(page);
    await look(`health, a ${span}`, page);
  }
  const chat = await world.chat();
  const popup = await popupOf(world, chat.page);
  await unfoldAll(popup);
  await popup.setViewportSize({ width: 400, height: 2600 });
  await look('popup, unfolded health', popup);
  await popup.close();
  await page.close();
  await world.reset();
}

/** Some pages of the reference. */
export async function reference(world, look) {
  const page = await world.browser.context.newPage();
  for (const name of ['index', 'invalid_api_key', 'rate_limited', 'unknown']) {
    await page.goto(world.browser.url(`reference.html?${name}`));
    await page.locator('main').waitFor();
    await look(`reference, ${name}`, page);
  }
  await page.close();
}

/** One of each kind: whose move it is, how many buttons, what is unfolded. */
const isTypical = (fault) => ['invalid_api_key', 'insufficient_quota', 'connection_reset', 'stream_reset'].includes(fault);

/**
 * The states of the card: of an ask, and of each failure; all unfolded, and the typical ones folded too.
 * In a window of another size than usual, if one is named.
 */
export async function card(world, look, { room } = {}) {
  const see = async (chat, name) => {
    if (room) await chat.page.setViewportSize(room);
    let last;
    await until('the card holds still', async () => {
      const before = last;
      last = await chat.inCard((root) => root.querySelector('.card').getAnimations().length || `${innerWidth} ${innerHeight}`);
      return last === before;
    }, { every: 100 });
    await look(name, chat.cardFrame(), chat);
  };
  const seeBoth = async (chat, name, fault) => {
    if (!fault || isTypical(fault)) await see(chat, name);
    await unfoldAll(chat.cardFrame());
    await see(chat, `${name}, unfolded`);
    await world.reset();
  };
  const fails = async (states, after = '') => {
    for (const [name, fault] of states) {
      await world.lab.fail(fault, { times: -1 });
      const chat = await world.chat();
      await chat.ask();
      await chat.diagnosis();
      await seeBoth(chat, `${name}${after}`, fault);
    }
  };
  await world.browser.changeSettings({ first_byte_ms: 1_500, stall_ms: 700, policy: { attempts: 1 } });
  let chat = await world.chat();
  await chat.open();
  await seeBoth(chat, 'an ask');
  chat = await world.chat();
  await chat.ask();
  await until('a draft is there', () => chat.inCard((root) => root.querySelector('.draft') && root.querySelector('button.primary')));
  await seeBoth(chat, 'a draft');
  await fails(ONE_SOURCE);
  await world.addSource({ id: 'two', name: 'Second', base_url: world.lab.baseUrl });
  await fails(TWO_SOURCES, ', two sources');
  await world.browser.changeSettings({ policy: { attempts: 3 } });
  await world.lab.fail('rate_limited', { retry_after: 30 });
  chat = await world.chat();
  await chat.ask();
  await chat.sees('.countdown');
  await seeBoth(chat, 'a named wait');
}
