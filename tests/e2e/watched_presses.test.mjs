// Presses on a card are a person's: none by a script, none in the moment in which it comes up, none while it is covered.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { App, openApps, until } from './app.mjs';

const CHATGPT = 'https://chatgpt.com';

let world;
before(async () => {
  world = await openApps([CHATGPT]);
});
afterEach(() => world.reset());
after(() => world?.close());

async function failing() {
  const app = await App.open(world, CHATGPT);
  await app.answers('answer', { status: 500, body: '{}' });
  await app.ask();
  await app.chat.diagnosis();
  app.loads = 0;
  app.page.on('load', () => (app.loads += 1));
  return app;
}

const PRESS = 'Reload and keep my text';
const reloads = (app) => until('the page loads anew', () => app.loads > 0);

/** Where in the page the button is, once it takes presses. */
async function place(app) {
  const at = await until('the button takes presses', () =>
    app.chat.inCard((root, label) => {
      const button = [...root.querySelectorAll('button')].find(({ textContent }) => textContent === label);
      button.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = button.getBoundingClientRect();
      const at = { x: x + width / 2, y: y + height / 2 };
      return !root.querySelector('.card').getAnimations().length && root.elementFromPoint(at.x, at.y) === button ? at : undefined;
    }, PRESS),
  );
  const { x, y, width } = await app.chat.origin();
  const scale = width / (await app.chat.inCard(() => innerWidth));
  return { x: x + at.x * scale, y: y + at.y * scale };
}

test('a scripted click is no press', async () => {
  const app = await failing();
  await place(app);
  await app.chat.inCard((root, label) => [...root.querySelectorAll('button')].find(({ textContent }) => textContent === label).click(), PRESS);
  // A press that comes after it, on another button, is heard: the one before would have been, too.
  await app.chat.press('Copy report');
  await app.chat.sees('.note');
  assert.equal(app.loads, 0);
  await app.chat.press(PRESS);
  await reloads(app);
});

test('a fresh card takes no press', async () => {
  const app = await failing();
  await app.chat.press('Close');
  await app.isQuiet();
  // In the very task in which it is shown again, and until half a second later, the button is not there for a pointer.
  const taken = app.chat.inHost(
    (root) =>
      new Promise((resolve) => {
        const seen = () => root.querySelector('.card.open') && resolve(performance.now());
        new MutationObserver(seen).observe(root.querySelector('.card'), { attributes: true });
      }),
  );
  await world.browser.forget();
  await app.ask('Again');
  const shown = await taken;
  await place(app);
  assert.ok((await app.page.evaluate(() => performance.now())) - shown >= 450);
});

// What a page can do to what a person sees, while clicks still reach the card.
const COVERS = {
  'a pane over everything': () => {
    const pane = document.createElement('div');
    pane.id = 'cover';
    pane.popover = 'manual';
    pane.style.cssText = 'inset:0;width:100vw;height:100vh;border:0;margin:0;padding:0;background:#fff;pointer-events:none';
    document.documentElement.append(pane);
    pane.showPopover();
    globalThis.uncover = () => pane.remove();
  },
  'a view transition': () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('::view-transition { pointer-events: none; background: #fff } ::view-transition-old(*), ::view-transition-new(*) { animation-duration: 100s; opacity: 0 }');
    document.adoptedStyleSheets.push(sheet);
    const transition = document.startViewTransition();
    globalThis.uncover = () => (transition.skipTransition(), document.adoptedStyleSheets.pop());
    return transition.ready;
  },
  'a validation message': () => {
    const field = document.createElement('input');
    field.style.cssText = 'position:fixed;left:310px;top:560px;width:10px';
    document.body.append(field);
    field.setCustomValidity('Click here to accept the cookies. '.repeat(6));
    field.reportValidity();
    globalThis.uncover = () => field.remove();
  },
  'a page made tiny': () => {
    document.documentElement.style.zoom = 0.5;
    globalThis.uncover = () => (document.documentElement.style.zoom = '');
  },
};

for (const [what, cover] of Object.entries(COVERS)) {
  test(`press void: ${what}`, async () => {
    const app = await failing();
    await place(app);
    await app.page.evaluate(cover);
    const at = await place(app);
    await app.page.mouse.click(at.x, at.y);
    // A look that failed is remembered for a moment.
    await app.page.waitForTimeout(1_000);
    assert.equal(app.loads, 0);
    await app.page.evaluate(() => globalThis.uncover());
    await app.page.waitForTimeout(1_000);
    // The first press after it may still be void, as the card says.
    await until('a press counts again', async () => {
      const again = await place(app);
      await app.page.mouse.click(again.x, again.y);
      await app.page.waitForTimeout(1_000);
      return app.loads > 0;
    });
  });
}

/** Presses while the page blocks its thread. */
async function pressBlocked(app) {
  const at = await place(app);
  await app.page.mouse.move(at.x - 5, at.y);
  await app.page.waitForTimeout(400);
  const begun = app.page.waitForEvent('console');
  const blocked = app.page.evaluate(() => {
    console.log('blocked');
    for (const end = performance.now() + 1_500; performance.now() < end; );
  });
  await begun;
  await app.page.mouse.click(at.x, at.y);
  await blocked;
  await app.chat.sees('.covered');
}

test('press void: a blocked page', async () => {
  const app = await failing();
  await pressBlocked(app);
  assert.equal(app.loads, 0);
});

test('a void press stays told', async () => {
  const app = await failing();
  await pressBlocked(app);
  const options = await world.browser.options('How');
  await options.getByRole('button', { name: 'Dark' }).click();
  await until('the card is painted again', () => app.chat.inCard((root) => root.documentElement.dataset.theme === 'dark'));
  await app.chat.sees('.covered');
});
