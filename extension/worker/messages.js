// Who may say what to the worker, and who hears it.
import { leave, receiveFromCard } from './cards.js';
import * as drafts from './drafts.js';
import { core, perform } from './engine.js';
import * as cardFrames from './card_frames.js';
import * as health from './health.js';
import * as troubleshooter from './troubleshooter.js';
import * as options from './options.js';
import * as popup from './popup.js';
import * as report from './report.js';
import { adaptersOf, isPage, siteOf, frameOf } from './tabs.js';
import * as watch from './watch.js';

/**
 * What only a page of this extension may ask for.
 * @type {Record<string, (message: any) => unknown>}
 */
const PAGES = { ...popup.messages, ...options.messages, ...drafts.messages, ...health.messages, ...troubleshooter.messages, ...report.messages };

/** @param {chrome.runtime.MessageSender} sender */
const ownPage = (sender) => sender.url?.startsWith(chrome.runtime.getURL(''));

/**
 * Hears one message; what it gives is the reply.
 * @param {Message} message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function receive(message, sender) {
  const { kind, tab, frame, press, fields = {}, memory } = message;
  if (sender.id !== chrome.runtime.id) throw new Error('this message comes from another extension');
  if (cardFrames.isCard(sender)) return receiveFromCard(message, sender);
  if (Object.hasOwn(PAGES, kind)) {
    if (!ownPage(sender)) throw new Error('only a page of this extension may ask for this');
    return PAGES[kind]({ tab, frame, press, fields, memory, page: sender.documentId, guided: sender.url === chrome.runtime.getURL('welcome.html') });
  }
  if (kind === 'adapters') return adaptersOf(sender);
  if (kind === 'gone' && isPage(sender)) return void leave(frameOf(sender));
  if (!isPage(sender) || sender.documentLifecycle !== 'active') throw new Error('this message needs a page that is shown in a tab');
  return receiveFromPage(message, sender);
}

/**
 * @param {Message} message
 * @param {import('./tabs.js').PageSender} sender
 */
async function receiveFromPage(message, sender) {
  const { kind, token, fields } = message;
  const frame = frameOf(sender);
  if (await watch.receive(message, frame, sender)) return;
  if (kind === 'card') return void (await cardFrames.expect(frame, token));
  if (kind === 'text_kept') {
    await cardFrames.expect(frame, token);
    return perform(core.text_kept(frame, String(fields?.text)));
  }
  if (kind !== 'open') throw new Error('no such message');
  await cardFrames.expect(frame, token);
  await perform(core.opened(frame, siteOf(sender) ?? ''));
  const missed = (await adaptersOf(sender)).find(({ id }) => id === fields?.missed);
  if (missed?.name) await perform(core.box_missed(frame, missed.name));
  // Where the page cannot have the card, the popup answers.
  if (typeof token !== 'string') await chrome.action.openPopup({ windowId: sender.tab.windowId }).catch(() => {});
}
