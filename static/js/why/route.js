// Why a request went to the process it went to. Pure.

import { line } from './past.js';

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../run/model.js').State} State */

/** Phases of a request that its process is still busy with. */
const BUSY = new Set(['routed', 'started', 'storing', 'returning', 'failed', 'waiting', 'locked', 'unlocked']);

/** What must be remembered of the past to explain the balancer's choices. */
export class Choices {
  /** By connection: the event that gave it to a process. @type {Map<number, Event>} */
  #accepted = new Map();
  /** The process that took the connection before the last. */
  #before = 0;
  #last = 0;
  /** The process that a balancer, by what it looks at, chose last. @type {Map<string, number>} */
  #chosen = new Map();

  /** Wants every event of a run, in order. @param {Event} e @param {State} state before the event */
  note(e, state) {
    if (e.kind === 'conn.accepted') {
      this.#accepted.set(e.conn ?? 0, e);
      this.#before = this.#last;
      this.#last = e.pid ?? 0;
    }
    if (e.kind === 'request.routed') {
      const key = lookedAt(e, state);
      if (key) this.#chosen.set(key, e.pid ?? 0);
    }
    if (e.kind === 'conn.closed') this.#accepted.delete(e.conn ?? 0);
  }

  /**
   * The line for a request.routed; wanted before note has that event.
   * @param {Event} e @param {State} state before the event
   */
  explain(e, state) {
    const pid = e.pid ?? 0;
    const r = state.requests.get(e.req ?? 0);
    const visitor = r?.visitor ?? '';
    const light = [`visitor:${visitor}`, `request:${e.req}`, `worker:${pid}`];
    const { mode, balancer, addresses } = state.scenario;
    /** @param {string} key @param {Record<string, import('./story.js').Value>} [values] */
    const say = (key, values = {}) => line(e, `route.${key}`, { pid, visitor, ...values }, { light });

    if (r && r.pid && r.pid !== pid && r.phase !== 'sent') return say('again', { before: r.pid });
    if (mode === 'threads') return say('threads');
    if (state.workers.length === 1) return say('alone');
    if (balancer === 'round-robin') return this.#inTurn(e, r, say);

    const before = this.#chosen.get(lookedAt(e, state)) ?? 0;
    const moved = before && before !== pid ? '.moved' : '';
    switch (balancer) {
      case 'least-connections': {
        const loads = state.workers.filter((w) => w.state === 'up').map((w) => ({ pid: w.pid, n: load(state, w.pid) }));
        const least = Math.min(...loads.map((l) => l.n));
        const tie = loads.filter((l) => l.n === least).length > 1 ? '.tie' : '';
        return say(`least${tie}`, { n: least, loads: loads.map((values) => ({ key: 'load', values })) });
      }
      case 'ip-hash':
        return say(moved ? 'address.moved' : addresses === 'one' ? 'address.one' : 'address', { before, address: state.visitors.get(visitor)?.address ?? '' });
      case 'cookie-hash':
        if (!r?.sid) return say('hash.bare');
        return say(`hash${moved}`, { before, sid: r.sid });
      case 'sticky-cookie':
        return say(before ? `sticky${moved}` : 'sticky.first', { before });
    }
    return say('random');
  }

  /**
   * @param {Event} e @param {import('../run/model.js').Request | undefined} r
   * @param {(key: string, values?: Record<string, import('./story.js').Value>) => import('./story.js').Line} say
   */
  #inTurn(e, r, say) {
    const accepted = this.#accepted.get(r?.conn ?? 0);
    // A kept connection was handed over before this request was sent on it.
    if (accepted && r && accepted.ts < r.since) return say('kept', { conn: r.conn, since: accepted.ts });
    if (!this.#before) return say('turn.first');
    return say(this.#before === e.pid ? 'turn.same' : 'turn', { before: this.#before });
  }
}

/** What the balancer looks at for a request; empty when it is not a thing that stays. @param {Event} e @param {State} state */
function lookedAt(e, state) {
  const r = state.requests.get(e.req ?? 0);
  switch (state.scenario.balancer) {
    case 'ip-hash': return `address ${state.visitors.get(r?.visitor ?? '')?.address}`;
    case 'cookie-hash': return r?.sid ? `sid ${r.sid}` : '';
    case 'sticky-cookie': return `visitor ${r?.visitor}`;
  }
  return '';
}

/** How many requests a process has to do. @param {State} state @param {number} pid */
function load(state, pid) {
  let n = 0;
  for (const r of state.requests.values()) if (r.pid === pid && BUSY.has(r.phase)) n++;
  return n;
}
