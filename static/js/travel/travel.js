// Moving through time: from the present into the past and back, and off into
// another future. It knows the past and where in it one is; the page draws.
//
// While somebody looks at the past the room stands still. A change made there
// is asked of the server as a fork: the future is cut off there and runs anew.
// The one that was cut off is its link and its last moment, so it can be had
// back: the same link opens the same run.

import { linkOf } from '../address/address.js';
import { goesOn, momentOf, withMoment } from '../address/hash.js';
import { format, parse, parseCommands } from '../address/url.js';
import { say } from '../wire/wire.js';
import { Layer } from '../dom/layers.js';

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../history/history.js').Past} Past */

/**
 * What a step goes by. @typedef {'milestone' | 'event' | 'request'} By
 */

/** @type {By[]} */
export const BYS = ['milestone', 'event', 'request'];

/**
 * The present of the room. moment: how far the run is; shown: how much of it is on the screen; later: the run's link has commands that are yet to come.
 * @typedef {{moment: number, shown: number, playing: boolean, speed: number, seq: number, query: string, link: string, later: boolean}} Present
 */

/** Where in the past one is. event: the position is that of a certain event, which is to be told. @typedef {{seq: number, moment: number, event?: boolean}} Place */

/** A run that was left for another, and what is known of it. unseen: nobody saw it; begun: it was left to begin anew. @typedef {{query: string, at: number, past: Past | undefined, unseen?: boolean, begun?: boolean}} Future */

/** The hash follows a little later, so that the browser is not flooded, ms. */
const HASH_PAUSE = 300;

/**
 * Dispatches "change", "stale" (there is more to be drawn), "present" (one is back in it), "other" (another future is there again; detail: the command
 * that was taken back for it, if one was), "nothing" (there is none, or nothing to be taken back; detail: which key of the catalogue says so), and "gone"
 * (something of the past cannot be had; detail: why, if that is known).
 */
export class Travel extends EventTarget {
  #room;
  /** Undefined: the present. @type {Place | undefined} */
  #place;
  /** A moment of before the past that is known. @type {number | undefined} */
  #wish;
  #resume = false;
  #playing = false;
  #wall = 0;
  /** The present takes a step of the server's, of which less is to be shown. @type {{by: By, seq: number} | undefined} */
  #step;
  /** Another future is on its way: what it leaves. @type {Future | undefined} */
  #left;
  /** Commands for after it. @type {string[]} */
  #then = [];
  /** @type {Future | undefined} */
  #other;
  /** The furthest event (Seq) that was shown, of those that steps on from the present led to; 0: none did. */
  #front = 0;
  #hashTimer = 0;
  /** Esc leads back to the present. */
  #layer = new Layer(() => this.now());
  /** What ← and → go by. @type {By} */
  by = 'milestone';

  /** @param {import('../room/room.js').Room} room */
  constructor(room) {
    super();
    this.#room = room;
    room.world.addEventListener('change', () => this.#changed());
  }

  /** @returns {Present} */
  get #present() {
    const { clock, wanted, world, link } = this.#room;
    return { moment: clock.reached, shown: clock.shown, seq: world.state.seq, ...wanted.pace, query: link.query, link: link.shared, later: link.later(clock.reached).length > 0 };
  }

  /** @returns {Past | undefined} */
  get past() { return this.#room.world.past; }

  /** Where one is; undefined in the present. */
  get place() { return this.#place; }

  /** Nobody has seen what comes after: a step on led here, and the server is only a little further. It is no past to who looks. */
  get front() { return this.#front > 0 && (this.#place?.seq ?? 0) >= this.#front; }

  /** The past is played. */
  get playing() { return this.#playing; }

  /** Something of the past is on its way. */
  get fetching() { return this.#room.world.fetching; }

  /** For how long the server wants to be left alone before it gives more of the past, s; 0: it does not. */
  get waiting() { return this.#room.world.waiting; }

  /** Where the run was left for this one, and what can be had back. */
  get other() { return this.#other; }

  // ---- what happens

  /** The page was given a picture. @param {boolean} known of the same run as before */
  renew(known) {
    const left = this.#left;
    this.#left = undefined;
    this.#step = undefined;
    if (this.#place && (left || !known || this.#place.seq > (this.past?.last ?? 0))) this.#leave();
    if (left) {
      if (!left.unseen) this.#other = left;
      for (const text of this.#then.splice(0)) this.#room.send(say.do(text));
      if (this.#resume) this.#room.send(say.play());
    }
    if (this.#room.wanted.playing) this.goOn(); // a link's moment was reached, and left
    this.#changed();
  }

  /** More has happened. */
  grow() {
    const step = this.#step;
    if (!step || !this.past) return;
    this.#step = undefined;
    const seq = this.#next(step.by, 1, step.seq);
    if (seq === undefined || seq >= this.past.last) return;
    this.#front = seq;
    this.toEvent(seq);
  }

  /** Somebody listens now: the run goes on, or to the moment of the address. */
  begin() {
    // In a frame the address says where the run begins, and nothing of the past.
    if (this.#room.framed) return;
    addEventListener('hashchange', () => this.follow());
    if (this.#room.wanted.playing) this.goOn();
    else this.#arrive();
  }

  /** To the moment of the address. */
  #arrive() {
    const at = momentOf(location.hash);
    if (at !== undefined && at < this.#present.moment) this.to(at);
  }

  /** The address was changed by hand, or a link within the page was followed. */
  follow() {
    const at = momentOf(location.hash);
    if (at === undefined) return;
    const play = goesOn(location.hash);
    if (at > this.#present.moment) {
      this.#room.reopen(this.#present.query, at, play);
      return;
    }
    this.to(at);
    if (play) this.play();
  }

  /** The present plays on: the moment of the address is not the one that is shown. */
  goOn() {
    if (!this.#place && momentOf(location.hash) !== undefined) this.#writeHash(undefined);
  }

  // ---- where to

  /** To a moment, virtual µs. @param {number} moment */
  to(moment) {
    const { past } = this;
    if (!past) return;
    const at = Math.max(0, moment);
    const { moment: now } = this.#present;
    this.#wish = undefined;
    if (at < past.baseState.ts && !past.fromStart) {
      this.#wish = at;
      void this.#fetch();
    }
    this.#enter();
    const shown = Math.min(now, Math.max(past.baseState.ts, at));
    this.#go({ seq: past.seqAt(shown), moment: shown });
  }

  /** To just after an event. @param {number} seq */
  toEvent(seq) {
    const { past } = this;
    if (!past) return;
    this.#wish = undefined;
    if (seq < past.base) {
      void this.#fetch().then((there) => { if (there) this.toEvent(seq); });
      return;
    }
    this.#enter();
    this.#go({ seq, moment: past.event(seq)?.ts ?? past.baseState.ts, event: true });
  }

  /** One forward (1) or back (-1). @param {1 | -1} direction @param {By} [by] */
  step(direction, by = this.by) {
    const { past } = this;
    if (!past || this.#left) return;
    this.#playing = false;
    const seq = this.#next(by, direction, direction < 0 ? this.#told(by) : this.#place?.seq ?? this.#present.seq);
    if (seq !== undefined) {
      if (direction > 0 && (!this.#place || this.front)) this.#front = seq;
      this.toEvent(seq);
    } else if (direction > 0) {
      if (this.#place) this.now(false);
      else this.#beyond(by);
    } else if (past.fromStart) {
      this.to(0);
    } else {
      void this.#fetch().then((there) => { if (there) this.step(direction, by); });
    }
  }

  /** Back to the present. @param {boolean} [goOn] it plays on, if it did before */
  now(goOn = true) {
    if (!this.#place) return;
    const resume = goOn && this.#resume;
    this.#leave();
    this.dispatchEvent(new Event('present'));
    if (resume) this.#room.send(say.play());
  }

  /** Plays the past, or stops. */
  play() {
    if (!this.#place) return;
    this.#playing = !this.#playing;
    this.#wall = performance.now();
    this.#place = { ...this.#place, event: false };
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
    if (time === 'reset') this.#begin();
    if (this.#left && text) {
      this.#then.push(text);
      return true;
    }
    const { later, shown, playing } = this.#present;
    if (text && (this.#place || later)) {
      if (!this.#place) this.#resume = playing;
      this.#fork(text, this.#place?.moment ?? shown);
      return true;
    }
    if (!this.#place) return false;
    if (time === 'resume') this.#resume = true; // once one is back in the present
    else if (time === 'play' || time === 'pause') this.play();
    else if (time === 'step') this.step(1, 'milestone');
    else return false;
    return true;
  }

  /** Brings back the future that was left; this one can be had back then. */
  bringBack() {
    const back = this.#other;
    if (!back) {
      this.#nothing('travel.bring.nothing');
      return;
    }
    const { query, moment } = this.#present;
    this.#other = moment > 0 ? { query, at: moment, past: this.past } : undefined;
    this.#leave();
    if (back.past) this.#room.world.take(back.past);
    this.#room.reopen(back.query, back.at);
    this.dispatchEvent(new CustomEvent('other', { detail: '' }));
    this.#changed();
  }

  /** What was done last, if that can be taken back. */
  get #last() {
    const { query, moment } = this.#present;
    return this.#left ? undefined : parseCommands(parse(query).get('do') ?? '').filter((c) => c.at <= moment).at(-1);
  }

  /** Something was done that can be taken back: a command, or that the run began anew. */
  get undoes() { return Boolean(this.#last ?? this.#other?.begun); }

  /** Takes back what was done last: the run goes on without it from its moment. That is another future, too, which bringBack can have again. */
  undo() {
    const last = this.#last;
    if (!last) {
      if (this.#other?.begun) this.bringBack(); // who began again has done nothing since
      else if (!this.#left) this.#nothing('travel.undo.nothing');
      return;
    }
    const { query, moment, playing } = this.#present;
    const values = parse(query);
    const commands = parseCommands(values.get('do') ?? '');
    commands.splice(commands.map((c) => `${c.at} ${c.text}`).lastIndexOf(`${last.at} ${last.text}`), 1);
    const resume = this.#place ? this.#resume : playing;
    this.#leave();
    this.#other = { query, at: moment, past: this.past };
    this.#room.reopen(format(values, commands), last.at, resume);
    this.dispatchEvent(new CustomEvent('other', { detail: last.text }));
    this.#changed();
  }

  /** Nobody wants the other future back. */
  forgetOther() {
    this.#other = undefined;
    this.#changed();
  }

  /** The address of the moment that is shown. */
  link() {
    const { link, shown } = this.#present;
    return new URL(linkOf(link, '', location.pathname, withMoment(location.hash, this.#place?.moment ?? shown)), location.href).href;
  }

  // ---- pictures

  /**
   * Where to be by now; undefined: in the present.
   * @param {number} wall ms
   * @returns {Place | undefined}
   */
  advance(wall) {
    const { past } = this;
    if (!this.#place || !past) return undefined;
    if (this.#playing) {
      const { moment: now, speed } = this.#present;
      const moment = this.#place.moment + Math.max(0, wall - this.#wall) * 1000 * speed;
      if (moment >= now) {
        this.#resume = true; // who plays into the present goes on there
        this.now();
        return undefined;
      }
      this.#place = { seq: Math.max(this.#place.seq, past.seqAt(moment)), moment };
    }
    this.#wall = wall;
    return this.#place;
  }

  // ----

  /** @param {Place} place */
  #go(place) {
    this.#place = place;
    this.#playing = false;
    this.#changed();
    this.dispatchEvent(new Event('stale'));
    clearTimeout(this.#hashTimer);
    this.#hashTimer = Number(setTimeout(() => {
      if (this.#place) this.#writeHash(this.#place.moment);
    }, HASH_PAUSE));
  }

  #enter() {
    if (this.#place) return;
    const { seq, shown, playing } = this.#present;
    this.#resume = playing;
    if (playing) this.#room.send(say.pause());
    this.#place = { seq, moment: shown };
    document.documentElement.dataset.past = 'true';
    this.#layer.rise();
  }

  #leave() {
    this.#place = undefined;
    this.#front = 0;
    this.#wish = undefined;
    this.#playing = false;
    delete document.documentElement.dataset.past;
    this.#layer.gone();
    clearTimeout(this.#hashTimer);
    if (momentOf(location.hash) !== undefined) this.#writeHash(undefined);
    this.#changed();
  }

  /**
   * The next of its kind from a position; undefined when there is none.
   * @param {By} by @param {1 | -1} direction @param {number} from Seq
   */
  #next(by, direction, from) {
    const { past } = this;
    if (!past) return undefined;
    if (by === 'event') {
      const seq = from + direction;
      return seq < past.base || seq > past.last ? undefined : seq;
    }
    const list = by === 'milestone' ? past.marks.milestones : past.marks.answers;
    const i = direction > 0 ? list.above(from) : list.from(from) - 1;
    return i < 0 || i >= list.length ? undefined : list.at(i);
  }

  /** The position from which a step goes back: what the shown moment tells already is no step away. @param {By} by */
  #told(by) {
    const { seq: now, shown } = this.#present;
    const { seq, moment, event } = this.#place ?? { seq: now, moment: shown };
    const last = event ? undefined : this.#next(by, -1, seq + 1);
    const { ts = -1 } = (last !== undefined && this.past?.event(last)) || {};
    return last !== undefined && Math.floor(ts / 1000) === Math.floor(moment / 1000) ? last : seq;
  }

  /** The present has nothing more: the server takes a step, and of what it brings the first is shown. @param {By} by */
  #beyond(by) {
    if (by !== 'milestone') this.#step = { by, seq: this.#present.seq };
    this.#room.send(say.step());
  }

  /** @param {string} text a command that begins another future @param {number} at virtual µs */
  #fork(text, at) {
    const { query, moment } = this.#present;
    if (this.#room.send(say.fork(Math.round(at), text))) this.#left = { query, at: moment, past: this.past, unseen: this.front };
    this.#changed();
  }

  /** The run begins anew: that is another future, too. */
  #begin() {
    const { query, moment, playing } = this.#present;
    this.#resume &&= Boolean(this.#place);
    this.#resume ||= playing;
    this.#leave();
    if (moment > 0) this.#left = { query, at: moment, past: this.past, begun: true };
  }

  /** @param {string} key of the catalogue */
  #nothing(key) { this.dispatchEvent(new CustomEvent('nothing', { detail: key })); }

  /** The server did not want to. */
  refused() {
    this.#left = undefined;
    this.#step = undefined;
    this.#then = [];
  }

  /** Gets what this browser never received. @returns {Promise<boolean>} whether all of it is there */
  async #fetch() {
    try {
      await this.#room.world.whole();
    } catch (problem) {
      this.#wish = undefined;
      if (!(problem instanceof DOMException)) this.dispatchEvent(new CustomEvent('gone', { detail: problem instanceof Error && problem.name === 'Unavailable' ? problem.message : undefined }));
      return false;
    }
    const wish = this.#wish;
    if (wish !== undefined && this.#place) this.to(wish);
    this.dispatchEvent(new Event('stale'));
    return true;
  }

  /** @param {number | undefined} moment */
  #writeHash(moment) {
    const hash = withMoment(location.hash, moment);
    if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}
