// The places of a run that people look for: where a step stops, and which of
// them have a mark on the timeline. Pure.

import { broke, outcome } from '../run/outcome.js';
import { isMode, Renewal } from '../run/renewal.js';

/** @typedef {import('../run/model.js').Event} Event */

/** What a mark says, the most telling first: where many fall together, the first stands for all. */
export const MARKS = ['deadlock', 'lost', 'crash', 'storeDown', 'mode', 'wait', 'failed', 'unheard', 'storeUp', 'miss'];

/**
 * The mark of an event; empty when it has none.
 * @param {Event} e @param {boolean} [spared] its answer tells of a change of mode, which has a mark of its own
 */
export function markOf(e, spared = false) {
  switch (e.kind) {
    case 'lock.deadlocked': return 'deadlock';
    case 'update.lost': return 'lost';
    case 'worker.crashed': return 'crash';
    case 'store.down': case 'store.slowed': case 'store.filled': return 'storeDown';
    case 'store.up': return 'storeUp';
    case 'scenario.set': return isMode(e) ? 'mode' : '';
    case 'lock.waited': case 'session.waited': return 'wait';
    case 'chat.missed': return 'unheard';
    case 'request.done':
      if (e.session === 'miss') return spared ? '' : 'miss';
      return broke(outcome(e)) ? 'failed' : '';
  }
  return '';
}

/**
 * Whether a step stops at the event. It is the server's rule (trace.Milestone,
 * and the first answer of each visitor), so that a step in the past is a step
 * of the present.
 * @param {Event} e @param {Set<string>} answered visitors who have had an answer; kept up to date
 */
export function isMilestone(e, answered) {
  switch (e.kind) {
    case 'request.done': {
      const first = !answered.has(e.visitor ?? '');
      answered.add(e.visitor ?? '');
      return first || e.op === 'login' || e.op === 'logout' || e.session === 'miss' || broke(outcome(e));
    }
    case 'visitor.left':
      answered.delete(e.visitor ?? '');
      return false;
    case 'worker.crashed': case 'worker.listening': case 'lock.waited': case 'session.waited': case 'lock.deadlocked': case 'update.lost': case 'cookie.replaced': case 'cookie.planted': case 'session.revived': case 'chat.missed': case 'poll.unknown':
    case 'store.filled': case 'store.refused': case 'session.evicted': case 'store.down': case 'store.up': case 'store.slowed': case 'run.ended':
      return true;
    case 'scenario.set':
      return isMode(e);
  }
  return false;
}

/** Numbers that only grow, with a search. */
export class Ascending {
  /** @type {number[]} */
  #list;

  /** @param {number[]} [list] */
  constructor(list = []) {
    this.#list = list;
  }

  get length() { return this.#list.length; }

  /** @param {number} i */
  at(i) { return this.#list[i]; }

  /** @param {number} n */
  push(n) { this.#list.push(n); }

  /** Index of the first that is greater. @param {number} n */
  above(n) {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#list[middle] > n) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Index of the first that is not less. @param {number} n */
  from(n) { return this.above(n - 1); }

  /** @param {number} from index @param {number} [to] index */
  slice(from, to) { return new Ascending(this.#list.slice(from, to)); }
}

/** The index of a run: milestones, answers, and marks with their moments. */
export class Marks {
  milestones = new Ascending();
  answers = new Ascending();
  /** Seq of each mark; its moment, virtual µs; its place in MARKS. */
  seqs = new Ascending();
  /** @type {number[]} */
  moments = [];
  /** @type {number[]} */
  whats = [];
  /** Whose session the last change of mode ended. */
  renewal = new Renewal();
  #answered;

  /** @param {Iterable<string>} answered visitors who have had an answer before */
  constructor(answered = []) {
    this.#answered = new Set(answered);
  }

  /** @param {Event} e */
  note(e) {
    if (isMilestone(e, this.#answered)) this.milestones.push(e.seq);
    if (e.kind === 'request.done') this.answers.push(e.seq);
    const mark = markOf(e, this.renewal.note(e) === 'change');
    if (!mark) return;
    this.seqs.push(e.seq);
    this.moments.push(e.ts);
    this.whats.push(MARKS.indexOf(mark));
  }

  /**
   * Those of the events from..to.
   * @param {number} from Seq @param {number} to Seq @param {Iterable<string>} [answered] visitors who have had an answer by then
   * @param {Renewal} [renewal] whose session was ended by then
   */
  between(from, to, answered = this.#answered, renewal = this.renewal) {
    const part = new Marks(answered);
    const [begin, end] = [this.seqs.from(from), this.seqs.above(to)];
    part.milestones = this.milestones.slice(this.milestones.from(from), this.milestones.above(to));
    part.answers = this.answers.slice(this.answers.from(from), this.answers.above(to));
    part.seqs = this.seqs.slice(begin, end);
    part.moments = this.moments.slice(begin, end);
    part.whats = this.whats.slice(begin, end);
    part.renewal = renewal;
    return part;
  }

  /** Seq of the last change of mode; 0 without one. */
  get changed() {
    const i = this.whats.lastIndexOf(MARKS.indexOf('mode'));
    return i < 0 ? 0 : this.seqs.at(i);
  }
}
