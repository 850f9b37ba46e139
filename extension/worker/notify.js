// Notifications of the browser. Their permission is optional, so that their API may be missing.
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
    await chrome.notifications?.create(OUTAGE + source, {
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
  const tab = await chrome.tabs.update(Number(id), { active: true });
  if (tab) await chrome.windows.update(tab.windowId, { focused: true });
}

/**
 * The API comes with the permission, and has to be listened to from the start of a worker.
 * @param {(source: string) => unknown} mail Offers a mail about the outage of a source, if that is wanted.
 */
export function listen(mail) {
  /** @param {string} id */
  const opened = (id) => void open(id, mail);
  const add = () => chrome.notifications?.onClicked.addListener(opened);
  add();
  chrome.permissions.onAdded.addListener(({ permissions }) => void (permissions?.includes('notifications') && add()));
}
