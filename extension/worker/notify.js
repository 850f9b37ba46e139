// Notifications of the browser. Their permission is optional, so that their API may be missing.
import { core, perform, ready } from './engine.js';
import { isInSight } from './tabs.js';

const OUTAGE = 'outage ';

/** @satisfies {Partial<Performers>} */
export const effects = {
  async notify({ frame, answered }) {
    if (!chrome.notifications || (await isInSight(frame.tab))) return;
    await chrome.notifications.create(String(frame.tab), {
      type: 'basic',
      iconUrl: 'icons/icon-128.png',
      title: chrome.i18n.getMessage(answered ? 'notify_answered' : 'notify_failed'),
      message: chrome.i18n.getMessage(answered ? 'notify_answered_more' : 'notify_failed_more'),
    });
  },
  async tell_outage({ source, is_over, mails }) {
    const more = mails ? 'notify_outage_mail' : 'notify_outage_more';
    const buttons = ['action_retry', 'notify_open'].map((key) => ({ title: chrome.i18n.getMessage(key) }));
    await chrome.notifications?.create(OUTAGE + source, {
      ...(!is_over && { buttons }),
      type: 'basic',
      iconUrl: 'icons/icon-128.png',
      title: chrome.i18n.getMessage(is_over ? 'notify_answers_again' : 'notify_outage', [source]),
      message: chrome.i18n.getMessage(is_over ? 'notify_answers_again_more' : more),
    });
  },
};

/**
 * The id of a notification is that of the tab it leads to, or names an outage.
 * @param {string} id
 * @param {(source: string) => unknown} mail
 */
async function open(id, mail) {
  chrome.notifications.clear(id);
  if (id.startsWith(OUTAGE)) return mail(id.slice(OUTAGE.length));
  await show(Number(id));
}

/** @param {number} id */
async function show(id) {
  const tab = await chrome.tabs.update(id, { active: true });
  if (tab) await chrome.windows.update(tab.windowId, { focused: true });
}

/**
 * A button under an outage: the request that failed is shown, and with the first of them tried again. Where its page is gone, the
 * outage itself is shown.
 * @param {string} id
 * @param {number} index
 */
async function press(id, index) {
  chrome.notifications.clear(id);
  await ready;
  const frame = core.failed_at(id.slice(OUTAGE.length));
  if (!frame) return chrome.tabs.create({ url: 'health.html' });
  await show(frame.tab);
  if (index === 0) await perform(core.pressed(frame, 'retry'));
}

/**
 * The API comes with the permission, and has to be listened to from the start of a worker.
 * @param {(source: string) => unknown} mail Offers a mail about the outage of a source, if that is wanted.
 */
export function listen(mail) {
  /** @param {string} id */
  const opened = (id) => void open(id, mail);
  /** @param {string} id @param {number} index */
  const pressed = (id, index) => void press(id, index);
  const add = () => {
    chrome.notifications?.onClicked.addListener(opened);
    chrome.notifications?.onButtonClicked.addListener(pressed);
  };
  add();
  chrome.permissions.onAdded.addListener(({ permissions }) => void (permissions?.includes('notifications') && add()));
}
