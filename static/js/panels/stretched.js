// The word beside a time that somebody reads: whether its clock is stretched.

import { t } from '../words/text.js';
import { about } from './about.js';
import { stretch } from './durations.js';

/** By how much times are stretched, in words; empty: not known. */
let factors = '';

/** The server was asked for that. */
let asked = false;

/** @typedef {{word: string, why: string}} Stretched */

/**
 * What is to be said beside a time of a run; both empty where times are those that were measured.
 * @param {Record<string, string>} scenario
 * @returns {Stretched}
 */
export function stretched({ costs }) {
  if (costs === 'measured') return { word: '', why: '' };
  if (!asked) void ask();
  return { word: t('stretched'), why: t('stretched.why', { factors }) };
}

/** The least and the most times as long as real, of what takes any time there. @param {{measured: number, teaching: number}[]} costs */
export function factorsOf(costs) {
  const all = costs.filter((c) => c.measured > 0 && c.teaching !== c.measured).sort((a, b) => a.teaching / a.measured - b.teaching / b.measured);
  return [all[0], all[all.length - 1]].map((c) => stretch(c.measured, c.teaching) ?? '');
}

/** Asks the server once: this is called for each picture. Until it has answered, and where it does not, how much is not said. */
async function ask() {
  asked = true;
  try {
    const { costs } = await about();
    const [least, most] = factorsOf(costs);
    factors = t('stretched.by', { least, most });
  } catch {
    // Then it is not said.
  }
}
