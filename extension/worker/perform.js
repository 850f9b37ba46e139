// Effects, as the core names them.

/**
 * The kind of an effect, and what belongs to it.
 * @param {string | object} effect
 * @returns {[string, unknown?]}
 */
const partsOf = (effect) => (typeof effect === 'string' ? [effect] : Object.entries(effect)[0]);

/**
 * The kind alone, which may stand in a log: what belongs to it can hold what the person wrote.
 * @param {string | object} effect
 */
export const kindOf = (effect) => partsOf(effect)[0];

/**
 * Performs one effect by what performs its kind.
 * @template {string | object} E
 * @template {unknown[]} More
 * @param {PerformersOf<E, More>} known
 * @param {E} effect
 * @param {More} more
 */
export function performOne(known, effect, ...more) {
  const [kind, data] = partsOf(effect);
  return /** @type {Record<string, (data: unknown, ...more: More) => any>} */ (known)[kind](data, ...more);
}
