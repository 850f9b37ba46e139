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

/** Where the button is, once it takes presses. */
const place = (app) =>
  until('the button takes presses', () =>
    app.chat.inCard((root, label) => {
      const button = [...root.querySelectorAll('button')].find(({ textContent }) => textContent === label);
      const { x, y, width, height } = button.getBoundingClientRect();
      const at = { x: x + width / 2, y: y + height / 2 };
      return !root.querySelector('.card').getAnimations().length && root.elementFromPoint(at.x, at.y) === button ? at : undefined;
    }, PRESS),
  );

test('a click by a script is no press', async () => {
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

test('a card that has just come up takes no press yet', async () => {
  const app = await failing();
  await app.chat.press('Close');
  await app.isQuiet();
  // In the very task in which it is shown again, and until half a second later, the button is not there for a pointer.
  const taken = app.page.evaluate(
    () =>
      new Promise((resolve) => {
        const card = document.querySelector('unstuck-card');
        card.addEventListener('beforetoggle', ({ newState }) => newState === 'open' && resolve(performance.now()), { once: true });
      }),
  );
  await world.browser.forget();
  await app.ask('Again');
  const shown = await taken;
  await place(app);
  assert.ok((await app.page.evaluate(() => performance.now())) - shown >= 450);
});

/** Waits until the browser has told every observer whether the card is in plain sight. */
const browserSees = (app, wanted) =>
  app.page.evaluate(async (clear) => {
    // A browser without a screen draws, and looks, only while something moves.
    const look = () =>
      new Promise((resolve) => {
        let told;
        const tell = ([{ isVisible }]) => {
          told = true;
          eyes.disconnect();
          resolve(isVisible);
        };
        const eyes = new IntersectionObserver(tell, { trackVisibility: true, delay: 100 });
        eyes.observe(document.querySelector('unstuck-card'));
        const draw = () => told || requestAnimationFrame(draw);
        draw();
      });
    // An observer of before may hear it a tenth of a second later than one that has just begun.
    for (let since; !(performance.now() - since > 200); ) since = (await look()) === clear ? (since ?? performance.now()) : undefined;
  }, wanted);

const COVERS = {
  'a pane over everything': () => {
    const pane = document.createElement('div');
    pane.id = 'cover';
    pane.popover = 'manual';
    pane.style.cssText = 'inset:0;width:100vw;height:100vh;border:0;margin:0;padding:0;background:#fff;pointer-events:none';
    document.documentElement.append(pane);
    pane.showPopover();
  },
  'a card that can hardly be seen': () => (document.querySelector('unstuck-card').style.opacity = '0.01'),
};

for (const [what, cover] of Object.entries(COVERS)) {
  test(`${what} makes a press void, and it counts again without`, async () => {
    const app = await failing();
    const at = await place(app);
    await app.page.evaluate(cover);
    await browserSees(app, false);
    await app.page.mouse.click(at.x, at.y);
    await app.page.evaluate(() => {
      document.querySelector('#cover')?.remove();
      document.querySelector('unstuck-card').style.opacity = '';
    });
    await browserSees(app, true);
    assert.equal(app.loads, 0, 'the press before was void');
    await app.page.mouse.click(at.x, at.y);
    await reloads(app);
  });
}
