// The figures of a run that this page began to watch somewhere in the middle:
// what was before is asked for, and what comes meanwhile waits for it.

import { Stats } from './stats.js';
import { replay } from './trace.js';
import { format, parse } from './url.js';

/** @typedef {import('./model.js').Event} Event */
/** @typedef {import('./model.js').State} State */

export class Tally {
  stats = new Stats();
  /** From where on it counts, virtual µs; 0 as it should be, else the past could not be had. */
  since = 0;
  /** What came while the past was asked for. @type {Event[] | undefined} */
  #waiting;
  #asked = new AbortController();

  /** What it counts is complete. */
  get whole() { return !this.#waiting; }

  /**
   * Begins with a picture of the run, and asks for how it came about.
   * @param {string} scenario its link @param {State} state
   * @param {() => void} done
   */
  begin(scenario, state, done) {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const stats = new Stats();
    this.stats = stats;
    this.since = 0;
    this.#waiting = undefined;
    if (!state.seq) return;
    this.#waiting = [];
    const { ts, seq } = state;
    const otherwise = new Stats();
    otherwise.begin(state); // the state goes on, so it is read now
    // A command that was not possible here is none of this run's.
    const query = format(parse(scenario), state.commands);
    replay(query, seq, (e) => stats.add(e), signal).catch(() => {
      this.since = ts;
      if (!signal.aborted) this.stats = otherwise;
    }).then(() => {
      if (signal.aborted) return;
      const waiting = this.#waiting ?? [];
      this.#waiting = undefined;
      for (const e of waiting) this.stats.add(e);
      done();
    });
  }

  /** @param {Event} e one that was not there before is counted */
  note(e) {
    if (this.#waiting) this.#waiting.push(e);
    else if (e.seq > this.stats.seq) this.stats.add(e);
  }

  stop() {
    this.#asked.abort();
  }
}
