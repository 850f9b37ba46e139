// The words of the extension, as the tests expect them.
import { readFile } from 'node:fs/promises';

export const MESSAGES = JSON.parse(await readFile(new URL('../../extension/_locales/en/messages.json', import.meta.url), 'utf8'));

/** A message as a pattern: names that are filled in may be anything. */
export function words(key) {
  const escaped = MESSAGES[key].message.split(/\$\w+\$/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.+')}$`, 'i');
}
