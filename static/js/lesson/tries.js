// When a learner has tried in vain. A try is a run that was let go on to where it
// stops, or changed and then begun anew, and did not meet the goal. Pure.

/** @typedef {import('./frame.js').State} State */

/** After so many tries a hint is offered. */
export const ENOUGH = 2;

export class Tries {
  #begun; // the query that the challenge begins with
  #count = 0;
  #counted = false; // the run that is open was a try
  /** @type {State | undefined} */
  #last;

  /** @param {string} query */
  constructor(query) {
    this.#begun = query;
  }

  get count() { return this.#count; }

  get enough() { return this.#count >= ENOUGH; }

  /** The run went on, and does not meet the goal. @param {State} state */
  note(state) {
    const last = this.#last;
    this.#last = state;
    const anew = last && state.now < last.now;
    if (anew) {
      // Whoever changed something and gives up has tried.
      if (!this.#counted && last.query !== this.#begun) this.#count++;
      this.#counted = false;
    }
    if (state.query !== last?.query && last && !anew) this.#counted = false; // another attempt in the same run
    if ((state.stopped || state.ended) && !this.#counted) {
      this.#counted = true;
      this.#count++;
    }
  }
}
