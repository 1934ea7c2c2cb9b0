// What was said, in order, for those who want to read it later. Pure.

import { weight } from './say.js';

/** @typedef {{seq: number, ts: number, parts: import('./narrate.js').Part[]}} Line */

/** So many lines are kept; a crowd says more than anybody reads. */
export const KEPT = 1000;

/** Lines that are too many are let go in one stroke, not one by one. */
const SPARE = 200;

export class Heard {
  #narrator;
  /** @type {Line[]} */
  #lines = [];
  #last = 0; // seq of the last event that was heard
  #dropped = 0;
  /** Told when lines came or went. */
  onChange = () => {};

  /** @param {{parts: (e: import('./model.js').Event) => import('./narrate.js').Part[]}} narrator */
  constructor(narrator) {
    this.#narrator = narrator;
  }

  /** The last lines, at most KEPT. */
  get lines() { return this.#lines.slice(-KEPT); }

  /** How many lines from before are not kept. */
  get dropped() { return this.#dropped + Math.max(0, this.#lines.length - KEPT); }

  /** Wants every event of a run, after the narrator has noted it; what was heard before is not heard again. @param {import('./model.js').Event} e */
  hear(e) {
    if (e.seq <= this.#last) return;
    this.#last = e.seq;
    if (!weight(e)) return;
    this.#lines.push({ seq: e.seq, ts: e.ts, parts: this.#narrator.parts(e) });
    if (this.#lines.length > KEPT + SPARE) this.#dropped += this.#lines.splice(0, SPARE).length;
    this.onChange();
  }

  /** The run goes on from an event, perhaps another way than before. @param {number} seq */
  cut(seq) {
    while (this.#lines.length && this.#lines[this.#lines.length - 1].seq > seq) this.#lines.pop();
    if (!this.#lines.length) this.#dropped = 0;
    this.#last = seq;
    this.onChange();
  }
}
