// Moving through time: from the present into the past and back, and off into
// another future. It knows the past and where in it one is; the page draws.
//
// While somebody looks at the past the room stands still. A change made there
// is asked of the server as a fork: the future is cut off there and runs anew.
// The one that was cut off is its link and its last moment, so it can be had
// back: the same link opens the same run.

import { linkOf } from '../address.js';
import { momentOf, withMoment } from '../hash.js';
import { MOST_EVENTS, Past } from '../history.js';
import { same } from '../history/same.js';
import { fromSnapshot, toSnapshot } from '../model.js';
import { weight } from '../say.js';
import { say } from '../wire.js';
import { Memory } from './memory.js';
import { older, Unavailable } from './older.js';

/** @typedef {import('../model.js').State} State */
/** @typedef {import('../model.js').Event} Event */
/** @typedef {import('../history.js').Watch} Watch */

/**
 * What a step goes by. @typedef {'milestone' | 'event' | 'request'} By
 */

/** @type {By[]} */
export const BYS = ['milestone', 'event', 'request'];

/**
 * The present of the page. moment: how far the run is; shown: how much of it is on the screen.
 * @typedef {{moment: number, shown: number, playing: boolean, speed: number, state: State, query: string, link: string}} Present
 */

/** Where in the past one is. event: the one to be told, if a certain one. @typedef {{seq: number, moment: number}} Place */

/** A run that was left for another. @typedef {{query: string, at: number, past: Past | undefined}} Future */

/**
 * What the page draws; moved: it is another picture than the last one. said: the event to tell.
 * @typedef {{state: State, moment: number, moved: boolean, playing: boolean, said: Event | undefined}} View
 */

/**
 * The page.
 * @typedef {{
 *   present: () => Present,
 *   watch: Watch,
 *   send: (text: string) => boolean,
 *   wake: () => void,
 *   live: (state: State) => void,
 *   reopen: (query: string, at: number) => void,
 *   progress: (done: number | undefined) => void,
 *   fail: (text: string | undefined) => void,
 * }} Page live: the present goes on from this state; reopen: opens a run, paused; fail: something of the past cannot be had
 */

/** The hash follows a little later, so that the browser is not flooded, ms. */
const HASH_PAUSE = 300;

export class Travel extends EventTarget {
  #page;
  /** @type {Past | undefined} */
  #past;
  /** Undefined: the present. @type {Place | undefined} */
  #place;
  /** Where to be with the next picture. @type {Place | undefined} */
  #target;
  /** A moment of before the past that is known. @type {number | undefined} */
  #wish;
  #waiting = 0;
  #resume = false;
  #playing = false;
  #wall = 0;
  /** The last event that matters. @type {Event | undefined} */
  #said;
  /** The event to tell is the one of this position. */
  #exact = false;
  /** The present takes a step of the server's, of which less is to be shown. @type {{by: By, seq: number} | undefined} */
  #step;
  /** A fork is on its way: what it leaves. @type {Future | undefined} */
  #left;
  /** Commands for after it. @type {string[]} */
  #then = [];
  /** @type {Future | undefined} */
  #other;
  /** @type {Promise<void> | undefined} */
  #fetching;
  #abort = new AbortController();
  #hashTimer = 0;
  /** @type {Watch} */
  #watch;
  /** What ← and → go by. @type {By} */
  by = 'milestone';

  /** @param {Page} page */
  constructor(page) {
    super();
    this.#page = page;
    this.#watch = {
      load: (memo, state) => {
        this.#said = /** @type {import('./memory.js').Memo | undefined} */ (memo)?.said;
        page.watch.load(memo, state);
      },
      note: (e, state) => {
        if (weight(e) > 1) this.#said = e;
        page.watch.note(e, state);
      },
      save: () => ({ .../** @type {object} */ (page.watch.save()), said: this.#said }),
    };
  }

  get past() { return this.#past; }

  /** Where one is; undefined in the present. */
  get place() { return this.#place; }

  /** The last event that matters, where one is. */
  get said() { return this.#said; }

  /** The past is played. */
  get playing() { return this.#playing; }

  /** Something of the past is on its way. */
  get fetching() { return Boolean(this.#fetching); }

  /** For how long the server wants to be left alone before it gives more of the past, s; 0: it does not. */
  get waiting() { return this.#waiting; }

  /** Where the run was left for this one, and what can be had back. */
  get other() { return this.#other; }

  // ---- what happens

  /** The page was given a picture. @param {import('../wire.js').Snapshot} message */
  renew(message) {
    const state = fromSnapshot(message.state);
    const known = this.#continued(state, message.now);
    const left = this.#left;
    this.#left = undefined;
    this.#step = undefined;
    if (!known) {
      this.#abort.abort();
      this.#said = undefined;
    }
    // Only who looks at this very picture remembers what belongs to it.
    this.#past = known ?? new Past(state, { memo: this.#page.present().state.seq === state.seq ? this.#watch.save() : undefined });
    if (this.#place && (left || !known || this.#place.seq > known.last)) this.#leave();
    if (this.#place) {
      this.#target = this.#place;
    } else if (known) {
      // What lingered, was counted and was said there is known, too.
      this.#page.live(known.take(this.#watch));
    }
    if (left) {
      this.#other = left;
      for (const text of this.#then.splice(0)) this.#page.send(say.do(text));
      if (this.#resume) this.#page.send(say.play());
    }
    this.#changed();
  }

  /** @param {Event[]} events */
  receive(events) {
    if (!this.#past || !events.length || events[0].seq !== this.#past.last + 1) return;
    this.#past.append(events);
    const step = this.#step;
    if (!step) return;
    this.#step = undefined;
    const seq = this.#next(step.by, 1, step.seq);
    if (seq !== undefined && seq < this.#past.last) this.toEvent(seq);
  }

  /** The page has played an event. @param {Event} e @param {State} state after it */
  pass(e, state) {
    if (weight(e) > 1) this.#said = e;
    this.#past?.pass(state, this.#watch);
  }

  /** The first picture is there: to the moment of the address. */
  arrive() {
    const at = momentOf(location.hash);
    if (at !== undefined && at < this.#page.present().moment) this.to(at);
  }

  /** The address was changed by hand, or a link within the page was followed. */
  follow() {
    const at = momentOf(location.hash);
    if (at === undefined) return;
    if (at <= this.#page.present().moment) this.to(at);
    else this.#page.reopen(this.#page.present().query, at);
  }

  /** The present plays on: the moment of the address is not the one that is shown. */
  goOn() {
    if (!this.#place && momentOf(location.hash) !== undefined) this.#writeHash(undefined);
  }

  // ---- where to

  /** To a moment, virtual µs. @param {number} moment */
  to(moment) {
    const past = this.#past;
    if (!past) return;
    const at = Math.max(0, moment);
    const { moment: now } = this.#page.present();
    if (at < past.baseState.ts && !past.fromStart) {
      this.#wish = at;
      void this.#fetch();
    } else {
      this.#wish = undefined;
    }
    this.#enter();
    const shown = Math.min(now, Math.max(past.baseState.ts, at));
    this.#exact = false;
    this.#go({ seq: past.seqAt(shown), moment: shown });
  }

  /** To just after an event. @param {number} seq */
  toEvent(seq) {
    const past = this.#past;
    if (!past) return;
    if (seq < past.base) {
      this.#wish = undefined;
      void this.whole().then(() => this.toEvent(seq), () => {});
      return;
    }
    this.#enter();
    this.#exact = true;
    this.#go({ seq, moment: past.event(seq)?.ts ?? past.baseState.ts });
  }

  /** One forward (1) or back (-1). @param {1 | -1} direction @param {By} [by] */
  step(direction, by = this.by) {
    const past = this.#past;
    if (!past || this.#left) return;
    this.#playing = false;
    const from = this.#position();
    const seq = this.#next(by, direction, from);
    if (seq !== undefined) {
      this.toEvent(seq);
    } else if (direction > 0) {
      if (this.#place) this.now(false);
      else this.#beyond(by);
    } else if (past.fromStart) {
      this.to(0);
    } else {
      void this.#fetch().then(() => { if (this.#past?.fromStart) this.step(direction, by); });
    }
  }

  /** Back to the present. @param {boolean} [goOn] it plays on, if it did before */
  now(goOn = true) {
    const past = this.#past;
    if (!this.#place || !past) return;
    const resume = goOn && this.#resume;
    const state = past.take(this.#watch);
    this.#leave();
    this.#page.live(state);
    if (resume) this.#page.send(say.play());
    this.#changed();
  }

  /** The clock of the present went back a little: what lingers is as it was then. */
  again() {
    if (!this.#place && this.#past) this.#page.live(this.#past.take(this.#watch));
  }

  /** Plays the past, or stops. */
  play() {
    if (!this.#place) return;
    this.#playing = !this.#playing;
    this.#wall = performance.now();
    this.#exact = false;
    this.#changed();
  }

  /**
   * A wish of somebody who looks at the page; false when it is one for the present.
   * @param {{do?: string, time?: string}} order
   */
  order({ do: text, time }) {
    if (time === 'back') {
      this.step(-1, 'milestone');
      return true;
    }
    if (time === 'reset') this.#leave();
    if (this.#left && text) {
      this.#then.push(text);
      return true;
    }
    if (!this.#place) return false;
    if (text) {
      this.#fork(text);
      return true;
    }
    if (time === 'play' || time === 'pause') this.play();
    else if (time === 'step') this.step(1, 'milestone');
    else return false;
    return true;
  }

  /** Brings back the future that was left; this one can be had back then. */
  bringBack() {
    const back = this.#other;
    if (!back) return;
    const { query, moment } = this.#page.present();
    this.#other = { query, at: moment, past: this.#past };
    this.#abort.abort();
    this.#past = back.past;
    this.#leave();
    this.#page.reopen(back.query, back.at);
    this.#changed();
  }

  /** Nobody wants the other future back. */
  forgetOther() {
    this.#other = undefined;
    this.#changed();
  }

  /** The address of the moment that is shown. */
  link() {
    const { link, shown } = this.#page.present();
    return new URL(linkOf(link, '', location.pathname, withMoment(location.hash, this.#place?.moment ?? shown)), location.href).href;
  }

  /** The past from the first event of the run. @returns {Promise<Past>} */
  async whole() {
    if (this.#past && !this.#past.whole) await this.#fetch();
    if (!this.#past?.whole) throw new Unavailable();
    return this.#past;
  }

  // ---- pictures

  /**
   * What is to be drawn; undefined when it is the present.
   * @param {number} wall ms
   * @returns {View | undefined}
   */
  advance(wall) {
    const past = this.#past;
    if (!this.#place || !past) return undefined;
    if (this.#playing) {
      const { moment: now, speed } = this.#page.present();
      const moment = this.#place.moment + Math.max(0, wall - this.#wall) * 1000 * speed;
      if (moment >= now) {
        this.#resume = true; // who plays into the present goes on there
        this.now();
        return undefined;
      }
      this.#target = { seq: Math.max(this.#place.seq, past.seqAt(moment)), moment };
    }
    this.#wall = wall;
    const target = this.#target;
    this.#target = undefined;
    if (target) {
      if (target.moment < this.#place.moment) past.rewind();
      this.#place = target;
    }
    const state = past.seek(this.#place.seq, this.#watch);
    const exact = this.#exact ? past.event(this.#place.seq) : undefined;
    return { state, moment: this.#place.moment, moved: Boolean(target), playing: this.#playing, said: exact ?? this.#said };
  }

  // ----

  /** The position that is shown. */
  #position() { return (this.#target ?? this.#place)?.seq ?? this.#page.present().state.seq; }

  /** @param {Place} place */
  #go(place) {
    this.#target = place;
    this.#playing = false;
    this.#changed();
    this.#page.wake();
    clearTimeout(this.#hashTimer);
    this.#hashTimer = Number(setTimeout(() => {
      if (this.#place) this.#writeHash(this.#place.moment);
    }, HASH_PAUSE));
  }

  #enter() {
    if (this.#place) return;
    const { state, shown, playing } = this.#page.present();
    this.#resume = playing;
    if (playing) this.#page.send(say.pause());
    this.#place = { seq: state.seq, moment: shown };
    this.#past?.rewind();
    document.documentElement.dataset.past = 'true';
  }

  #leave() {
    this.#place = undefined;
    this.#target = undefined;
    this.#wish = undefined;
    this.#playing = false;
    delete document.documentElement.dataset.past;
    clearTimeout(this.#hashTimer);
    if (momentOf(location.hash) !== undefined) this.#writeHash(undefined);
    this.#changed();
  }

  /**
   * The next of its kind from a position; undefined when there is none.
   * @param {By} by @param {1 | -1} direction @param {number} from Seq
   */
  #next(by, direction, from) {
    const past = this.#past;
    if (!past) return undefined;
    if (by === 'event') {
      const seq = from + direction;
      return seq < past.base || seq > past.last ? undefined : seq;
    }
    const list = by === 'milestone' ? past.marks.milestones : past.marks.answers;
    const i = direction > 0 ? list.above(from) : list.from(from) - 1;
    return i < 0 || i >= list.length ? undefined : list.at(i);
  }

  /** The present has nothing more: the server takes a step, and of what it brings the first is shown. @param {By} by */
  #beyond(by) {
    if (by !== 'milestone') this.#step = { by, seq: this.#page.present().state.seq };
    this.#page.send(say.step());
  }

  /** @param {string} text a command that is given in the past */
  #fork(text) {
    if (!this.#place) return;
    const { query, moment } = this.#page.present();
    const sent = this.#page.send(say.fork(Math.round((this.#target ?? this.#place).moment), text));
    if (sent) this.#left = { query, at: moment, past: this.#past };
    this.#changed();
  }

  /** The server did not want to. */
  refused() {
    this.#left = undefined;
    this.#step = undefined;
    this.#then = [];
  }

  /**
   * What of the past that is known led to a picture; undefined when it did not.
   * @param {State} state @param {number} now virtual µs
   */
  #continued(state, now) {
    const past = this.#past;
    if (!past || state.seq < past.base || state.seq > past.last) return undefined;
    const known = state.seq === past.last ? past : past.until(now);
    if (known.last !== state.seq) return undefined;
    const there = same(toSnapshot(known.seek(known.last)), toSnapshot(state));
    known.rewind();
    return there ? known : undefined;
  }

  /** Gets what this browser never received. */
  #fetch() {
    this.#fetching ??= this.#older().finally(() => {
      this.#fetching = undefined;
      this.#page.progress(undefined);
      this.#changed();
      this.#page.wake();
    });
    return this.#fetching;
  }

  /** @param {number} seconds */
  #pause(seconds) {
    this.#waiting = seconds;
    this.#changed();
    this.#page.wake();
  }

  async #older() {
    const past = this.#past;
    if (!past) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#page.progress(0);
    try {
      if (past.base > MOST_EVENTS / 2) throw new Unavailable();
      const before = await older({
        query: this.#page.present().query, base: past.baseState, watch: new Memory(), progress: (done) => this.#page.progress(done), busy: (seconds) => this.#pause(seconds), signal,
      });
      if (!same(toSnapshot(before.seek(before.last)), toSnapshot(past.baseState))) throw new Unavailable();
      before.rewind();
      if (this.#past?.baseState !== past.baseState) return; // another run by now
      this.#past = this.#past.after(before);
      const wish = this.#wish;
      if (wish !== undefined && this.#place) this.to(wish);
      else if (this.#place) this.#target = this.#place;
    } catch (problem) {
      if (signal.aborted) return;
      this.#wish = undefined;
      this.#page.fail(problem instanceof Unavailable && problem.message ? problem.message : undefined);
    }
  }

  /** @param {number | undefined} moment */
  #writeHash(moment) {
    const hash = withMoment(location.hash, moment);
    if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}
