// Which sentence is said, and for how long: an event that matters more comes
// first, and every sentence stays long enough to be read. Pure.

import { broke, outcome } from './outcome.js';

/** @typedef {import('./model.js').Event} Event */

/** A sentence stays at least so long, wall ms … */
const DWELL = 2800;

/** … or so long when there is news of the same visitor: the picture shows it already … */
const DWELL_NEWS = 1600;

/** … or so long when something that matters more happens … */
const DWELL_SHORT = 1100;

/** … or so long when that is what matters most. */
const DWELL_LEAST = 400;

/** The weight of what people did themselves, and of what ends something. */
const MOST = 4;

/**
 * How much an event matters to somebody who watches: 0 is not said at all.
 * @param {Event} e
 */
export function weight(e) {
  switch (e.kind) {
    case 'worker.crashed': case 'store.down': case 'store.up': case 'store.slowed': case 'scenario.set': case 'command.refused': case 'run.ended': case 'lock.deadlocked':
      return MOST;
    case 'request.done': {
      const came = outcome(e);
      return came === 'chance' ? 3 : broke(came) || came === 'served' ? 2 : 0;
    }
    case 'session.read':
      return e.session === 'miss' ? 3 : 1;
    case 'session.saved': case 'session.destroyed': case 'lock.waited': case 'update.lost': case 'chat.missed': case 'store.failed': case 'visitor.joined': case 'visitor.left': case 'session.expired':
      return 2;
    case 'worker.stopped': case 'worker.listening':
      return e.ts > 0 ? 2 : 0;
    case 'conn.closed':
      return e.why === 'idle' ? 2 : 0;
    case 'request.answered':
      return 1;
  }
  return 0;
}

export class Speaker {
  /** @type {Event | undefined} */
  #said;
  #at = -Infinity;
  /** The best of what happened since. @type {Event | undefined} */
  #next;
  /** The last that is said at all. @type {Event | undefined} */
  #last;

  /** The event whose sentence stands there. */
  get said() { return this.#said; }

  clear() {
    this.#said = undefined;
    this.#next = undefined;
    this.#last = undefined;
    this.#at = -Infinity;
  }

  /** @param {Event} e */
  hear(e) {
    const w = weight(e);
    if (!w) return;
    if (!this.#next || w >= weight(this.#next) || overtakes(e, this.#next)) this.#next = e;
    this.#last = e;
  }

  /**
   * The event to say now; undefined when the present sentence stays.
   * @param {number} wall ms @param {boolean} rest time stands still: what led here is said at once
   */
  next(wall, rest) {
    const next = (rest && this.#last) || this.#next;
    if (!next || next === this.#said) return undefined;
    if (!rest && wall - this.#at < dwell(this.#said, next)) return undefined;
    this.#said = next;
    this.#next = undefined;
    this.#last = undefined;
    this.#at = wall;
    return next;
  }
}

/** How long a sentence stays before another one, wall ms. @param {Event | undefined} said @param {Event} next */
function dwell(said, next) {
  if (weight(next) === MOST) return said && weight(said) === MOST ? DWELL_SHORT : DWELL_LEAST;
  if (!said || weight(next) > weight(said)) return DWELL_SHORT;
  return next.visitor && next.visitor === said.visitor ? DWELL_NEWS : DWELL;
}

/** Whether somebody is further than what was to be said of them. @param {Event} e @param {Event} next */
const overtakes = (e, next) => Boolean(e.visitor) && e.visitor === next.visitor && e.req !== next.req && weight(next) < MOST;
