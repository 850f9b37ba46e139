// Effects, as the core names them.

/**
 * Performs one effect by what performs its kind.
 * @template {string | object} E
 * @template {unknown[]} More
 * @param {PerformersOf<E, More>} known
 * @param {E} effect
 * @param {More} more
 */
export function performOne(known, effect, ...more) {
  const [kind, data] = typeof effect === 'string' ? [effect] : Object.entries(effect)[0];
  return /** @type {Record<string, (data: unknown, ...more: More) => any>} */ (known)[kind](data, ...more);
}
