// The three figures under the stage. They count from the last change of the
// set-up, so that a cure shows at once and not after the past has faded. A
// change of mode ends every session, as a deployment would: until visitors have
// logged in again, their answers tell of the past and are not counted. Pure.

import { loggedOut, outcome } from './outcome.js';

/** @typedef {import('./model.js').State} State */
/** @typedef {{welcome: number, denied: number, logouts: number, stale: string[]}} Counts */

/** Settings after which counting begins anew. */
const CHANGES = /^(mode|workers|balancer|connection|addresses)=/;

export class Figures {
  #welcome = 0;
  #denied = 0;
  #logouts = 0;
  /** Visitors whose session is one of before the change. @type {Set<string>} */
  #stale = new Set();

  /** For a reload. @returns {Counts} */
  get counts() {
    return { welcome: this.#welcome, denied: this.#denied, logouts: this.#logouts, stale: [...this.#stale] };
  }

  /** Goes on with the counts of before a reload. @param {Counts} counts */
  restore({ welcome, denied, logouts, stale }) {
    this.#welcome = welcome;
    this.#denied = denied;
    this.#logouts = logouts;
    this.#stale = new Set(stale);
  }

  /** Begins with a picture: what it counts, unless it has seen a change. @param {State} state */
  begin(state) {
    const changed = state.commands.some((c) => CHANGES.test(c.text.replace(/^set /, '')));
    this.restore({ ...(changed ? { welcome: 0, denied: 0, logouts: 0 } : state.totals), stale: [] });
  }

  /** @param {import('./model.js').Event} e @param {State} state after the event */
  note(e, state) {
    if (e.kind === 'scenario.set' && CHANGES.test(e.text ?? '')) {
      const stale = e.text?.startsWith('mode=') ? [...state.visitors.values()].filter((v) => v.sid).map((v) => v.name) : [...this.#stale];
      this.restore({ welcome: 0, denied: 0, logouts: 0, stale });
    }
    if (e.kind !== 'request.done') return;
    const visitor = e.visitor ?? '';
    const came = outcome(e);
    if (e.op === 'login' && came === 'served') this.#stale.delete(visitor);
    if (this.#stale.has(visitor)) return;
    if (came === 'welcome') this.#welcome++;
    if (loggedOut(came)) this.#denied++;
    if (came === 'chance') this.#logouts++;
  }

  /**
   * share: of visits that met a logged-in page, in percent; undefined before the first.
   * @param {State} state
   */
  of(state) {
    const visits = this.#welcome + this.#denied;
    const threads = state.scenario.mode === 'threads';
    return {
      share: visits > 0 ? Math.round((100 * this.#welcome) / visits) : undefined,
      logouts: this.#logouts,
      copies: threads ? Math.min(1, state.workers.length) : state.workers.length,
    };
  }
}
