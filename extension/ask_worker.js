// The line to the worker, whose life the browser may end at any time, also before it has heard.

// So the browser says that nobody was there. A life that ended in between leaves no reply, not even the worker's `null`.
const UNHEARD = /Receiving end/;
// So it says that the reply was cut off: the message may have been heard.
const CUT = /message channel|message port|closed/;

/**
 * Asks the worker. What no life of it has heard, the next one is asked; with `twice`, what may come twice, so is what one has heard
 * without a reply.
 * @param {Message} message
 * @param {{ twice?: boolean, lives?: number }} [options]
 * @returns {Promise<any>}
 */
export async function askWorker(message, { twice = false, lives = 8 } = {}) {
  try {
    const reply = await chrome.runtime.sendMessage(message);
    if (reply !== undefined || !lives) return reply;
  } catch (error) {
    const isLost = UNHEARD.test(String(error)) || (twice && CUT.test(String(error)));
    if (!isLost || !lives || !chrome.runtime?.id) throw error;
  }
  return askWorker(message, { twice, lives: lives - 1 });
}
