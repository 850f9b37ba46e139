// The ways on from a failure: the rest of an answer, another source, a later time, a closer look, and a page left over.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';

const ERRORS = /error|interrupted|reset|failed/i;

let world;
before(async () => {
  world = await World.open();
  await world.addSource({ id: 'two', name: 'Second', model: 'lab-large' });
});
afterEach(async () => {
  await world.browser.changeSettings({ fallbacks: [] });
  await world.reset();
});
after(() => world.close());

const settings = () => world.browser.desk.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
const models = async () => (await world.lab.calls()).map(({ model }) => model);

test('a cut answer continues without repeats', async () => {
  await world.lab.fail('stream_reset');
  const chat = await world.chat();
  const box = await chat.readBox();
  await chat.ask('Say yes, gladly.');
  const { received } = await world.explains(chat, { cause: 'stream_interrupted' });
  assert.ok(received.length > 0);
  await chat.press('Continue');
  const draft = await chat.draft();
  assert.ok(draft.startsWith(received) && draft.length > received.length, draft);
  assert.equal(draft.split(received).length, 2, 'the part that had come is there once');
  const [first, second] = await world.lab.calls();
  assert.deepEqual(second.messages.slice(0, first.messages.length), first.messages, 'the ask stays what it was');
  const more = JSON.stringify(second.messages.slice(first.messages.length));
  assert.ok(more.includes(received) && !ERRORS.test(more.replace(received, '')), more);
  await world.inserts(chat, box, draft);
});

// It says who answered, and the first source is back for the next prompt.
test('another source answers at a press', async () => {
  await world.lab.fail('overloaded', { times: 3 });
  const chat = await world.chat();
  await chat.ask();
  await until('the first source is given up', async () => (await chat.buttons()).some(({ label }) => /^Try again/.test(label)), { ms: 15_000 });
  await world.explains(chat, { cause: 'model_overloaded' });
  await chat.press('Answer with Second');
  await chat.draft();
  assert.match(await chat.text(), /Second/, 'it says who answered');
  assert.deepEqual(await models(), ['lab-small', 'lab-small', 'lab-small', 'lab-large']);
  assert.deepEqual((await settings()).fallbacks, [], 'one press is no consent for the next time');
  await chat.press('New draft');
  await until('the first one is asked again', async () => (await models()).length === 5);
  assert.equal((await models()).at(-1), 'lab-small');
});

// The other source answers by itself once the person has chosen that.
test('a standing choice needs no press', async () => {
  await world.lab.fail('overloaded', { times: 3 });
  const chat = await world.chat();
  await chat.ask();
  await until('always is offered', async () => (await chat.buttons()).some(({ label }) => label === 'Always use Second for this'), { ms: 15_000 });
  await chat.press('Always use Second for this');
  await chat.draft();
  assert.deepEqual((await settings()).fallbacks, [{ cause: 'model_overloaded', source: 'two' }]);
  await world.reset();
  await world.lab.fail('overloaded', { times: 3 });
  const later = await world.chat();
  await later.ask();
  await later.draft({ ms: 15_000 });
  assert.deepEqual(await models(), ['lab-small', 'lab-small', 'lab-small', 'lab-large']);
});

// It opens in hours, and nobody has to watch.
test('a cap can be waited out', async () => {
  await world.lab.fail('usage_cap');
  const chat = await world.chat();
  await chat.ask();
  await world.explains(chat, { cause: 'usage_cap_reached' });
  const offered = (await chat.buttons()).find(({ label }) => /^Try (at|on) /.test(label));
  assert.ok(offered, 'the reminder is offered');
  const clocks = await world.browser.desk.evaluate(() => [-1, 0, 1].map((minutes) => new Date(Date.now() + (3 * 60 + 42 + minutes) * 60_000)
    .toLocaleTimeString(chrome.i18n.getUILanguage(), { hour: 'numeric', minute: '2-digit' })));
  assert.ok(clocks.some((time) => offered.label.endsWith(time)), `${offered.label}: by the clock of the person, ${clocks}`);
  await chat.press(offered.label);
  await chat.sees('.countdown');
  const alarm = await until('an alarm is set', () => world.browser.desk.evaluate(() => chrome.alarms.get('wake')));
  assert.ok(alarm.scheduledTime > Date.now() + 60_000);
  assert.equal((await world.lab.calls()).length, 1);
  const asleep = await world.browser.desk.evaluate(async () => JSON.stringify(await chrome.storage.local.get('lasting')));
  assert.ok(asleep.includes('sealed') && !asleep.includes('gladly'), 'what outlives the browser is sealed');
});

// An undecided failure is looked into, and the banner changes in place.
test('a probe updates the banner', async () => {
  await world.lab.fail('guarded', { times: -1 });
  const chat = await world.chat();
  await chat.ask();
  await until('the look has changed the cause', async () => (await chat.diagnosis()).cause === 'bot_challenge');
  await world.explains(chat, { cause: 'bot_challenge' });
  assert.match(await chat.text(), /Checked just after: the service wants a bot check/);
  assert.equal((await world.lab.calls()).length, 1, 'a look is no second call');
});

// A page left over from an older copy of the extension says what to do.
// The look at the host has told nothing new: what helps is a call.
for (const fault of ['forbidden', 'captive_portal', 'html_reply']) {
  test(`${fault}: a retry asks again`, async () => {
    await world.lab.fail(fault, { times: -1 });
    const chat = await world.chat();
    await chat.ask();
    await chat.diagnosis();
    await until('the look is over', () => chat.inCard((root) => root.querySelector('[data-cause]') && !root.querySelector('.working')));
    await world.lab.healthy();
    await chat.retry();
    await chat.draft();
    assert.deepEqual(await models(), ['lab-small', 'lab-small']);
  });
}

test('an orphaned page keeps the text', async () => {
  const lonely = await World.open();
  try {
    const chat = await lonely.chat();
    const box = await chat.readBox();
    await chat.open();
    await chat.write('Tell Mara that Friday suits me.');
    const { desk } = lonely.browser;
    await desk.evaluate(() => chrome.runtime.reload()).catch(() => {});
    await chat.page.bringToFront();
    await chat.becomesCutOff(() => chat.press('Draft'));
    assert.match(await chat.notice(), /Reload this page to go on/);
    assert.doesNotMatch(await chat.notice(), /Friday/, 'the page could read what is shown in it');
    await lonely.browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: lonely.lab.origin });
    await chat.pressNotice('Copy my text');
    await chat.box.focus();
    await until('the text is on the clipboard', async () => (await chat.page.evaluate(() => navigator.clipboard.readText())) === 'Tell Mara that Friday suits me.');
    assert.equal((await chat.readBox()).text, box.text);
    assert.equal((await lonely.lab.calls()).length, 0);
  } finally {
    await lonely.close();
  }
});
