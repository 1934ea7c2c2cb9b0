// What is remembered beside the state while a past that nobody looks at is
// played. It gives the same memos as the page does. Pure.

import { Figures } from '../figures.js';
import { weight } from '../say.js';
import { Traces } from '../stage/traces.js';

/** @typedef {import('../model.js').Event} Event */
/** @typedef {import('../model.js').State} State */

/**
 * stage: what Stage.save gives; said: the last event that matters.
 * @typedef {{stage: {traces: import('../stage/traces.js').Kept}, counts: import('../figures.js').Counts, said: Event | undefined}} Memo
 */

export class Memory {
  #traces = new Traces();
  #figures = new Figures();
  /** @type {Event | undefined} */
  #said;

  /** @param {unknown} memo @param {State} state */
  load(memo, state) {
    const kept = /** @type {Memo | undefined} */ (memo);
    this.#traces.load(kept?.stage.traces);
    if (kept) this.#figures.restore(kept.counts);
    else this.#figures.begin(state);
    this.#said = kept?.said;
  }

  /** @param {Event} e @param {State} state after the event */
  note(e, state) {
    this.#traces.note(e, state);
    this.#traces.expire(e.ts);
    this.#figures.note(e, state);
    if (weight(e) > 1) this.#said = e;
  }

  /** @returns {Memo} */
  save() {
    return { stage: { traces: this.#traces.save() }, counts: this.#figures.counts, said: this.#said };
  }
}
