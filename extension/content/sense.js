// Offers the launcher at the message box, shows the card, and carries out what the worker names.
(() => {
  if (globalThis.unstuck) return;
  globalThis.unstuck = true;

  const WORDS = Object.fromEntries(
    ['launcher_label', 'orphan_kept', 'extension_restarted_headline', 'extension_restarted_why', 'extension_restarted_step_1'].map((key) => [
      key,
      chrome.i18n.getMessage(key),
    ]),
  );
  let host;
  let show;
  let sheet;
  let lines = 0;
  let adapters;

  // --- the message box

  document.addEventListener('focusin', (event) => {
    const found = event.target !== host && messageBox.fromEvent(event);
    if (found) offer(found);
  });
  // The focus that leaves a card goes back to the box: the launcher stays there.
  document.addEventListener('focusout', () => setTimeout(() => document.activeElement !== host && !messageBox.focused() && launcher.hide(), 200));
  document.addEventListener('selectionchange', () => messageBox.remember());
  addEventListener('resize', place);
  // The worker may sleep through a wait for the network; a page hears its end.
  addEventListener('online', () => host && send({ kind: 'online' }));
  document.addEventListener('visibilitychange', () => host?.matches(':popover-open') && !document.hidden && send({ kind: 'returned' }));
  // A page that is left takes its card along: nothing is asked any more for a page that is gone.
  addEventListener('pagehide', () => host && send({ kind: 'gone' }, 0));
  addEventListener('scroll', place, { capture: true, passive: true });

  function offer(found) {
    messageBox.take(found);
    if (!host?.matches(':popover-open')) launcher.show();
  }

  // The first adapter of this site whose box is there. The generic one is the last and always fits.
  async function adapt() {
    adapters ??= await chrome.runtime.sendMessage({ kind: 'adapters' });
    return adapters.find(({ id, box }) => id === 'generic' || messageBox.visible(box).length);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = Object.assign(document.createElement('textarea'), { value: text });
      host.shadow.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
  }

  // --- launcher and card

  function shadow(name) {
    const element = document.createElement(name);
    element.popover = 'manual';
    // `revert` leaves it to the browser to hide a popover that is closed.
    element.style.cssText = 'all:initial;display:revert;position:fixed;inset:auto;margin:0;padding:0;border:0;background:none;overflow:visible';
    element.shadow = element.attachShadow({ mode: 'closed' });
    return element;
  }

  const launcher = {
    show() {
      // On a page that is only watched nobody asked for drafts.
      if (globalThis.unstuckQuiet) return;
      if (!this.host) {
        this.host = shadow('unstuck-launcher');
        const button = Object.assign(document.createElement('button'), { type: 'button', title: WORDS.launcher_label });
        button.setAttribute('aria-label', WORDS.launcher_label);
        button.textContent = '✦';
        button.style.cssText =
          'all:unset;box-sizing:border-box;width:28px;height:28px;border-radius:14px;text-align:center;font:16px/28px system-ui;cursor:pointer;color:#fff;background:#3b5bdb;box-shadow:0 1px 4px #0005';
        button.addEventListener('mousedown', (event) => event.preventDefault());
        button.addEventListener('click', (event) => event.isTrusted && open());
        this.host.shadow.append(button);
      }
      if (!this.host.isConnected) document.documentElement.append(this.host);
      this.host.showPopover();
      const edge = messageBox.current.getBoundingClientRect();
      this.host.style.left = `${Math.max(4, edge.right - 32)}px`;
      this.host.style.top = `${Math.max(4, edge.top - 34)}px`;
    },
    hide() {
      if (this.host?.matches(':popover-open')) this.host.hidePopover();
    },
  };

  function card() {
    if (!host) {
      host = shadow('unstuck-card');
      const painter = paint(host.shadow, press);
      host.shadow.addEventListener('keydown', (event) => {
        // Keys in the card are the card's: the page must not take them for its own shortcuts.
        event.stopPropagation();
        if (event.key === 'Escape' && event.isTrusted) press('close', painter.fields());
      });
      show = (view) => {
        const stage = painter(view);
        if (!view.root) return hide();
        launcher.hide();
        if (!host.isConnected) document.documentElement.append(host);
        if (!host.matches(':popover-open')) appear(stage);
        place();
      };
    }
    if (sheet) host.shadow.adoptedStyleSheets = [sheet];
    return show;
  }

  // A card that comes up under a moving pointer takes no press for a moment, and none while something lies over it.
  let clear = false;
  let settling;
  const eyes = new IntersectionObserver((seen) => (clear = seen.at(-1).isVisible), { trackVisibility: true, delay: 100, threshold: [0, 0.5, 1] });
  function appear(stage) {
    stage.classList.add('fresh');
    clearTimeout(settling);
    settling = setTimeout(() => stage.classList.remove('fresh'), 500);
    host.showPopover();
    clear = false;
    eyes.disconnect();
    eyes.observe(stage);
  }

  function hide() {
    if (!host?.matches(':popover-open')) return;
    host.hidePopover();
    if (messageBox.current && (document.activeElement === host || document.activeElement === document.body)) messageBox.focus();
    if (messageBox.current && messageBox.focused() === messageBox.current) launcher.show();
  }

  // Above the box, else below it; never over it.
  function place() {
    if (!host?.matches(':popover-open')) return;
    // A web app draws its box and its buttons as one: the card keeps off all of it.
    const around = globalThis.unstuckQuiet && messageBox.current?.closest('form, fieldset');
    const edge = (around || messageBox.current)?.getBoundingClientRect() ?? { top: innerHeight - 16, bottom: innerHeight - 16, left: innerWidth - 436, width: 420 };
    const width = Math.min(Math.max(edge.width, 340), 460, innerWidth - 16);
    const above = edge.top - 16;
    const below = innerHeight - edge.bottom - 16;
    const up = above >= 240 || above >= below;
    Object.assign(host.style, {
      width: `${width}px`,
      left: `${Math.max(8, Math.min(edge.left, innerWidth - width - 8))}px`,
      top: up ? 'auto' : `${edge.bottom + 8}px`,
      bottom: up ? `${innerHeight - edge.top + 8}px` : 'auto',
    });
    host.style.setProperty('--room', `${Math.max(120, up ? above : below)}px`);
  }

  // --- the line to the worker

  // Tells which adapter fits, and which one of this site found no box.
  async function open() {
    const adapter = await adapt().catch(() => undefined);
    const missed = adapter?.id === 'generic' && adapters.length > 1 ? adapters[0].id : undefined;
    send({ kind: 'open', fields: { adapter: adapter?.id, missed } });
  }

  function press(what, fields, button) {
    if (button?.matches('.actions button') && !clear) return;
    send({ kind: 'press', press: what, fields, number: Date.now() });
  }

  // The reply stays open while something moves. When the worker dies under it, the next life is told the same again: by the
  // number of a press it knows whether an earlier one has heard it.
  async function send(message, lives = 8) {
    lines++;
    try {
      const reply = await chrome.runtime.sendMessage(message);
      if (reply?.error) console.debug('Unstuck:', reply.error);
    } catch (error) {
      if (!chrome.runtime?.id) return orphaned();
      if (lives && /message channel|message port|closed/.test(error.message)) send(message, lives - 1);
    } finally {
      lines--;
    }
  }

  // This script is left over from an older copy of the extension: only a reload brings the new one. What was written and what
  // has arrived is shown to be copied, since there is nobody left to keep it.
  function orphaned() {
    const texts = host ? [...host.shadow.querySelectorAll('textarea, .draft')].map((one) => one.value || one.textContent) : [];
    const kept = [['rows', '5'], ['aria-label', WORDS.orphan_kept], ['data-key', 'kept'], ['data-value', texts.filter(Boolean).join('\n\n')]];
    const { extension_restarted_headline: headline, extension_restarted_why: why, extension_restarted_step_1: step } = WORDS;
    const p = (text) => ({ tag: 'p', children: [text] });
    const diagnosis = {
      tag: 'section',
      class: 'diagnosis',
      attributes: [['data-cause', 'extension_restarted'], ['data-fault', 'browser'], ['data-confidence', '1.00']],
      children: [{ tag: 'h2', children: [headline] }, p(why)],
    };
    if (kept.at(-1)[1]) diagnosis.children.push(p(WORDS.orphan_kept), { tag: 'textarea', attributes: kept });
    diagnosis.children.push(p(step));
    // The style comes from the worker: a page in which no card was open has none.
    const paintCard = card();
    if (!sheet) host.style.cssText += ';padding:4px 16px 12px;border-radius:14px;background:Canvas;color:CanvasText;font:14px system-ui;box-shadow:0 2px 12px #0005';
    paintCard({ root: { tag: 'section', class: 'card', children: [diagnosis] }, say: headline, urgent: true, lang: 'en', dir: 'ltr' });
  }

  chrome.runtime.onMessage.addListener((message, _sender, reply) => {
    if (message.kind === 'summon') {
      const focused = messageBox.focused();
      if (focused) offer(focused);
      open();
    } else if (message.kind === 'paint') {
      if (message.style) (sheet = new CSSStyleSheet()).replaceSync(message.style);
      card()(message.view);
      // A call that an alarm has woken needs a line to the worker too.
      if (message.view.busy && !lines) send({ kind: 'resume' });
    } else if (message.kind === 'copy') copy(message.text);
    else if (message.kind in ANSWERS) {
      ANSWERS[message.kind](message).then(reply, () => reply());
      return true;
    }
  });

  const ANSWERS = {
    insert: async ({ text, replaced }) => ({ done: await messageBox.insert(text, await adapt().catch(() => undefined), replaced) }),
    read_box: async () => ({ text: messageBox.pick(await adapt().catch(() => undefined)) }),
    read_messages: async ({ count }) => ({ messages: chat.read((await adapt()).messages, count) }),
  };

  const focused = messageBox.focused();
  if (focused) offer(focused);
})();
