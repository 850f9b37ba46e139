// The worker is killed at every point of a call, five times each: no ask is lost, none is sent twice, and what became of it is
// on the card within two seconds of the next life.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

const ROUNDS = 5;
const ASK = 'Say yes, gladly.';
const SOON = { ms: 10_000 };

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

/** What the worker calls of the browser at each of these points, and how it is told from its other calls. */
const POINTS = {
  journal: { api: 'chrome.storage.session.set', when: (entries) => 'journal' in entries },
  send: { api: 'fetch', when: (request) => new URL(request.url ?? request).pathname.endsWith('/chat/completions') },
  paint: { api: 'chrome.tabs.sendMessage', when: (_tab, { kind, view }) => kind === 'paint' && JSON.stringify(view).includes('"insert"') },
};

/** The worker stops for good when it comes to this point, after it has passed it so many times. */
const stopAt = (point, { passes = 0 } = {}) =>
  world.browser.inWorker(`(() => {
    const meant = ${POINTS[point].when};
    const call = ${POINTS[point].api};
    let passed = 0;
    ${POINTS[point].api} = (...args) => {
      if (!meant(...args) || passed++ < ${passes}) return call(...args);
      globalThis.stopped = true;
      return new Promise(() => {});
    };
  })()`);

const stopped = () => until('the worker has come to the point', () => world.browser.inWorker(() => globalThis.stopped === true));

const calls = async () => (await world.lab.calls()).length;

const called = (count) => until(`the lab was called ${count} times`, async () => (await calls()) === count);

async function opened() {
  const chat = await world.chat();
  await chat.open();
  await chat.write(ASK);
  return chat;
}

/** The card says within two seconds that it was interrupted, nothing was sent by itself, and the ask is there to be tried again. */
async function isTold(chat, sent) {
  const shown = await chat.diagnosis(SOON);
  assert.equal(shown.cause, 'extension_restarted');
  assert.equal(await calls(), sent);
  await chat.retry();
  const draft = await chat.draft();
  const all = await world.lab.calls();
  assert.equal(all.length, sent + 1, 'one press is one call');
  assert.ok(all.every(({ messages }) => JSON.stringify(messages).includes(ASK)), 'the ask is whole');
  return { shown, draft };
}

function dies(name, round) {
  test(`the worker dies ${name}`, { timeout: 120_000 }, async () => {
    for (let n = 1; n <= ROUNDS; n += 1) {
      await round();
      if (n < ROUNDS) await world.reset();
    }
  });
}

dies('before journaling', async () => {
  const chat = await opened();
  await stopAt('journal');
  await chat.press('Draft');
  await stopped();
  await world.browser.killWorker();
  await chat.draft(SOON);
  assert.equal(await calls(), 1);
});

// The ask is written down and not yet sent.
dies('before sending', async () => {
  const chat = await opened();
  await stopAt('send');
  await chat.press('Draft');
  await stopped();
  await world.browser.killWorker();
  await isTold(chat, 0);
});

dies('after the headers', async () => {
  await world.lab.fail('stream_headers_only');
  const chat = await opened();
  await chat.press('Draft');
  await called(1);
  await chat.sees('.run');
  await world.browser.killWorker();
  await isTold(chat, 1);
});

dies('during an answer', async () => {
  await world.lab.fail('stream_stalled');
  const chat = await opened();
  await chat.press('Draft');
  await chat.sees('.draft');
  const begun = await until('some words are there', () => chat.inCard((root) => root.querySelector('.draft')?.textContent));
  await world.browser.killWorker();
  const shown = await chat.diagnosis(SOON);
  assert.equal(shown.cause, 'extension_restarted');
  assert.ok(shown.received.length > 0 && shown.received.startsWith(begun.slice(0, 4)), 'what had arrived is kept');
  assert.equal(await calls(), 1);
  await chat.press('Continue');
  await chat.draft();
  assert.equal(await calls(), 2);
});

// The last word is there, and the page has not heard of it yet.
dies('after the answer', async () => {
  const chat = await opened();
  await stopAt('paint');
  await chat.press('Draft');
  await stopped();
  await world.browser.killWorker();
  await chat.draft(SOON);
  assert.equal(await calls(), 1);
});

dies('during a backoff', async () => {
  await world.browser.changeSettings({ policy: { backoff: { base_ms: 8_000, cap_ms: 8_000 } } });
  const chat = await waitingLong();
  await world.browser.killWorker();
  await chat.draft({ ms: 20_000 });
  assert.equal(await calls(), 2, 'the failed call, and the one attempt after it');
  await world.browser.changeSettings({ policy: {} });
});

/** A chat whose call waits for its next attempt. Waits are drawn evenly from zero on: a short one would be over before the worker is dead. */
async function waitingLong() {
  for (;;) {
    await world.lab.fail('server_error');
    const chat = await opened();
    await chat.press('Draft');
    await called(1);
    await chat.sees('[data-cause]');
    const left = (await chat.inCard((root) => Number(root.querySelector('[data-until]')?.dataset.until ?? 0))) - Date.now();
    if (left > 2_000) return chat;
    await world.reset();
  }
}

dies('during a failover', async () => {
  await world.addSource({ id: 'two', name: 'Second' }, [{ cause: 'model_overloaded', source: 'two' }]);
  await world.lab.fail('overloaded', { times: 3 });
  const chat = await opened();
  await stopAt('send', { passes: 3 });
  await chat.press('Draft');
  await stopped();
  await world.browser.killWorker();
  await isTold(chat, 3);
});

// The worker dies again and again in one long wait; the alarm ends the wait on time.
test(`an alarm outlives ${ROUNDS} worker deaths`, { timeout: 120_000 }, async () => {
  await world.lab.fail('rate_limited', { retry_after: 32 });
  const chat = await world.chat();
  await chat.ask();
  const { headline } = await chat.diagnosis();
  for (let n = 1; n < ROUNDS; n += 1) {
    await world.browser.killWorker();
    const popup = await world.browser.popup(chat.page);
    await until('the popup shows the failure', () => popup.getByText(headline).first().isVisible(), SOON);
    await popup.close();
  }
  await chat.page.bringToFront();
  await world.browser.killWorker();
  assert.equal(await calls(), 1);
  await chat.draft({ ms: 60_000 });
  const [first, second, ...more] = await world.lab.calls();
  assert.deepEqual(more, []);
  assert.ok(second.at_ms - first.at_ms >= 32_000, `the second call came after ${second.at_ms - first.at_ms} ms`);
});

// So a message ends that meets a death before any listener has run: measured, with nothing, or with this error.
const UNHEARD = { nothing: undefined, 'nobody there': 'Could not establish connection. Receiving end does not exist.' };

/** In a page of the extension: the next message of this kind comes to an end that way. */
function lose([kind, error]) {
  const { sendMessage } = chrome.runtime;
  chrome.runtime.sendMessage = (message) => {
    if (message.kind !== kind) return sendMessage.call(chrome.runtime, message);
    chrome.runtime.sendMessage = sendMessage;
    globalThis.wasLost = true;
    return error ? Promise.reject(new Error(error)) : Promise.resolve(undefined);
  };
}

for (const [end, error] of Object.entries(UNHEARD)) {
  test(`an unheard ask goes out (${end})`, async () => {
    const chat = await world.chat();
    await chat.open();
    await chat.write(ASK);
    await chat.cardFrame().evaluate(lose, ['press', error]);
    await chat.press('Draft');
    await chat.draft();
    assert.ok(await chat.cardFrame().evaluate(() => globalThis.wasLost));
    assert.equal(await calls(), 1);
  });

  test(`an unheard options press counts (${end})`, async () => {
    const page = await world.browser.options();
    await page.evaluate(lose, ['options_press', error]);
    await page.getByRole('button', { name: 'Add an AI' }).click();
    await page.getByRole('button', { name: 'Anthropic' }).first().waitFor();
    assert.ok(await page.evaluate(() => globalThis.wasLost));
  });
}
