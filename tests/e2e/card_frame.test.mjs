// The card is a document of its own: a hostile page that is switched on can neither read, change, hide nor press it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, describe, test } from 'node:test';

import { Chat, World, until } from './harness.mjs';

const SECRET = 'Tell Mara the secret word pomegranate.';

const BODY = '<!doctype html><title>Chat</title><main><textarea id="box" rows="3" cols="60"></textarea></main>';
const PAGES = {
  '/plain': {},
  '/strict': {
    'content-security-policy':
      "default-src 'none'; frame-src 'none'; script-src 'none'; style-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    'permissions-policy': 'clipboard-write=(), clipboard-read=()',
  },
  '/coep': { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
  '/credentialless': { 'cross-origin-embedder-policy': 'credentialless', 'cross-origin-opener-policy': 'same-origin' },
  '/sandbox': { 'content-security-policy': 'sandbox allow-scripts' },
  '/named': { body: `${BODY}<a id="unstuck"></a><a id="messageBox"></a><a id="chat"></a><a id="frame"></a><a name="unstuckQuiet" id="unstuckQuiet"></a>` },
};

let world;
let server;
let origin;
before(async () => {
  world = await World.open();
  server = createServer(({ url }, answer) => {
    const { pathname, searchParams } = new URL(url, 'http://x');
    const { body, ...headers } = PAGES[pathname] ?? {};
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    const inner = searchParams.get('inner');
    answer.end(inner ? `<!doctype html><title>Outer</title><iframe id="inner" width="900" height="600" src="${inner}"></iframe>` : (body ?? BODY));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${server.address().port}`;
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  server?.close();
});

const open = (path) => Chat.open(world.browser, path.startsWith('http') ? path : origin + path);

describe('a page that is switched on', () => {
  test('gets no root by the name', async () => {
    const page = await world.browser.context.newPage();
    await page.addInitScript(() => {
      globalThis.roots = [];
      for (const name of ['unstuck-card', 'unstuck-launcher']) {
        customElements.define(name, class extends HTMLElement {
          constructor() {
            super();
            globalThis.roots.push(this.attachInternals().shadowRoot);
          }
        });
      }
    });
    await page.goto(`${origin}/plain`);
    const chat = await Chat.attach(world.browser, page);
    await chat.ask(SECRET);
    await chat.draft();
    const seen = await page.evaluate(() => {
      const found = document.querySelector('html > [popover]');
      let internals = 'none';
      try {
        internals = String(found.attachInternals().shadowRoot);
      } catch (error) {
        internals = error.name;
      }
      return { roots: globalThis.roots.length, name: found.localName, root: found.shadowRoot, internals };
    });
    assert.deepEqual(seen, { roots: 0, name: 'div', root: null, internals: 'NotSupportedError' });
  });

  test('hears no key, paste or click', async () => {
    const chat = await open('/plain');
    await chat.type('Hi');
    await chat.page.evaluate(() => {
      globalThis.heard = [];
      const kinds = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste', 'copy', 'cut', 'compositionstart', 'selectionchange', 'click', 'pointerdown', 'mousedown', 'change'];
      for (const kind of kinds) addEventListener(kind, (event) => globalThis.heard.push([kind, event.key ?? event.data ?? '']), true);
    });
    await chat.pressLauncher();
    await chat.sees('textarea');
    await chat.page.evaluate(() => (globalThis.heard = []));
    await chat.write('pomegranate');
    await chat.page.keyboard.type('abc');
    await chat.page.keyboard.press('ControlOrMeta+a');
    await chat.page.keyboard.press('ControlOrMeta+c');
    await chat.page.keyboard.press('ControlOrMeta+v');
    await chat.press('Draft');
    await chat.draft();
    const heard = await chat.page.evaluate(() => globalThis.heard);
    assert.deepEqual(heard.filter(([kind]) => kind !== 'selectionchange'), []);
  });

  test('finds no word of the card', async () => {
    const chat = await open('/plain');
    await chat.ask(SECRET);
    const draft = await chat.draft();
    await chat.press('Edit the request');
    await chat.sees('textarea');
    const found = await chat.page.evaluate(
      (words) => {
        const seen = words.map((word) => window.find(word, false, false, true, false, true, false));
        document.execCommand('selectAll');
        return { seen, selection: String(getSelection()), text: document.documentElement.textContent, frames: window.length, resources: performance.getEntriesByType('resource').map(({ name }) => name) };
      },
      ['pomegranate', draft.slice(0, 12)],
    );
    assert.deepEqual(found.seen, [false, false]);
    for (const text of [found.selection, found.text]) assert.ok(!text.includes('pomegranate') && !text.includes(draft.slice(0, 12)));
    assert.equal(found.frames, 0);
    assert.deepEqual(found.resources.filter((name) => name.startsWith('chrome-extension:')), []);
  });

  test('cannot swap what is asked', async () => {
    const chat = await open('/plain');
    await chat.open();
    await chat.write(SECRET);
    await chat.page.evaluate(() => {
      const swap = () => {
        document.execCommand('selectAll');
        document.execCommand('insertText', false, 'swapped');
      };
      for (const kind of ['pointerdown', 'pointerover', 'pointerout', 'blur', 'focus', 'focusin', 'focusout', 'mouseleave']) addEventListener(kind, swap, true);
    });
    await chat.press('Draft');
    await chat.draft();
    const [{ messages }] = await world.lab.calls();
    assert.equal(messages.at(-1).content, SECRET);
  });

  test('cannot style, move or animate it', async () => {
    const chat = await open('/plain');
    await chat.open();
    const place = await chat.origin();
    await chat.page.evaluate(() => {
      const found = document.querySelector('html > [popover]');
      const hide =
        'opacity:.01!important;mask:linear-gradient(#0000,#0000)!important;clip-path:inset(99%)!important;filter:blur(40px)!important;transform:translateX(500px) scale(.1)!important;translate:300px!important;zoom:.1!important;left:600px!important;display:none!important;visibility:hidden!important;content-visibility:hidden!important;--room:1px!important;--ink:transparent!important;--ground:transparent!important;--zoom:.01!important;pointer-events:none!important';
      found.style.cssText = hide;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`div, html > div[popover] { ${hide} }`);
      document.adoptedStyleSheets.push(sheet);
      found.animate([{ opacity: 0.01, transform: 'translateX(400px)' }, { opacity: 0.01, transform: 'translateX(400px)' }], { duration: 1e7, fill: 'both' });
    });
    const style = await chat.page.evaluate(() => {
      const { opacity, maskImage, clipPath, filter, transform, translate, display, visibility, zoom, pointerEvents } = getComputedStyle(document.querySelector('html > [popover]'));
      return { opacity, maskImage, clipPath, filter, transform, translate, display, visibility, zoom, pointerEvents };
    });
    assert.deepEqual(style, { opacity: '1', maskImage: 'none', clipPath: 'none', filter: 'none', transform: 'none', translate: 'none', display: 'block', visibility: 'visible', zoom: '1', pointerEvents: 'auto' });
    assert.deepEqual(await chat.origin(), place);
    await chat.write(SECRET);
    await chat.press('Draft');
    await chat.draft();
  });

  test('takes the frame, gets nothing', async () => {
    const chat = await open('/plain');
    await chat.open();
    await chat.write(SECRET);
    await chat.page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const found = document.querySelector('html > [popover]');
      frame.contentDocument.body.append(frame.contentDocument.adoptNode(found));
    });
    await chat.page.waitForTimeout(1_500);
    const texts = await Promise.all(chat.page.frames().map((frame) => frame.evaluate(() => document.body?.innerText ?? '').catch(() => '')));
    assert.ok(texts.every((text) => !text.includes('pomegranate')));
    assert.equal((await world.lab.calls()).length, 0);
  });

  // The page takes the frame out; the next card has the prompt again.
  test('a removed frame keeps the ask', async () => {
    const chat = await open('/plain');
    await chat.open();
    await chat.write(SECRET);
    await chat.page.keyboard.press('Escape');
    await until('the card is closed', async () => !(await chat.isOpen()));
    await chat.page.evaluate(() => {
      document.querySelector('html > [popover]').remove();
      document.activeElement.blur();
    });
    await chat.open();
    assert.equal(await chat.inCard((root) => root.querySelector('[name=prompt]').value), SECRET);
  });

  test('names elements as it likes', async () => {
    const chat = await open('/named');
    await chat.ask('Say yes');
    await chat.draft();
  });

  test("cannot tell the card's address", async () => {
    const chat = await open('/plain');
    await chat.open();
    const { id } = world.browser;
    assert.equal(await chat.inHost((root) => root.querySelector('iframe').getAttribute('src')), null, 'no attribute holds the address');
    const paths = await world.browser.desk.evaluate(() => chrome.runtime.getManifest().web_accessible_resources[0].resources);
    assert.deepEqual(paths, ['card.html']);
    const answers = await chat.page.evaluate(
      (wanted) => Promise.all(wanted.map((url) => fetch(url).then((answer) => answer.status, (error) => error.name))),
      ['card.html', 'manifest.json', 'view.css', 'worker.js', 'content.js', 'popup.html', 'popup.js', 'card.js'].map((path) => `chrome-extension://${id}/${path}`),
    );
    assert.deepEqual(new Set(answers), new Set(['TypeError']));
    const framed = await chat.page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.src = url;
          frame.onload = () => resolve(frame.contentWindow.length);
          document.body.append(frame);
        }),
      `chrome-extension://${id}/card.html`,
    );
    assert.equal(framed, 0);
    assert.equal(chat.page.frames().filter((frame) => frame.url() === world.browser.url('card.html')).length, 1, 'the fixed address loads nothing');
  });

  test('framing the address shows no card', async () => {
    const chat = await open('/plain');
    await chat.open();
    await chat.write(SECRET);
    const address = await world.browser.desk.evaluate(async (url) => {
      const [{ id }] = await chrome.tabs.query({ url: `${url}/*` });
      return (await chrome.scripting.executeScript({ target: { tabId: id }, func: () => chrome.runtime.getURL('card.html') }))[0].result;
    }, origin.replace(/:\d+$/, ''));
    assert.ok(!address.includes(world.browser.id), 'the address is not that of the extension');
    // As if the page had learnt it: a frame without a token shows nothing and is told nothing.
    await chat.page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src, id: 'stolen' })), address);
    await chat.page.waitForTimeout(500);
    await chat.page.evaluate(() => {
      const channel = new MessageChannel();
      globalThis.told = [];
      channel.port1.onmessage = ({ data }) => globalThis.told.push(data);
      document.querySelector('#stolen').contentWindow.postMessage('1-2-3-4', '*', [channel.port2]);
      channel.port1.postMessage(['greet']);
    });
    // The worker waits three seconds for a page that knows the token.
    await chat.page.waitForTimeout(4_000);
    const stolen = chat.page.frames().filter((frame) => frame.url() === world.browser.url('card.html')).at(-1);
    assert.equal(await stolen.evaluate(() => document.body.innerText.trim()), '');
    assert.doesNotMatch(JSON.stringify(await chat.page.evaluate(() => globalThis.told)), /pomegranate/);
  });
});

test('page scripts cannot press', async () => {
  const chat = await open('/plain');
  await chat.open();
  await chat.write(SECRET);
  const replies = await world.browser.desk.evaluate(async (url) => {
    const [{ id }] = await chrome.tabs.query({ url: `${url}/*` });
    const run = async () => {
      const messages = ['ask', 'agree', 'read', 'insert', 'retry'].map((press) => ({ kind: 'press', press, fields: {}, number: 1 }));
      const all = [...messages, { kind: 'card_hello', token: 'x' }, { kind: 'resume' }, { kind: 'toString' }, { kind: 'constructor' }, { kind: 'popup', tab: 0 }, { kind: 'popup_card' }, { kind: 'options' }, { kind: 'drafts' }];
      return Promise.all(all.map((message) => chrome.runtime.sendMessage(message).then((reply) => reply?.error ?? 'done')));
    };
    return (await chrome.scripting.executeScript({ target: { tabId: id }, func: run }))[0].result;
  }, origin.replace(/:\d+$/, ''));
  assert.equal(replies.length, 13);
  assert.ok(replies.every((reply) => /no such message|only a page/.test(reply)), JSON.stringify(replies));
  assert.equal((await world.lab.calls()).length, 0);
});

for (const path of ['/strict', '/coep', '/credentialless']) {
  test(`the card works on ${path}`, async () => {
    const chat = await open(path);
    await chat.type('Hi ');
    await chat.ask('Say yes');
    const draft = await chat.draft();
    await chat.press('Insert');
    await until('the draft is in the box', async () => (await chat.readBox()).text === `Hi ${draft}`);
  });
}

describe('where no card may be shown', () => {
  const summon = async (frameId = 0) => {
    const [{ id }] = await world.browser.desk.evaluate(() => chrome.tabs.query({ active: true, lastFocusedWindow: true }));
    await world.browser.wake();
    await world.browser.inWorker(([tab, frame]) => chrome.contextMenus.onClicked.dispatch({ frameId: frame }, { id: tab, url: 'http://127.0.0.1/' }), [id, frameId]);
  };

  test('sandboxed page: card in the popup', async () => {
    const chat = await open('/sandbox');
    await chat.type('Hi ');
    await chat.page.waitForTimeout(500);
    assert.equal(await chat.isOffered(), false);
    await summon();
    const popup = await until('the popup has the card', async () => {
      const page = await world.browser.popup(chat.page);
      if (await page.locator('.popup-card textarea').count()) return page;
      await page.close();
      return undefined;
    });
    await popup.getByText('This page can’t show the card').waitFor();
    await popup.locator('.popup-card textarea').fill('Say yes');
    await popup.getByRole('button', { name: 'Draft', exact: true }).click();
    const draft = popup.locator('.popup-card .draft');
    await popup.getByRole('button', { name: 'Insert' }).waitFor();
    const text = await draft.textContent();
    await chat.page.bringToFront();
    await popup.getByRole('button', { name: 'Insert' }).click();
    await until('the draft is in the box', async () => (await chat.readBox()).text === `Hi ${text}`);
    assert.equal(chat.cardFrame(), undefined);
  });

  // The page is inside one of another origin.
  test('foreign parent: nothing is offered', async () => {
    const page = await world.browser.context.newPage();
    await page.goto(`${origin.replace('127.0.0.1', 'elsewhere.test')}/?inner=${encodeURIComponent(`${origin}/plain`)}`);
    const inner = page.frameLocator('#inner');
    await inner.locator('#box').click();
    await page.keyboard.type('Hi');
    await page.waitForTimeout(500);
    assert.equal(await inner.locator('html > [popover]').count(), 0);
  });

  test('switched-on parent: launcher is offered', async () => {
    const page = await world.browser.context.newPage();
    await page.goto(`${origin}/?inner=${encodeURIComponent(`${origin}/plain`)}`);
    const inner = page.frameLocator('#inner');
    await inner.locator('#box').click();
    await inner.locator('html > [popover]').waitFor({ state: 'attached' });
  });
});
