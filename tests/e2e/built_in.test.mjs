// The browser's own model. The installed Chromium has the interface and no model, so all but the first test put a stand-in for
// `LanguageModel` into the worker, with the states and the exceptions of the real one.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
afterEach(() => world.reset());
after(() => world.close());

const NAME = "Chrome AI";

/** Puts a model into the present life of the worker: its availability, what it answers, and what it throws where. */
async function model(changes) {
  await world.browser.desk.evaluate(() => chrome.runtime.sendMessage({ kind: 'popup', tab: 0 })); // Wakes the worker.
  await world.browser.inWorker((wanted) => {
    const was = globalThis.standIn ?? { asked: [], sessions: 0 };
    const state = (globalThis.standIn = { ...was, state: 'available', parts: ['Yes, ', 'gladly.'], fails: undefined, ...wanted });
    const thrown = ({ name, message }) => (name === 'QuotaExceededError' ? Object.assign(new Error(message), { name }) : new DOMException(message, name));
    globalThis.LanguageModel = class {
      static availability = async () => state.state;
      static async create({ initialPrompts = [], signal, monitor } = {}) {
        if (state.fails?.at === 'create') throw thrown(state.fails);
        if (state.state === 'downloadable') {
          const target = new EventTarget();
          monitor?.(target);
          for (const loaded of [0, 0.42]) target.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded, total: 1 }));
          await new Promise((resolve) => (state.arrives = resolve));
          if (state.fails?.at === 'download') throw thrown(state.fails);
          state.state = 'available';
        }
        signal?.throwIfAborted();
        state.sessions += 1;
        return Object.assign(new this(), { initialPrompts });
      }
      promptStreaming(turns, { signal }) {
        state.asked.push({ initialPrompts: this.initialPrompts, turns });
        const { parts, fails } = state;
        return new ReadableStream({
          start: (stream) => signal.addEventListener('abort', () => (state.aborted = true) && stream.error(signal.reason)),
          async pull(stream) {
            const at = (this.at = (this.at ?? -1) + 1);
            if (fails?.at === at) return stream.error(thrown(fails));
            if (parts[at] === undefined) return stream.close();
            if (parts[at] === null) return new Promise(() => {}); // It hangs.
            stream.enqueue(parts[at]);
          },
        });
      }
      destroy() {
        state.sessions -= 1;
      }
    };
  }, changes);
}

const standIn = () => world.browser.inWorker(() => ({ asked: standIn.asked, sessions: standIn.sessions, aborted: standIn.aborted }));

/** Presses what has not moved for as long as a press on it would not count. */
async function pressStill(button) {
  let last;
  const holds = async () => {
    const before = last;
    last = JSON.stringify(await button.boundingBox());
    return before === last;
  };
  await button.waitFor();
  await until('it holds still', holds, { every: 400 });
  await button.click();
}

async function choose() {
  const page = await world.browser.options();
  const add = page.getByRole('button', { name: 'Add an AI' });
  if (await add.count()) await add.click();
  await pressStill(page.getByRole('button', { name: NAME, exact: true }));
  return page;
}

/** The model as the only source. */
async function use() {
  await world.browser.removeSources();
  await model({});
  const page = await choose();
  await pressStill(page.getByRole('button', { name: 'Save' }));
  await page.locator('.note', { hasText: 'Saved' }).waitFor();
  await page.close();
}

test('a missing model is reported', async () => {
  const page = await choose();
  await page.locator('[data-cause="local_model_failed"]', { hasText: 'Chrome’s built-in AI can’t run here' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
});

// It needs no key and no address.
test('a present model streams a draft', async () => {
  await use();
  const { settings } = await world.browser.desk.evaluate(() => chrome.storage.local.get('settings'));
  assert.deepEqual(settings.sources.map(({ name, dialect, model: of }) => [name, dialect, of]), [[NAME, 'built_in', 'built-in']]);
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask('Say yes.');
  assert.equal(await chat.draft(), 'Yes, gladly.');
  const { asked } = await standIn();
  assert.deepEqual([asked[0].initialPrompts.map(({ role }) => role), asked[0].turns.map(({ role }) => role)], [['system'], ['user']]);
  assert.match(asked[0].turns[0].content, /Say yes\./);
  await until('the session is over', async () => (await standIn()).sessions === 0);
  await world.inserts(chat, before, 'Yes, gladly.');
  assert.deepEqual(await world.lab.calls(), []);
});

// The progress of the download is shown.
test('a download starts at a press', async () => {
  await world.browser.removeSources();
  await model({ state: 'downloadable' });
  const page = await choose();
  await page.getByText('must download its model first').first().waitFor();
  await page.getByRole('button', { name: 'Download it' }).click();
  await page.getByText('Downloading: 42 %').waitFor();
  await world.browser.inWorker(() => standIn.arrives());
  await page.locator('.note', { hasText: 'It works' }).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.note', { hasText: 'Saved' }).waitFor();
});

test('a broken download can be retried', async () => {
  await world.browser.removeSources();
  await model({ state: 'downloadable', fails: { at: 'download', name: 'NetworkError', message: 'The download was interrupted.' } });
  const page = await choose();
  await page.getByRole('button', { name: 'Download it' }).click();
  await page.getByText('Downloading: 42 %').waitFor();
  await world.browser.inWorker(() => standIn.arrives());
  await page.locator('[data-cause="network_unknown"]').waitFor();
  await page.getByRole('button', { name: 'Test it' }).click();
  await page.getByRole('button', { name: 'Download it' }).waitFor();
});

test('an ask never begins a download', async () => {
  await use();
  await model({ state: 'downloadable' });
  const chat = await world.chat();
  await chat.ask();
  assert.equal((await chat.diagnosis()).cause, 'local_model_failed');
  assert.deepEqual(await world.browser.inWorker(() => standIn.arrives), undefined);
});

test('Stop reaches the model', async () => {
  await use();
  await model({ parts: ['Yes, ', null] });
  const chat = await world.chat();
  await chat.ask();
  await chat.sees('.draft');
  await chat.press('Stop');
  await until('the model was stopped', async () => (await standIn()).aborted);
  assert.equal(await chat.inCard((root) => root.querySelector('.draft').textContent), 'Yes, ');
});

for (const [what, fails, cause] of [
  ['unavailable', { at: 'create', name: 'NotSupportedError', message: 'The device is not eligible for running on-device model.' }, 'local_model_failed'],
  ['forbidden', { at: 'create', name: 'NotAllowedError', message: 'A user permission error occurred, such as not signed-in or not allowed to execute model.' }, 'blocked_by_policy'],
  ['too small', { at: 0, name: 'QuotaExceededError', message: 'The input is too large.' }, 'context_too_long'],
  ['careful', { at: 0, name: 'NotReadableError', message: 'The execution yielded an unsafe response.' }, 'content_filtered'],
  ['gone before words', { at: 0, name: 'InvalidStateError', message: 'The model execution session has been destroyed.' }, 'local_model_failed'],
  ['gone amid words', { at: 1, name: 'InvalidStateError', message: 'The model execution session has been destroyed.' }, 'stream_interrupted'],
]) {
  test(`a model ${what}: ${cause}`, async () => {
    await use();
    await model({ fails });
    const chat = await world.chat();
    await chat.ask();
    const shown = await chat.diagnosis();
    assert.equal(shown.cause, cause);
    if (fails.at === 1) assert.equal(shown.received, 'Yes, ');
  });
}
