// A tab with the messenger, in whose card one ask after the other is made.

/**
 * In the card's document: presses as it does, by a message that the next life of the worker is told again, and waits until the
 * ask has come to an end.
 */
async function askHere(document, prompt) {
  const heard = [];
  const press = async (what, fields) => {
    globalThis.pressed = Math.max(Date.now(), (globalThis.pressed ?? 0) + 1);
    const message = { kind: 'press', press: what, fields, number: globalThis.pressed };
    const tell = () =>
      chrome.runtime.sendMessage(message).then(
        (reply) => void heard.push(reply?.error ?? 'taken'),
        (error) => heard.push(error.message) && /channel|port|closed/.test(error),
      );
    while (await tell());
  };
  if (!document.querySelector('[name=prompt]')) await press('edit', {});
  await press('ask', { prompt });
  const isOver = () => Boolean(document.querySelector('[data-cause] h2') ?? document.querySelector('.draft'));
  for (let turn = 0; turn < 400 && !isOver(); turn += 1) await new Promise((done) => setTimeout(done, 25));
  return isOver() || `The presses: ${heard.join(', ')}. The field: ${document.querySelector('[name=prompt]')?.value}\n${document.body.innerText}`;
}

export class Tab {
  constructor(world) {
    this.world = world;
  }

  async open() {
    this.chat = await this.world.chat();
    await this.chat.open();
  }

  /** True once the ask has come to an end that the card shows, or what it shows instead and what came of the presses. */
  ask(prompt) {
    return this.chat.cardFrame().evaluate(`(${askHere})(document, ${JSON.stringify(prompt)})`);
  }

  close() {
    return this.chat.page.close();
  }

  async anew() {
    await this.close();
    await this.open();
  }
}
