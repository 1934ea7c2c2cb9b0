// Scales and words for charts. Pure.

import { roundUp } from '../run/stats.js';
import { seconds as inSeconds } from '../words/narrate.js';

/**
 * Round ticks from 0 to at least a value.
 * @param {number} most @param {number} [about] how many
 */
export function ticks(most, about = 4) {
  const step = most > 1 ? roundUp(most / about) : most > 0 ? roundUp((most * 1000) / about) / 1000 : 1;
  const list = [];
  for (let v = 0; v < most + step * 0.999; v += step) list.push(Number(v.toPrecision(12)));
  return list;
}

/** A moment in a chart: 12 s, 3:05. @param {number} us @param {string} lang */
export function seconds(us, lang) {
  const s = Math.round(us / 1e6);
  return s < 120 ? inSeconds(s, lang) : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}
