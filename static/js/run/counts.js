// What a run comes to in a window of it, up to the moment that is shown: counted
// from its past, and on from there while time goes forward. Pure.

import { Stats } from './stats.js';

/** @typedef {import('../history/history.js').Past} Past */

/** So many events are counted at once; then the page may draw. */
const SLICE = 30_000;

export class Counts {
  stats = new Stats();
  /** All up to the shown moment is counted. */
  whole = true;
  /** @type {Past | undefined} */
  #past;
  #from = -1;
  /** @type {import('./figures.js').Window | undefined} */
  #window;

  /**
   * Counts up to a position.
   * @param {Past} past @param {import('./figures.js').Figures} figures as they are there @param {import('./figures.js').Window} window
   * @param {import('./model.js').State} state there
   */
  follow(past, figures, window, state) {
    const { seq: to } = state;
    const { from, renewal } = figures.begin(window);
    if (past !== this.#past || from !== this.#from || window !== this.#window || to < this.stats.seq) {
      this.#past = past;
      this.#from = from;
      this.#window = window;
      this.stats = new Stats();
      this.stats.begin(past.peek(from));
      if (window === 'change') this.stats.spare(renewal);
    }
    const end = Math.min(to, this.stats.seq + SLICE);
    for (const e of past.events(this.stats.seq + 1, end)) {
      if (e.kind === 'worker.crashed') this.stats.total.bereft += sessions(past, e);
      this.stats.add(e);
    }
    this.stats.waits = figures.waits(state, window);
    this.whole = end === to;
  }
}

/** How many sessions a process held when it died. @param {Past} past @param {import('./model.js').Event} e */
const sessions = (past, e) => past.peek(e.seq - 1).workers.find((w) => w.pid === e.pid)?.sessions.size ?? 0;
