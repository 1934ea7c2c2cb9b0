// The past of a run: every event that came, packed, and pictures of the run at
// some positions, so that the picture of any position is a few hundred events
// away. Pure: no DOM, no clock.
//
//   const past = new Past(state);      // begins where the state is
//   past.append(events);
//   past.seek(past.seqAt(12_500_000)); // the picture 12.5 s into the run
//
// A position is the Seq of the last event that has happened.

import { Block, BLOCK, Shapes } from './block.js';
import { Checkpoints, GAP } from './checkpoints.js';
import { copyOf } from './copy.js';
import { Marks } from './marks.js';
import { apply } from '../run/model.js';
import { Renewal } from '../run/renewal.js';

/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('../run/model.js').Event} Event */

/**
 * Somebody who remembers things beside the state: load brings back what save gave (undefined: nothing is
 * known but the state), note hears each event on the way to the position.
 * @typedef {{load: (memo: unknown, state: State) => void, note: (event: Event, state: State) => void, save: () => unknown}} Watch
 */

/** The most events that are kept; beyond, the oldest quarter goes. About ten megabytes. */
export const MOST_EVENTS = 500_000;

/** So many blocks stay unpacked for the next look: who drags along the line asks for the last two thousand events again and again. */
const RECENT = 16;

export class Past {
  /** @type {Block[]} */
  #blocks = [];
  /** Events that do not fill a block yet. @type {Event[]} */
  #open = [];
  #shapes = new Shapes();
  #checkpoints;
  #marks;
  #most;
  #last;
  #end;
  #dropped = 0;
  /** The position that was asked for last, and its picture. @type {State | undefined} */
  #cursor;
  /** @type {Map<Block, Event[]>} */
  #recent = new Map();
  #applied = 0;

  /**
   * @param {State} state where this past begins; it is copied
   * @param {{memo?: unknown, most?: number}} [options] what its watcher remembers there; the most events
   */
  constructor(state, { memo, most = MOST_EVENTS } = {}) {
    this.#checkpoints = new Checkpoints([Checkpoints.of(state, memo)]);
    this.#marks = new Marks(answered(state));
    this.#most = most;
    this.#last = state.seq;
    this.#end = state.ts;
  }

  /** The position at which it begins: nothing before it can be shown. */
  get base() { return this.#checkpoints.base.at; }

  /** The picture there; not to be changed. */
  get baseState() { return this.#checkpoints.base.state; }

  /** Seq of the first event that is kept. */
  get first() { return this.base + 1; }

  /** Seq of the last event. */
  get last() { return this.#last; }

  /** The moment of the last event, virtual µs. */
  get end() { return this.#end; }

  /** It has every event of the run. */
  get whole() { return this.base === 0; }

  /** Every moment of the run can be shown. */
  get fromStart() { return this.baseState.ts === 0; }

  /** How many events were let go of, so that memory does not grow for ever. */
  get dropped() { return this.#dropped; }

  get marks() { return this.#marks; }

  /** What the last seek did: events that were applied. */
  get applied() { return this.#applied; }

  get checkpoints() { return this.#checkpoints.size; }

  /** About what it takes, in bytes, but for its pictures. */
  get size() { return this.#blocks.reduce((sum, b) => sum + b.size, 0); }

  /** Adds what happened next. @param {Event[]} events */
  append(events) {
    for (const e of events) {
      if (e.seq !== this.#last + 1) throw new Error(`Event ${e.seq} cannot follow event ${this.#last}.`);
      this.#open.push(e);
      this.#marks.note(e);
      this.#last = e.seq;
      this.#end = e.ts;
      if (this.#open.length < BLOCK) continue;
      this.#blocks.push(new Block(this.#open, this.#shapes));
      this.#open = [];
    }
    if (this.#last - this.base > this.#most) this.#drop();
  }

  /** The position of a moment: everything up to it has happened. @param {number} ts virtual µs */
  seqAt(ts) {
    if (ts >= this.#end) return this.#last;
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#blocks[middle].begin <= ts) low = middle + 1;
      else high = middle;
    }
    const inOpen = this.#open.length > 0 && this.#open[0].ts <= ts;
    const events = inOpen ? this.#open : low > 0 ? this.#unpack(this.#blocks[low - 1]) : [];
    let seq = this.base;
    for (const e of events) {
      if (e.ts > ts) break;
      seq = e.seq;
    }
    return Math.max(seq, this.base);
  }

  /** The event of a position; undefined when it is not kept. @param {number} seq */
  event(seq) {
    if (seq < this.first || seq > this.#last) return undefined;
    const events = this.#at(seq);
    return events[seq - events[0].seq];
  }

  /** Those of from..to that are kept. @param {number} from Seq @param {number} to Seq */
  events(from, to) {
    const events = [];
    const end = Math.min(to, this.#last);
    for (let seq = Math.max(from, this.first); seq <= end;) {
      for (const e of this.#at(seq)) {
        if (e.seq < seq) continue;
        if (e.seq > end) break;
        events.push(e);
      }
      seq = events[events.length - 1].seq + 1;
    }
    return events;
  }

  /**
   * The picture of a position. It belongs to this past, and is good until the next seek.
   * @param {number} seq @param {Watch} [watch]
   * @returns {State}
   */
  seek(seq, watch) {
    const target = Math.min(this.#last, Math.max(this.base, seq));
    const near = this.#checkpoints.before(target);
    if (!this.#cursor || this.#cursor.seq > target || this.#cursor.seq < near.at) {
      this.#cursor = copyOf(near.state);
      watch?.load(near.memo, this.#cursor);
    }
    const state = this.#cursor;
    this.#applied = 0;
    let due = this.#checkpoints.before(state.seq).at + GAP;
    while (state.seq < target) {
      for (const e of this.#at(state.seq + 1)) {
        if (e.seq <= state.seq) continue;
        if (e.seq > target) break;
        apply(state, e);
        watch?.note(e, state);
        this.#applied++;
        if (e.seq < due) continue;
        this.#checkpoints.offer(state, () => watch?.save(), this.#last, target);
        due = e.seq + GAP;
      }
    }
    return state;
  }

  /** The next seek begins at a picture, whatever the last one came to: time went back between two events. */
  rewind() { this.#cursor = undefined; }

  /** The picture of a position, for somebody who looks there once; where the last seek was stays as it is. @param {number} seq */
  peek(seq) {
    const target = Math.min(this.#last, Math.max(this.base, seq));
    const state = copyOf(this.#checkpoints.before(target).state);
    for (const e of this.events(state.seq + 1, target)) apply(state, e);
    return state;
  }

  /**
   * The same past up to a moment, for another future. It shares what it can with this one.
   * @param {number} ts virtual µs
   */
  until(ts) {
    const seq = this.seqAt(ts);
    const state = copyOf(this.seek(seq));
    this.rewind(); // whoever watches was not told
    const past = new Past(state, { most: this.#most });
    past.#checkpoints = this.#checkpoints.until(seq);
    past.#shapes = this.#shapes;
    past.#blocks = this.#blocks.filter((b) => b.last <= seq);
    const packed = past.#blocks.at(-1)?.last ?? this.base;
    past.#open = this.events(packed + 1, seq);
    past.#end = past.#open.at(-1)?.ts ?? past.#blocks.at(-1)?.end ?? this.baseState.ts;
    past.#marks = this.#marks.between(this.first, seq, answered(state), new Renewal());
    for (const e of this.events(past.#marks.changed || seq + 1, seq)) past.#marks.renewal.note(e);
    past.#dropped = this.#dropped;
    return past;
  }

  /**
   * The past that ends where this one begins, and then this one. What was remembered on the way here is not taken
   * over: whoever began in the middle did not know what came before.
   * @param {Past} older it goes on as the one that is returned
   */
  after(older) {
    if (older.last !== this.base) throw new Error(`The past up to event ${older.last} does not join one that begins after event ${this.base}.`);
    for (let seq = this.first; seq <= this.#last; seq += BLOCK) older.append(this.events(seq, seq + BLOCK - 1));
    older.rewind();
    return older;
  }

  /** Lets the oldest quarter go. It ends at a picture, which becomes the beginning. */
  #drop() {
    const base = this.#checkpoints.before(this.base + Math.ceil(this.#most / 4));
    if (base.at <= this.base) return; // nobody has passed there yet
    this.#dropped += base.at - this.base;
    this.#checkpoints = this.#checkpoints.from(base);
    this.#blocks = this.#blocks.filter((b) => b.last > base.at);
    this.#marks = this.#marks.between(base.at + 1, this.#last);
    this.#recent.clear();
    if (this.#cursor && this.#cursor.seq < base.at) this.#cursor = undefined;
  }

  /** The events of the block that holds one. @param {number} seq */
  #at(seq) {
    if (this.#open.length && seq >= this.#open[0].seq) return this.#open;
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#blocks[middle].first <= seq) low = middle + 1;
      else high = middle;
    }
    return this.#unpack(this.#blocks[low - 1]);
  }

  /** @param {Block} block */
  #unpack(block) {
    let events = this.#recent.get(block);
    if (events) {
      this.#recent.delete(block); // it becomes the youngest
    } else {
      events = block.events();
      if (this.#recent.size >= RECENT) this.#recent.delete(/** @type {Block} */ (this.#recent.keys().next().value));
    }
    this.#recent.set(block, events);
    return events;
  }
}

/** Visitors who have had an answer. @param {State} state */
function answered(state) {
  return [...state.visitors.values()].filter((v) => v.strip.length > 0).map((v) => v.name);
}
