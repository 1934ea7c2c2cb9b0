// The figures under the stage, in two windows: since the last change of the
// set-up, so that a cure shows at once and not after the past has faded; and
// over the whole run. What a change of mode does by itself is not counted
// against what it brings. Pure.

import { loggedOut, outcome } from './outcome.js';
import { Renewal } from './renewal.js';

/** @typedef {import('./model.js').State} State */
/** @typedef {import('./model.js').Event} Event */

/** 'change': since the last change of the set-up; 'run': from the beginning of the run on. @typedef {'change' | 'run'} Window */

/** spared: answers that are left out, since they tell of a change of mode alone. @typedef {{welcome: number, denied: number, logouts: number, spared: number}} Counts */

/**
 * since: the moment (virtual µs) from which each window counts; from: the Seq of the event with which it begins, that one not included.
 * @typedef {{change: Counts, run: Counts, since: Record<Window, number>, from: Record<Window, number>,
 *   renewal: import('./renewal.js').Kept, then: import('./renewal.js').Kept}} Kept renewal, then: by now, and at the last change of the set-up
 */

/** Settings after which counting begins anew. */
const CHANGES = /^(mode|workers|balancer|connection|addresses)=/;

const nothing = () => ({ welcome: 0, denied: 0, logouts: 0, spared: 0 });

export class Figures {
  /** @type {Record<Window, Counts>} */
  #counts = { change: nothing(), run: nothing() };
  #since = { change: 0, run: 0 };
  #from = { change: 0, run: 0 };
  #renewal = new Renewal();
  #then = this.#renewal.save();

  /** For another look at this moment. @returns {Kept} */
  save() {
    const { change, run } = this.#counts;
    return { change: { ...change }, run: { ...run }, since: { ...this.#since }, from: { ...this.#from }, renewal: this.#renewal.save(), then: this.#then };
  }

  /**
   * Goes back to what was kept; without it begins with a picture, of which it is not known what came before.
   * @param {Kept | undefined} kept @param {State} state
   */
  load(kept, state) {
    this.#counts = { change: { ...(kept?.change ?? nothing()) }, run: { ...(kept?.run ?? nothing()) } };
    this.#since = { ...(kept?.since ?? { change: state.ts, run: state.ts }) };
    this.#from = { ...(kept?.from ?? { change: state.seq, run: state.seq }) };
    this.#renewal.load(kept?.renewal);
    this.#then = kept?.then ?? this.#renewal.save();
  }

  /** @param {Event} e @returns {boolean} it is an answer that tells of a change of mode alone */
  note(e) {
    const telling = this.#renewal.note(e);
    if (e.kind === 'scenario.set' && CHANGES.test(e.text ?? '')) {
      this.#counts.change = nothing();
      this.#since.change = e.ts;
      this.#from.change = e.seq;
      this.#then = this.#renewal.save();
    }
    if (e.kind !== 'request.done') return false;
    const came = outcome(e);
    for (const counts of telling ? [this.#counts.run] : [this.#counts.run, this.#counts.change]) {
      if (came === 'welcome') counts.welcome++;
      if (loggedOut(came)) counts.denied++;
      if (came === 'chance') counts.logouts++;
    }
    if (telling === 'change' && loggedOut(came)) this.#counts.change.spared++;
    return telling === 'change';
  }

  /** The set-up was changed, so that the two windows differ. */
  get changed() { return this.#from.change !== this.#from.run; }

  /** A window leaves answers out that tell of the change of mode alone. @param {Window} window */
  spares(window) { return this.#counts[window].spared > 0; }

  /** The event (Seq) after which a window counts, its moment in virtual µs, and whose answers were not counted then. @param {Window} window */
  begin(window) { return { from: this.#from[window], since: this.#since[window], renewal: this.#then }; }

  /**
   * Somebody whom the last change of mode logged out has not logged in again: what it brought is not known yet.
   * @param {State} state of this moment @param {Window} window
   */
  waits(state, window) { return window === 'change' && this.#renewal.waits(state); }

  /**
   * share: of visits that met a logged-in page, in percent; undefined before the first, and as long as a window waits.
   * @param {State} state @param {Window} [window]
   */
  of(state, window = 'change') {
    const { welcome, denied, logouts } = this.#counts[window];
    const visits = welcome + denied;
    const threads = state.scenario.mode === 'threads';
    return {
      share: visits > 0 && !this.waits(state, window) ? Math.round((100 * welcome) / visits) : undefined,
      logouts,
      copies: threads ? Math.min(1, state.workers.length) : state.workers.length,
    };
  }
}
