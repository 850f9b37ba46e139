// Offers the launcher at the message box, opens the card's frame, and carries out at the box what the worker names.
(() => {
  // A symbol: a page can name an element like any other property.
  const HERE = Symbol.for('unstuck');
  if (Object.hasOwn(globalThis, HERE)) return;
  globalThis[HERE] = true;
  // On a page that is only watched nobody asked for drafts.
  const isQuiet = () => Object.hasOwn(globalThis, Symbol.for('unstuck quiet'));

  let adapters;
  let opened = false;

  // --- the message box

  document.addEventListener('focusin', (event) => {
    const found = !frame.isHost(event.target) && messageBox.fromEvent(event);
    if (found) offer(found);
  });
  // The focus that leaves a card goes back to the box: the launcher stays there.
  document.addEventListener('focusout', () => setTimeout(() => !frame.isHost(document.activeElement) && !messageBox.focused() && frame.withdraw(), 200));
  document.addEventListener('selectionchange', () => messageBox.remember());
  addEventListener('resize', () => frame.place());
  addEventListener('scroll', () => frame.place(), { capture: true, passive: true });
  // A page that is left takes its card along: nothing is asked any more for a page that is gone.
  addEventListener('pagehide', () => opened && send({ kind: 'gone' }));

  function offer(found) {
    messageBox.take(found);
    if (frame.isOpen() || isQuiet() || !mayOffer()) return;
    frame.offer(messageBox.current.getBoundingClientRect());
    frame.prepare();
  }

  // Not in a page that is shut in, nor in one inside a page of another origin: that one could hide or move it unseen.
  const mayOffer = () => origin !== 'null' && [...location.ancestorOrigins].every((around) => around === location.origin);

  // The first adapter of this site whose box is there. The generic one is the last and always fits.
  async function adapt() {
    adapters ??= await chrome.runtime.sendMessage({ kind: 'adapters' });
    return adapters.find(({ id, box }) => id === 'generic' || messageBox.visible(box).length);
  }

  // --- the focus in the card

  // A page that takes the focus while somebody types in the card would get the rest of the words. Its call ends here, before
  // the next key: the card has the focus again. Whoever presses in the page, or leaves by Tab, takes it along.
  let isInCard = false;
  let mayLeave = false;
  addEventListener('pointerdown', (event) => event.isTrusted && (mayLeave = true), true);
  addEventListener(
    'focusin',
    ({ target }) => {
      if (frame.isHost(target)) [isInCard, mayLeave] = [true, false];
      else if (!isInCard || mayLeave || !frame.isOpen()) isInCard = false;
      else {
        plainSight.distrust();
        frame.keepFocus();
      }
    },
    true,
  );

  // A key that was on its way in that moment comes to the frame's element.
  for (const kind of ['keydown', 'keypress', 'keyup']) addEventListener(kind, (event) => frame.isHost(event.target) && event.stopImmediatePropagation(), true);

  function focusBox() {
    mayLeave = true;
    frame.release();
    messageBox.focus();
  }

  // --- the card

  Object.assign(frame.on, {
    launch: open,
    closed: giveBack,
    leave: () => messageBox.current && focusBox(),
    // The dialog gives the focus back to where it was.
    released(close) {
      mayLeave = true;
      close();
    },
    // A web app draws its box and its buttons as one: the card keeps off all of it.
    edge: () => ((isQuiet() && messageBox.current?.closest('form, fieldset')) || messageBox.current)?.getBoundingClientRect(),
    lost: () => (chrome.runtime?.id ? showCard() : frame.orphan()),
    unknown: () => showCard(),
  });

  function giveBack() {
    if (messageBox.current && (frame.isHost(document.activeElement) || document.activeElement === document.body)) focusBox();
    if (messageBox.current && messageBox.focused() === messageBox.current) offer(messageBox.current);
  }

  /** Loads the frame and lets its card ask the worker; resolves with the token by which the worker knows it. */
  async function greeting() {
    opened = true;
    if (!mayOffer() || !(await frame.prepare())) return undefined;
    frame.greet();
    return frame.token;
  }

  async function showCard() {
    await send({ kind: 'card', token: await greeting() });
  }

  // Tells which adapter fits, and which one of this site found no box. Without a token the popup answers.
  async function open() {
    if (!chrome.runtime?.id) return frame.orphan();
    const adapter = await adapt().catch(() => undefined);
    const missed = adapter?.id === 'generic' && adapters.length > 1 ? adapters[0].id : undefined;
    await send({ kind: 'open', token: await greeting(), fields: { adapter: adapter?.id, missed } });
  }

  // --- the line to the worker

  async function send(message) {
    const reply = await ask(message).catch((error) => ({ error: error.message }));
    if (!chrome.runtime?.id) frame.orphan();
    else if (reply?.error) console.debug('Unstuck:', reply.error);
  }

  const ask = (message) => chrome.runtime.sendMessage(message);

  const ANSWERS = {
    async summon() {
      const focused = messageBox.focused();
      if (focused) messageBox.take(focused);
      open();
    },
    card: async () => ({ token: await greeting() }),
    insert: async ({ text, replaced }) => {
      mayLeave = true;
      frame.release();
      return { done: await messageBox.insert(text, await adapt().catch(() => undefined), replaced) };
    },
    read_box: async () => ({ text: messageBox.pick(await adapt().catch(() => undefined)) }),
    read_messages: async ({ count }) => ({ messages: chat.read((await adapt()).messages, count) }),
  };
  chrome.runtime.onMessage.addListener(({ kind, ...message }, _sender, reply) => {
    if (!Object.hasOwn(ANSWERS, kind)) return;
    ANSWERS[kind](message).then(reply, () => reply());
    return true;
  });

  if (isQuiet()) frame.prepare();
  const focused = messageBox.focused();
  if (focused) offer(focused);
})();
