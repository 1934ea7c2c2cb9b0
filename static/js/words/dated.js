// A sentence with its moment: the one where time stands, and where it tells of an
// earlier one, that one, too. Pure.

import { t } from './text.js';

/**
 * @param {number} here where time stands, virtual µs @param {number} at when that happened of which is told; NaN: nothing did
 * @param {string} sentence @param {(us: number) => string} write how a moment is written
 */
export function dated(here, at, sentence, write) {
  const moment = write(here);
  const then = Number.isNaN(at) ? moment : write(at);
  return t(then === moment ? 'travel.value' : 'travel.since', { moment, at: then, sentence });
}
