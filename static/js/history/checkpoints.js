// Pictures of a run at some of its positions, from which others are played to.
// They lie close together where one looks and at the end, and ever further
// apart away from there, so that their number stays small however long the run
// is. Pure.

import { copyOf, weightOf } from './copy.js';

/** @typedef {import('../run/model.js').State} State */

/** Events between two pictures where they lie closest. */
export const GAP = 512;

/** The most pictures, and the most things (sessions, requests, visitors …) in all of them. */
const MOST = 256;
const MOST_THINGS = 400_000;

/**
 * at: Seq of the last event in it; memo: what its watchers want to remember with it.
 * @typedef {{at: number, state: State, memo: unknown, weight: number}} Checkpoint
 */

export class Checkpoints {
  /** By position. The first is where the past begins; it always stays. @type {Checkpoint[]} */
  #list;
  #weight = 0;

  /** @param {Checkpoint[]} list */
  constructor(list) {
    this.#list = list;
    for (const c of list) this.#weight += c.weight;
  }

  /** @param {State} state @param {unknown} memo @returns {Checkpoint} */
  static of(state, memo) {
    return { at: state.seq, state: copyOf(state), memo, weight: weightOf(state) };
  }

  get size() { return this.#list.length; }

  /** The position at which the past begins. */
  get base() { return this.#list[0]; }

  /** The last picture at or before a position. @param {number} seq */
  before(seq) { return this.#list[Math.max(0, this.#index(seq))]; }

  /** Those up to a position, for a past that shares them. @param {number} seq */
  until(seq) { return new Checkpoints(this.#list.slice(0, Math.max(0, this.#index(seq)) + 1)); }

  /** Those from a position on, whose picture becomes the first. @param {Checkpoint} base */
  from(base) { return new Checkpoints([base, ...this.#list.filter((c) => c.at > base.at)]); }

  /**
   * Takes a picture, unless there is one near enough before it.
   * @param {State} state @param {() => unknown} memo @param {number} end Seq of the last event of all @param {number} focus where one looks
   */
  offer(state, memo, end, focus) {
    const i = this.#index(state.seq);
    if (i < 0 || state.seq - this.#list[i].at < GAP) return;
    const checkpoint = Checkpoints.of(state, memo());
    this.#list.splice(i + 1, 0, checkpoint);
    this.#weight += checkpoint.weight;
    while (this.#list.length > 2 && (this.#list.length > MOST || this.#weight > MOST_THINGS)) this.#thin(end, focus);
  }

  /** Lets go of the picture that is missed least: the gap without it is small for how far away it is. @param {number} end @param {number} focus */
  #thin(end, focus) {
    const list = this.#list;
    let least = 1;
    let missed = Infinity;
    for (let i = 1; i < list.length; i++) {
      const gap = (list[i + 1]?.at ?? end + GAP) - list[i - 1].at;
      const away = Math.min(Math.abs(end - list[i].at), Math.abs(focus - list[i].at)) + GAP;
      if (gap / away >= missed) continue;
      missed = gap / away;
      least = i;
    }
    this.#weight -= list[least].weight;
    list.splice(least, 1);
  }

  /** Index of the last picture at or before a position, -1 for none. @param {number} seq */
  #index(seq) {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#list[middle].at <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
