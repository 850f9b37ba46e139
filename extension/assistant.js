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
  async keep_draft({ draft, most }) {
    await vault.keepDrafts([draft, ...(await vault.drafts())].slice(0, most));
  },
});
