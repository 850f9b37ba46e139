// What the assistant reads of a page, at a press of the person's, and the drafts that it keeps.
Object.assign(EFFECTS, {
  async read_box({ surface }) {
    const reply = await tell(surface, { kind: 'read_box' }).catch(() => undefined);
    await step({ box_read: { surface, text: reply?.text ?? '' } });
  },
  async read_messages({ surface, count }) {
    const reply = await tell(surface, { kind: 'read_messages', count }).catch(() => undefined);
    await step({ messages_read: { surface, messages: reply?.messages ?? [] } });
  },
  async keep_leave_to_read() {
    const { settings = {} } = await chrome.storage.local.get('settings');
    await chrome.storage.local.set({ settings: { ...settings, assistant: { ...settings.assistant, may_read: true } } });
  },
  keep_draft: ({ draft, most }) => changeDrafts((drafts) => [draft, ...drafts].slice(0, most)),
});

Object.assign(OPTIONS_EFFECTS, {
  erase_drafts: () => changeDrafts(() => []),
});

// One change after the other, so that none is lost.
let changing = Promise.resolve();
function changeDrafts(change) {
  changing = changing.catch(() => {}).then(async () => vault.keepDrafts(change(await vault.drafts())));
  return changing;
}

const draftsView = async () => wasm_bindgen.drafts_view(await vault.drafts());

Object.assign(PAGES, {
  async drafts() {
    wasm_bindgen.drafts_open();
    return { view: await draftsView() };
  },
  async drafts_press({ press }) {
    let effect;
    await changeDrafts((drafts) => {
      effect = wasm_bindgen.drafts_press(press, drafts);
      return effect?.keep_drafts?.drafts ?? drafts;
    });
    return { view: await draftsView(), copy: effect?.copy?.text };
  },
});
