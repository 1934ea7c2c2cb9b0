// Times as people write them. Pure.

const UNITS = /** @type {const} */ ([[1e6, 's'], [1e3, 'ms'], [1, 'µs']]);

/**
 * 350000 is 350 ms.
 * @param {number} us
 */
export function duration(us) {
  const [size, unit] = UNITS.find(([n]) => us >= n) ?? UNITS[2];
  return `${Number((us / size).toPrecision(3))} ${unit}`;
}

/**
 * How many times as long the one is as the other, to two figures; undefined when it is as long,
 * a dash when the real one takes no time at all.
 * @param {number} real @param {number} here
 */
export function stretch(real, here) {
  if (real === here) return undefined;
  if (real <= 0) return '–';
  const times = Number((here / real).toPrecision(2));
  return `× ${times >= 1000 ? times.toLocaleString('en').replace(/,/g, ' ') : times}`;
}
