// The figures of a run that this page began to watch somewhere in the middle:
// what was before is asked for, and what comes meanwhile waits for it.

import { Stats } from './stats.js';
import { replay } from './trace.js';

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

  /** The run's link by now, its commands included. */
  #query = () => '';
  #done = () => {};

  /**
   * Begins with a picture of the run, and asks for how it came about.
   * @param {() => string} query the run's link by now @param {State} state
   * @param {() => void} done
   */
  begin(query, state, done) {
    this.stop();
    this.#query = query;
    this.#done = done;
    this.stats = new Stats();
    this.since = 0;
    this.#waiting = undefined;
    const otherwise = new Stats();
    otherwise.begin(state); // the state goes on, so it is read now
    if (state.seq) this.#fill(state.seq, otherwise, state.ts);
  }

  /**
   * Asks for what lies between what is counted and an event.
   * @param {number} to seq @param {Stats} [otherwise] what to go on with when it cannot be had @param {number} [ts] from when
   */
  #fill(to, otherwise, ts = 0) {
    this.#waiting ??= [];
    const { stats } = this;
    const { signal } = this.#asked;
    replay(this.#query(), to, (e) => stats.add(e), signal, stats.seq + 1).catch(() => {
      if (!signal.aborted && otherwise) {
        this.since = ts;
        this.stats = otherwise;
      }
    }).then(() => {
      if (signal.aborted) return;
      const waiting = this.#waiting ?? [];
      this.#waiting = undefined;
      for (const e of waiting) if (e.seq > this.stats.seq) this.stats.add(e);
      this.#done();
    });
  }

  /** @param {Event} e one that was not there before is counted */
  note(e) {
    if (this.#waiting) {
      this.#waiting.push(e);
    } else if (e.seq > this.stats.seq + 1 && this.stats.seq) {
      // The page was in the past meanwhile.
      this.#waiting = [e];
      this.#fill(e.seq - 1);
    } else if (e.seq > this.stats.seq) {
      this.stats.add(e);
    }
  }

  stop() {
    this.#asked.abort();
    this.#asked = new AbortController();
  }
}
