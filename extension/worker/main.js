// The worker. Everything that wakes it is registered at once; what it does then is in the other files, and put together here.
import * as cards from './cards.js';
import * as channels from './channels.js';
import * as drafts from './drafts.js';
import * as engine from './engine.js';
import { switchOnAgain } from './extensions.js';
import { bringUp } from './format.js';
import * as health from './health.js';
import * as troubleshooter from './troubleshooter.js';
import { receive } from './messages.js';
import * as notify from './notify.js';
import * as popup from './popup.js';
import * as report from './report.js';
import { keptSettings, policy } from './configuration.js';
import * as settings from './settings.js';
import * as sites from './sites.js';
import * as vault from './vault.js';
import * as watch from './watch.js';

const { ready } = engine;
const { policyChanged, registerSites, showAgain, SHOWN_AGAIN } = sites;

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  // A reply says that the message was heard, even where there is nothing to say.
  ready.then(() => receive(message, sender)).then((told) => reply(told ?? null), (error) => reply({ error: String(error?.message ?? error) }));
  return true;
});

chrome.alarms.onAlarm.addListener(({ name }) => void (name === SHOWN_AGAIN ? ready.then(showAgain) : engine.rang()));

chrome.commands.onCommand.addListener((_command, tab) => void cards.summon(tab, 0));

chrome.contextMenus.onClicked.addListener((info, tab) => void cards.summon(tab, info.frameId ?? 0, info.frameUrl));

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  chrome.contextMenus.create({ id: 'draft', title: chrome.i18n.getMessage('menu_draft'), contexts: ['editable'] });
  if (reason === 'install') chrome.tabs.create({ url: 'welcome.html' });
  await ready;
  await registerSites();
});

// A life of the browser begins. The policy may be another one than when the scripts were registered.
chrome.runtime.onStartup.addListener(async () => {
  await vault.dropAside();
  await ready;
  await registerSites();
});

notify.listen((source) => ready.then(() => channels.mail(source)));

chrome.permissions.onAdded.addListener(() => void ready.then(() => engine.perform(engine.core.access_granted())));

chrome.storage.managed.onChanged.addListener(policyChanged);

// Measured: a sleeping worker hears neither `online` nor `offline`; one that is awake may.
self.addEventListener('online', () => ready.then(() => engine.perform(engine.core.online())));

watch.listenFromTheStart();

// Looked up while the core is loading.
const left = findLeft();

engine.begin({
  effects: {
    ...engine.effects,
    ...settings.effects,
    ...sites.effects,
    ...cards.effects,
    ...drafts.effects,
    ...health.effects,
    ...notify.effects,
    ...channels.effects,
    ...troubleshooter.effects,
    ...report.effects,
    ...watch.effects,
    async send({ attempt_id, source, prompt, begun }) {
      const { key, mark } = await vault.keyAndMark(source);
      engine.core.send(attempt_id, source, prompt, begun, key, mark);
    },
    check_health: async ({ source }) => engine.core.check_health(source, await vault.key(source)),
    probe: ({ attempt_id }) => engine.core.probe(attempt_id),
    keep: ({ durable }) => vault.keepLasting(durable),
    ask_control: () => engine.core.ask_control(),
    open_page: ({ url }) => chrome.tabs.create({ url }),
    open_options: () => chrome.runtime.openOptionsPage(),
  },
  settled() {
    cards.releaseIdle();
    popup.refresh();
    troubleshooter.refresh();
  },
  first: takeUp,
});

ready.then(switchOnAgain);

/** What the last life of the worker, or of the browser, has left behind, and what holds now. */
async function findLeft() {
  // Content scripts are shut out of every storage area before the first write.
  const areas = /** @type {const} */ (['local', 'session', 'sync', 'managed']);
  await Promise.all(areas.map((area) => chrome.storage[area].setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })));
  await bringUp();
  const [set, journal, settings, health] = await Promise.all([policy(), engine.journal(), keptSettings(), vault.health()]);
  // A browser that has just started has no journal: what the last one left behind is taken over.
  const inherited = journal === undefined ? await vault.lasting() : undefined;
  return { set, journal, settings, health, inherited };
}

async function takeUp() {
  const { set, journal, settings, health, inherited } = await left;
  engine.core.govern(set);
  engine.core.take_health(health, Math.random());
  const known = journal === undefined ? new Uint8Array() : engine.fromBase64(journal);
  const effects = engine.core.start(known, settings, Math.random(), inherited);
  if (engine.core.is_damaged()) await chrome.storage.session.set({ damaged_journal: journal });
  watch.follow();
  return effects;
}
