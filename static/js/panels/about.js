// What the server says about itself: the keys of the grammar, what everything
// costs, and what is not modelled. Asked for once, when a panel needs it.

import { read } from '../wire/requests.js';

/**
 * @typedef {{name: string, values: string, default: string, meaning: string, live: boolean, words: string[] | null}} Key
 * @typedef {{name: string, measured: number, teaching: number, source: string}} Cost times in µs
 * @typedef {{keys: Key[], costs: Cost[], notModelled: string[], version: number}} About
 */

/** @type {Promise<About> | undefined} */
let asked;

/** @returns {Promise<About>} */
export function about() {
  asked ??= read('/about.json');
  asked.catch(() => { asked = undefined; }); // the next panel asks again
  return asked;
}
