// Which event is told at a moment of the run, and for how long: what matters
// more comes first, every sentence stays long enough to be read, and none is
// told so late that the picture has left it behind. It depends on the events
// and their moments alone, so a moment is told alike whether one plays there,
// jumps there, or opens a link to it. Pure.

import { broke, outcome } from '../run/outcome.js';

/** @typedef {import('../run/model.js').Event} Event */

/**
 * A sentence stays so long (µs of virtual time at 1×) when something that matters as much, more, or less happens
 * after it. Nobody can read faster; and what waits for its turn is never told later than LATE.
 */
const STAYS = 1_300_000;
const STAYS_FOR_MORE = 700_000;
const STAYS_FOR_LESS = 2_000_000;

/** … or so long when that is what people did themselves, or what ends something. */
const STAYS_FOR_MOST = 300_000;

/** What happened longer ago than this (virtual µs at 1×) is not told any more: the picture is elsewhere. */
export const LATE = 800_000;

/** The weight of what people did themselves, and of what ends something. */
const MOST = 4;

/**
 * How much an event matters to somebody who watches: 0 is not said at all.
 * @param {Event} e
 */
export function weight(e) {
  switch (e.kind) {
    case 'worker.crashed': case 'store.down': case 'store.up': case 'store.slowed': case 'store.filled': case 'scenario.set': case 'command.refused': case 'run.ended': case 'lock.deadlocked': case 'cookie.planted':
      return MOST;
    case 'request.done': {
      const came = outcome(e);
      return came === 'chance' ? 3 : broke(came) || came === 'served' ? 2 : 0;
    }
    case 'session.read':
      return e.session === 'miss' ? 3 : 1;
    case 'session.saved': case 'session.revived': case 'cookie.replaced': case 'store.saved': case 'session.destroyed': case 'lock.waited': case 'session.waited': case 'update.lost': case 'chat.missed': case 'store.failed': case 'visitor.joined': case 'visitor.left': case 'session.expired': case 'session.evicted': case 'store.refused': case 'poll.unknown':
      return 2;
    case 'worker.stopped': case 'worker.stopping': case 'worker.listening': case 'handler.threw':
      return e.ts > 0 ? 2 : 0;
    case 'conn.closed':
      return e.why === 'idle' ? 2 : 0;
    case 'request.answered': case 'job.ran':
      return 1;
  }
  return 0;
}

/** at: when it began to be told, virtual µs; next: the best of what has happened since; last: the last that matters; newest: the last of all. @typedef {{said?: Event, at: number, next?: Event, last?: Event, newest?: Event}} Kept */

export class Teller {
  /** @type {Event | undefined} */
  #said;
  #at = -Infinity;
  /** @type {Event | undefined} */
  #next;
  /** @type {Event | undefined} */
  #last;
  /** @type {Event | undefined} */
  #newest;
  /** How fast the run is played: who watches in slow motion reads no slower. */
  speed = 1;

  /** For another look at this moment. @returns {Kept} */
  save() { return { said: this.#said, at: this.#at, next: this.#next, last: this.#last, newest: this.#newest }; }

  /** @param {Kept} [kept] nothing was told */
  load(kept) {
    this.#said = kept?.said;
    this.#at = kept?.at ?? -Infinity;
    this.#next = kept?.next;
    this.#last = kept?.last;
    this.#newest = kept?.newest;
  }

  /** The next event of the run. @param {Event} e */
  note(e) {
    const w = weight(e);
    if (!w) return;
    this.#turn(e.ts);
    this.#newest = e;
    if (w > 1) this.#last = e;
    if (!this.#next || w >= weight(this.#next) || overtakes(e, this.#next)) this.#next = e;
    this.#turn(e.ts);
  }

  /**
   * The event to tell at a moment, not before the last one that was noted; undefined: nothing has happened.
   * @param {number} moment virtual µs @param {boolean} rest time stands still: what led here is told
   */
  at(moment, rest) {
    if (rest) return this.#led(moment);
    this.#turn(moment);
    return this.#said;
  }

  /**
   * What led to a moment: the last that matters, unless the picture has left it behind.
   * @param {number} moment
   */
  #led(moment) {
    const [last, newest] = [this.#last, this.#newest];
    if (!last || !newest) return newest;
    return moment - last.ts > LATE || overtakes(newest, last) ? newest : last;
  }

  /** Tells the next one, if its time has come by a moment. @param {number} moment */
  #turn(moment) {
    const next = this.#next;
    if (!next) return;
    const due = Math.max(next.ts, this.#at + stays(this.#said, next) * this.speed);
    if (due > moment && due - next.ts <= LATE * this.speed) return;
    this.#next = undefined;
    if (due > moment) return; // by then the picture would be elsewhere
    this.#said = next;
    this.#at = due;
  }
}

/** How long a sentence stays before another one, virtual µs. @param {Event | undefined} said @param {Event} next */
function stays(said, next) {
  if (!said) return 0;
  const [now, then] = [weight(said), weight(next)];
  if (then === MOST) return now === MOST ? STAYS_FOR_MORE : STAYS_FOR_MOST;
  return then > now ? STAYS_FOR_MORE : then < now ? STAYS_FOR_LESS : STAYS;
}

/** Whether somebody is further than what was to be said of them. @param {Event} e @param {Event} next */
const overtakes = (e, next) => Boolean(e.visitor) && e.visitor === next.visitor && e.req !== next.req && weight(next) < MOST;
