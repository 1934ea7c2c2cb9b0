// What is remembered beside the state on the way through a run: what lingers on
// the stage, what is counted, and what is told. A world that somebody looks at
// has one with a stage; a past that nobody looks at yet is gone through with one
// without, and both remember the same. Pure.

import { Figures } from './figures.js';
import { Teller } from '../words/say.js';
import { Traces } from '../stage/traces.js';

/** @typedef {import('./model.js').Event} Event */
/** @typedef {import('./model.js').State} State */
/** @typedef {{traces: import('../stage/traces.js').Kept, figures: import('./figures.js').Kept, teller: import('../words/say.js').Kept}} Memo */

export class Memory {
  /** What lingers on the stage. */
  traces;
  figures = new Figures();
  teller = new Teller();

  /** @param {Traces} [traces] those of a stage that draws them */
  constructor(traces = new Traces()) {
    this.traces = traces;
  }

  /** @param {unknown} memo @param {State} state */
  load(memo, state) {
    const kept = /** @type {Memo | undefined} */ (memo);
    this.traces.load(kept?.traces);
    this.figures.load(kept?.figures, state);
    this.teller.load(kept?.teller);
  }

  /** @param {Event} e @param {State} state after the event */
  note(e, state) {
    this.traces.note(e, state);
    this.traces.expire(e.ts);
    if (this.figures.note(e)) this.traces.spare(e);
    this.teller.note(e);
  }

  /** @returns {Memo} */
  save() { return { traces: this.traces.save(), figures: this.figures.save(), teller: this.teller.save() }; }
}
