// The live demo: a chat in which nothing is real but the card and its engine.
import { paint } from '../extension/pages/paint.js';
import { begin, core, perform } from './demo/core.js';
import { service } from './demo/service.js';

const FRAME = { tab: 1, id: 0, document: 'demo' };
const source = { rules: {}, model: 'm' };
const settings = {
  agreed: 1,
  sources: [
    { ...source, id: 'openai', name: 'OpenAI', dialect: 'openai', base_url: 'https://api.openai.com/v1' },
    { ...source, id: 'claude', name: 'Claude', dialect: 'anthropic', base_url: 'https://api.anthropic.com/v1' },
  ],
  fallbacks: /** @type {object[]} */ ([]),
};

/**
 * @param {string} id
 * @returns {any}
 */
const part = (id) => document.getElementById(id);
const [box, wire, opened, network] = ['box', 'wire', 'opened', 'network'].map(part);
const { prompt, answer, long } = wire.dataset;

/** @param {string} told */
function note(told) {
  wire.append(Object.assign(document.createElement('li'), { textContent: told }));
  wire.scrollTop = wire.scrollHeight;
}

const world = service({ answer, long, note });
let presses = 0;
const show = paint(part('stage'), (press, fields) => send(core.pressed(FRAME, press, fields, ++presses)), { movesByItself: true });

/** @param {Effect[]} effects */
const send = (effects) => perform(effects);
const draw = () => void show(core.card_view(FRAME));

/** @param {string} page What the extension would have opened. */
function open(page) {
  opened.querySelector('p').textContent = opened.dataset.told.replace('{page}', page);
  opened.hidden = false;
  part('back').focus();
}

/** @type {number | undefined} */
let alarm;

/** @type {Performers} */
const effects = {
  journal: () => {},
  keep: () => {},
  keep_draft: () => {},
  keep_leave_to_read: () => {},
  keep_hidden: () => {},
  keep_health: () => {},
  check_health: () => {},
  ask_control: () => {},
  tell_outage: () => {},
  post: () => {},
  notify: () => {},
  look_up: () => {},
  send: ({ attempt_id, source, prompt, begun }) => core.send(attempt_id, source, prompt, begun, 'demo', 0),
  probe: ({ attempt_id }) => core.probe(attempt_id),
  wake_at: ({ at_ms }) => {
    clearTimeout(alarm);
    alarm = setTimeout(() => send(core.woke()), Math.min(Math.max(0, at_ms - Date.now()), 2 ** 31 - 1));
  },
  paint: draw,
  keep_fallback: ({ fallback }) => {
    settings.fallbacks.push(fallback);
    return send(core.configured(settings));
  },
  keep_source: () => {},
  read_box: () => send(core.box_read(FRAME, box.value)),
  read_messages: () => send(core.messages_read(FRAME, [])),
  insert: ({ text }) => {
    box.value = text;
    box.focus();
    return send(core.inserted(FRAME, true));
  },
  copy: ({ text }) => navigator.clipboard?.writeText(text).catch(() => {}),
  copy_report: () => open('report.html'),
  open_page: ({ url }) => open(url.replace(/^https?:\/\//, '')),
  open_own_page: ({ path }) => open(path.replace(/[?#].*/, '')),
  open_options: () => open('options.html'),
  open_troubleshooter: () => open('troubleshooter.html'),
  reload_page: () => {},
  reload_keeping: () => {},
};

/** @param {boolean} on */
function connect(on) {
  network.ariaChecked = String(on);
  world.connect(on);
}

/** @param {HTMLButtonElement} chosen */
async function choose(chosen) {
  for (const button of part('faults').querySelectorAll('button')) button.ariaPressed = String(button === chosen);
  opened.hidden = true;
  wire.replaceChildren();
  box.value = '';
  world.mend();
  clearTimeout(alarm);
  await send(core.gone(FRAME));
  settings.fallbacks.length = 0;
  // Each fault meets an engine that knows nothing of the one before.
  await send(core.start(new Uint8Array(), settings, Math.random(), undefined));
  world.breakIt(chosen.value);
  network.ariaChecked = String(world.isOnline());
  await send(core.opened(FRAME, world.site));
  await send(core.pressed(FRAME, 'ask', { prompt: chosen.value === 'long' ? long : prompt }, ++presses));
}

async function start() {
  await begin(effects, world.network);
  await send(core.start(new Uint8Array(), settings, Math.random(), undefined));
  part('faults').addEventListener('click', (/** @type {MouseEvent} */ { target }) => {
    const button = /** @type {Element} */ (target).closest('button');
    if (button) choose(button);
  });
  part('launch').addEventListener('click', () => send(core.opened(FRAME, world.site)));
  part('back').addEventListener('click', () => {
    opened.hidden = true;
    world.mend();
    part('stage').querySelector('.card')?.focus();
    send(core.returned(FRAME));
  });
  network.addEventListener('click', () => {
    connect(network.ariaChecked === 'false');
    if (world.isOnline()) send(core.online());
  });
  part('compose').addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    part('said').append(Object.assign(document.createElement('p'), { className: 'mine', textContent: box.value }));
    box.value = '';
  });
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && part('stage').contains(document.activeElement)) send(core.pressed(FRAME, 'close', {}, ++presses));
  });
  document.body.dataset.ready = '';
}

// A page around this one could lay its own words over it.
if (window.top !== window) {
  part('bench').hidden = true;
  part('framed').hidden = false;
} else start();
