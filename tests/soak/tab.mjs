// A tab with the messenger, in whose card one ask after the other is made.

/**
 * In the card's document: presses as it does, by a message that the next life of the worker is told again, as is a worker to which the
 * card has introduced itself anew. Waits until the ask has come to an end.
 */
async function askHere(document, prompt) {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const heard = [];
  const tell = async (message) => {
    try {
      const reply = await chrome.runtime.sendMessage(message);
      heard.push(reply === undefined ? 'unheard' : (reply?.error ?? 'taken'));
      if (reply === undefined) return false;
      if (reply?.error !== 'unknown card') return true;
      // What the card says itself is answered the same, and it knows what to do then.
      dispatchEvent(new Event('online'));
      await pause(250);
    } catch (error) {
      heard.push(error.message);
    }
    return false;
  };
  const press = async (what, fields) => {
    globalThis.pressed = Math.max(Date.now(), (globalThis.pressed ?? 0) + 1);
    const message = { kind: 'press', press: what, fields, number: globalThis.pressed };
    for (let tries = 0; tries < 8 && !(await tell(message)); tries += 1);
  };
  if (!document.querySelector('[name=prompt]')) await press('edit', {});
  await press('ask', { prompt });
  const isOver = () => Boolean(document.querySelector('[data-cause] h2') ?? document.querySelector('.draft'));
  for (let turn = 0; turn < 400 && !isOver(); turn += 1) await pause(25);
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
