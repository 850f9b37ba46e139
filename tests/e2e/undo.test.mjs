// A draft that was put into the box can be taken out again, and the box is exactly as before.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { until } from './harness.mjs';
import { MESSENGERS, messengersWorld, openMessenger } from './messengers.mjs';

const UNFINISHED = 'Hi Mara, see you';

let world;
before(async () => {
  world = await messengersWorld('undo');
});
afterEach(() => world.reset());
after(() => world.close());

const undoIsOffered = (chat) => chat.inHost((root) => root.querySelector('.undo').checkVisibility());

/** Asks for a draft and puts it into the box of the messenger. */
async function inserted(messenger) {
  const { chat } = messenger;
  await chat.ask();
  const draft = await chat.draft();
  await chat.press('Insert');
  await messenger.holds(`Hi Mara,${draft} see you`);
  await until('Undo is offered', () => undoIsOffered(chat));
  return draft;
}

for (const [id, name] of MESSENGERS) {
  test(`${name}: Undo restores the box`, async () => {
    const messenger = await openMessenger(world, id, name);
    const { chat, page } = messenger;
    await inserted(messenger);
    await chat.pressUndo();
    await messenger.holds(UNFINISHED);
    await until('Undo is gone', async () => !(await undoIsOffered(chat)));
    assert.ok(await chat.box.evaluate((box) => box.contains(document.activeElement)), 'the box has the focus');
    // The person goes on where they were.
    await page.keyboard.type('!');
    assert.equal((await messenger.model()).length, UNFINISHED.length + 1);
    assert.deepEqual(await world.lab.sent(), []);
  });
}

test('Undo goes once somebody types', async () => {
  const messenger = await openMessenger(world, 'whatsapp');
  await inserted(messenger);
  await messenger.page.keyboard.type('!');
  await until('Undo is gone', async () => !(await undoIsOffered(messenger.chat)));
});

test('Undo by keys alone', async () => {
  const messenger = await openMessenger(world, 'whatsapp');
  const { chat, page } = messenger;
  await inserted(messenger);
  await page.keyboard.press('Tab');
  assert.equal(await chat.inHost((root) => root.activeElement?.className), 'undo');
  await page.keyboard.press('Enter');
  await messenger.holds(UNFINISHED);
  assert.deepEqual(await world.lab.sent(), []);
});

// The page's own way.
test('Ctrl+Z still undoes the draft', async () => {
  const messenger = await openMessenger(world, 'wechat');
  await inserted(messenger);
  await messenger.undo();
  await messenger.holds(UNFINISHED);
});
