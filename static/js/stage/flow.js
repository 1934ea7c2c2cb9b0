// How much goes where: the answers and the store's commands of the last moments,
// for each process. Pure: times are virtual.

import { broke, outcome, well } from '../run/outcome.js';

/** @typedef {import('../run/model.js').Event} Event */

/** How far back is counted, virtual µs. */
export const WINDOW = 2_000_000;

/** How long a miss is seen where the visitor is, virtual µs. */
export const SPARK = 400_000;

/**
 * found, lost: requests whose session was found, and was not; failed: without a good answer
 * for another reason; other: nothing was looked for. store: commands.
 * @typedef {{found: number, lost: number, failed: number, other: number, store: number}} Rates a second
 */

/** @typedef {keyof Rates} What */

export class Flow {
  /** What happened lately, oldest first. @type {{ts: number, pid: number, what: What}[]} */
  #lately = [];
  /** @type {{ts: number, visitor: string}[]} */
  #sparks = [];
  #from = 0; // what was before is not known, virtual µs

  /** Forgets everything: another moment. @param {number} ts */
  begin(ts) {
    this.#lately = [];
    this.#sparks = [];
    this.#from = ts;
  }

  /** @param {Event} e */
  note(e) {
    if (e.kind === 'store.executed') {
      this.#lately.push({ ts: e.ts, pid: e.pid ?? 0, what: 'store' });
      return;
    }
    if (e.kind !== 'request.done') return;
    const came = outcome(e);
    const what = broke(came) ? 'failed' : e.session === 'hit' ? 'found' : e.session === 'miss' ? 'lost' : 'other';
    this.#lately.push({ ts: e.ts, pid: e.pid ?? 0, what });
    if (!well(came)) this.#sparks.push({ ts: e.ts, visitor: e.visitor ?? '' });
  }

  /** What goes through each process, by pid. @param {number} moment @returns {Map<number, Rates>} */
  rates(moment) {
    const begin = moment - WINDOW;
    this.#lately.splice(0, first(this.#lately, begin));
    const seconds = Math.max(0.1, Math.min(WINDOW, moment - this.#from) / 1e6);
    /** @type {Map<number, Rates>} */
    const all = new Map();
    for (const { pid, what } of this.#lately) {
      let rates = all.get(pid);
      if (!rates) all.set(pid, (rates = { found: 0, lost: 0, failed: 0, other: 0, store: 0 }));
      rates[what] += 1 / seconds;
    }
    return all;
  }

  /** Who has just been sent away, and for what share of a spark's life. @param {number} moment */
  sparks(moment) {
    this.#sparks.splice(0, first(this.#sparks, moment - SPARK));
    return this.#sparks.map(({ ts, visitor }) => ({ visitor, age: Math.max(0, (moment - ts) / SPARK) }));
  }
}

/** Answers in all. @param {Rates} r */
export const answers = (r) => r.found + r.lost + r.failed + r.other;

/** Of those that looked for a session, the share that found one; undefined without any. @param {Rates} r */
export const share = (r) => (r.found + r.lost ? r.found / (r.found + r.lost) : undefined);

/** The index of the first that is not before a moment. @param {{ts: number}[]} list @param {number} ts */
function first(list, ts) {
  const at = list.findIndex((x) => x.ts > ts);
  return at < 0 ? list.length : at;
}
