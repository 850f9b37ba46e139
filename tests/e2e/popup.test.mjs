// What the popup does with presses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { World, until } from './harness.mjs';

let world;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const withoutFirstButton = (node) => {
  const at = node.children?.findIndex((child) => child.tag === 'button') ?? -1;
  if (at >= 0) return Boolean(node.children.splice(at, 1));
  return Boolean(node.children?.some((child) => typeof child === 'object' && withoutFirstButton(child)));
};

test('a moved button takes no press', async () => {
  await world.lab.fail('invalid_api_key');
  const chat = await world.chat();
  await chat.ask();
  await chat.diagnosis();
  const popup = await world.browser.popup(chat.page);
  const tab = Number(new URL(popup.url()).searchParams.get('tab'));
  const { view } = await world.browser.desk.evaluate((id) => chrome.runtime.sendMessage({ kind: 'popup', tab: id }), tab);
  const tabs = () => world.browser.context.pages().length;
  const before = tabs();

  const keyPage = popup.getByRole('button', { name: 'Make a new key' });
  const { x, y, width, height } = await keyPage.boundingBox();
  // One button less beside it, in the moment in which the finger comes down.
  assert.ok(withoutFirstButton(view.root.children.find(({ tag }) => tag === 'section')), 'there is a button to take away');
  await world.browser.desk.evaluate(([id, changed]) => chrome.runtime.sendMessage({ kind: 'paint_popup', tab: id, view: changed }), [tab, view]);
  await popup.mouse.click(x + width / 2, y + height / 2);
  assert.equal(tabs(), before, 'the press was meant for the button that was there before');

  await until('a press that was aimed opens the page', async () => {
    await keyPage.click();
    return tabs() > before;
  }, { every: 500 });
});
