// What was said in a run, in order, for those who want to read it later: made of
// its past when somebody asks. Pure.

import { Narrator } from './narrate.js';
import { Renewal } from '../run/renewal.js';
import { weight } from './say.js';

/** @typedef {import('../history/history.js').Past} Past */
/** @typedef {{seq: number, ts: number, parts: import('./narrate.js').Part[]}} Line */

/** So many lines are kept; a crowd says more than anybody reads. */
export const KEPT = 1000;

/** Lines that are too many are let go in one stroke, not one by one. */
const SPARE = 200;

/** So many events are read at once. */
const SLICE = 30_000;

export class Heard {
  #catalogue;
  #lang;
  #narrator;
  #renewal = new Renewal();
  /** @type {Line[]} */
  #lines = [];
  #seq = 0; // of the last event that was read
  #dropped = 0;
  /** @type {Past | undefined} */
  #past;

  /** @param {Record<string, string>} catalogue the part "narrate" @param {string} [lang] of it */
  constructor(catalogue, lang) {
    this.#catalogue = catalogue;
    this.#lang = lang;
    this.#narrator = new Narrator(catalogue, lang);
  }

  /**
   * Reads on, up to the end of a past.
   * @param {Past} past
   * @returns {boolean} whether all of it is read
   */
  follow(past) {
    if (past !== this.#past) {
      this.#past = past;
      this.#narrator = new Narrator(this.#catalogue, this.#lang);
      this.#narrator.begin(past.baseState);
      this.#renewal = new Renewal();
      this.#lines = [];
      this.#dropped = 0;
      this.#seq = past.base;
    }
    const end = Math.min(past.last, this.#seq + SLICE);
    for (const e of past.events(this.#seq + 1, end)) this.#hear(e);
    this.#seq = end;
    return end === past.last;
  }

  /** @param {import('../run/model.js').Event} e */
  #hear(e) {
    this.#narrator.note(e);
    const changed = this.#renewal.note(e) === 'change';
    if (!weight(e)) return;
    this.#lines.push({ seq: e.seq, ts: e.ts, parts: this.#narrator.parts(e, changed) });
    if (this.#lines.length > KEPT + SPARE) this.#dropped += this.#lines.splice(0, SPARE).length;
  }

  /**
   * What was said up to a position: the last lines, at most KEPT, and how many from before are not kept.
   * @param {number} seq
   */
  until(seq) {
    const said = this.#lines.filter((l) => l.seq <= seq);
    return { lines: said.slice(-KEPT), dropped: this.#dropped + Math.max(0, said.length - KEPT) };
  }
}
