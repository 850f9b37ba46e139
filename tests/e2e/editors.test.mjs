// Drafts land in the editors that messengers are made with: the real ones, each asked for its own model.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { World, until } from './harness.mjs';
import { EditorPage } from './page.mjs';
import { buildPages } from './pages/build.mjs';

const EDITORS = {
  Lexical: 'whatsapp',
  Slate: 'discord',
  'Draft.js': 'x',
  ProseMirror: 'prosemirror',
  'Quill 2': 'quill_2',
  'Quill 1': 'slack',
  CKEditor: 'teams',
  'an editable element': 'telegram_k',
  'an editable element of paragraphs': 'linkedin',
  'a text area': 'file_transfer',
};

const DRAFTS = {
  'one line': 'Sounds good, I will be there.',
  'several lines': 'First line\nSecond line\nThird line',
  'paragraphs, list, spaces': 'Dear Mara,\n\nI can bring:\n  - two  cakes\n  - tea\n\n\nSee you',
  'combined emoji': 'Great 🎉 see you 👨‍👩‍👧‍👦',
  'Chinese and Japanese': '好的，明天见。\n了解しました',
  'French no-break spaces': 'À demain\u00a0! «\u00a0Oui\u202f»',
  'right-to-left text': 'نعم، أراك غدا\nשלום',
  'markup as text': '<b>no</b> & *stars* <img src=x>',
  'a number': '42',
};

let world;
before(async () => {
  world = await World.open({}, { fixtures: await buildPages('editors') });
});
afterEach(() => world.reset());
after(() => world.close());

const open = (name, options) => EditorPage.open(world.browser, `${world.lab.origin}/fixtures/${name}.html`, options);

/** In the page: half of what is pasted is let in. */
function halve() {
  const pasted = (event) => {
    document.removeEventListener('paste', pasted, true);
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = event.clipboardData.getData('text/plain');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text.slice(0, text.length / 2));
    const taken = !event.target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    if (!taken) document.execCommand('insertText', false, clipboardData.getData('text/plain'));
  };
  document.addEventListener('paste', pasted, true);
}

for (const [editor, name] of Object.entries(EDITORS)) {
  describe(editor, () => {
    for (const [kind, draft] of Object.entries(DRAFTS)) {
      // The editor's own model holds exactly the draft at the caret, and undo takes it out.
      test(`inserts and undoes ${kind}`, async () => {
        const page = await open(name);
        assert.equal(await page.insert(draft), true);
        // The browser itself as an editor, and CKEditor in any paste, decide which spaces break.
        const held = /^(an editable|CKEditor)/.test(editor) ? draft.replaceAll('\u00a0', ' ') : draft;
        assert.equal(await page.model(), `Hi Mara,${held} see you`);
        await page.undo();
        await page.holds('Hi Mara, see you');
        assert.deepEqual(await world.lab.sent(), []);
      });
    }

    // The first one goes into an empty box.
    test('a second draft follows the first', async () => {
      const page = await open(name, { text: '' });
      assert.equal(await page.insert('One\ntwo'), true);
      assert.equal(await page.model(), 'One\ntwo');
      assert.equal((await page.tell({ kind: 'insert', text: ' three' })).done, true);
      assert.equal(await page.model(), 'One\ntwo three');
      assert.deepEqual(await world.lab.sent(), []);
    });

    test('replaces the text, undo restores it', async () => {
      const page = await open(name);
      await page.openCard();
      const { text } = await page.tell({ kind: 'read_box' });
      assert.equal(text, 'Hi Mara, see you');
      assert.deepEqual(await page.tell({ kind: 'insert', text: 'Dear Mara,\n\nsee you', replaced: text }), { done: true });
      await page.holds('Dear Mara,\n\nsee you');
      await page.undo();
      await page.holds('Hi Mara, see you');
      assert.deepEqual(await world.lab.sent(), []);
    });

    const isPasted = name !== 'file_transfer';
    // The page lets in only half of the draft.
    if (isPasted) test('a half-taken paste is undone', async () => {
      const page = await open(name);
      await page.page.evaluate(halve);
      assert.equal(await page.insert('First line\nSecond line'), false);
      await page.holds('Hi Mara, see you');
      assert.deepEqual(await world.lab.sent(), []);
    });

    // The card comes for it while the editor takes the draft: the first Quill needs the focus then, and Undo needs it after.
    test('a late focus spoils nothing', async () => {
      const page = await open(name);
      await page.openCard();
      const inserted = page.tell({ kind: 'insert', text: 'First line\nSecond line' });
      await until('the box has the focus', async () => (await page.chat.readBox()).focused);
      await page.chat.inHost((root) => root.querySelector('iframe').focus());
      assert.deepEqual(await inserted, { done: true });
      await page.undo();
      await page.holds('Hi Mara, see you');
    });

    test('from card to box', async () => {
      const page = await open(name);
      await page.chat.ask();
      const draft = await page.chat.draft();
      await page.chat.press('Insert');
      const left = 'Hi Mara,';
      await until('the model holds the draft', async () => (await page.model()) === `${left}${draft} see you`);
      assert.deepEqual(await world.lab.sent(), []);
    });
  });
}

// It brings the card, and the draft lands in the editor.
test('shortcut inserts on a switched-off page', async () => {
  const page = await EditorPage.open(world.browser, `http://elsewhere.test:${world.lab.ports.http}/fixtures/discord.html`);
  assert.equal(await page.page.locator('html > [popover]').count(), 0);
  await page.summon();
  await page.chat.write('Say yes, gladly.');
  await page.chat.press('Draft');
  const draft = await page.chat.draft();
  await page.chat.press('Insert');
  await page.holds(`Hi Mara,${draft} see you`);
  assert.deepEqual(await world.lab.sent(), []);
});

// Many sites send what the browser says that their box shows, which has a line too many where each line is a block of its own.
test('empty lines are shown once', async () => {
  const chat = await world.chat({ text: '' });
  await chat.open();
  const page = new EditorPage(world.browser, chat);
  assert.deepEqual(await page.tell({ kind: 'insert', text: 'Dear Mara,\n\nsee you\nSam' }), { done: true });
  assert.equal((await chat.readBox()).text, 'Dear Mara,\n\nsee you\nSam');
});
