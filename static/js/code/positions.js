// Which line of the code each request is at. An event stands at the line that
// makes it; from then on the thread is at the line after, until its next event.
// Pure.

import { STORE } from '../run/memory.js';
import { isOwn } from '../run/outcome.js';

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('../run/model.js').Request} Request */

/**
 * Lines are counted from 1. first: the one to begin reading at; undefined: the first one that is marked. marks: the lines that make an event; after: where
 * the thread is from that event on; expand: the steps of a line that is not atomic.
 * @typedef {{name: string, language: string, lines: string[], marks: Record<string, number[]>, after: Record<string, number[]>, expand: Record<string, string[]>, first?: number}} File
 */

/** passed: lines that it has just been at; step: of an expanded line, from 0; -1: none. @typedef {{req: number, visitor: string, pid: number, tid: number, lines: number[], passed: number[], step: number}} Place */

/** Kinds after which a request is at another line. */
const MOVES = /^(request\.(started|answered)|handler\.|session\.|store\.(sent|executed|refused|failed)|lock\.|counter\.|value\.|update\.|chat\.|poll\.)/;

/** What a picture says of a request that the events before it would have said. @type {Record<string, string>} */
const KIND_OF = {
  started: 'request.started', storing: 'store.sent', returning: 'store.executed', failed: 'store.failed', waiting: 'lock.waited',
  locked: 'lock.acquired', unlocked: 'lock.released',
};

/** How long a line that was passed, and an answer, can still be seen, virtual µs. */
export const LINGER = 500_000;

/** @typedef {{op: string, visitor: string, pid: number, tid: number, event: Event, detail: string, keys: string[], held: string[], read: boolean, seen: {keys: string[], ts: number}[], gone: number}} Runner */

export class Positions {
  /** By request. @type {Map<number, Runner>} */
  #runners = new Map();

  /** Begins with a picture. @param {State} state */
  begin(state) {
    this.#runners.clear();
    for (const r of state.requests.values()) {
      let kind = r.phase === 'started' && r.session ? 'session.read' : KIND_OF[r.phase];
      if (!kind || !r.tid) continue;
      const locks = state.workers.find((w) => w.pid === r.pid)?.locks ?? [];
      const held = locks.filter((l) => l.holder === r.tid).map((l) => l.name);
      const text = kind === 'lock.acquired' ? held.at(-1) : locks.find((l) => l.waiting.includes(r.tid))?.name;
      if (kind === 'lock.waited' && text === undefined) kind = 'session.waited';
      const event = { seq: state.seq, ts: r.since, kind, req: r.req, op: r.op, session: r.session, text };
      const detail = detailOf(event, r.op, r.session !== '', (kind === 'lock.acquired' ? held.slice(0, -1) : held).length > 0);
      this.#runners.set(r.req, {
        op: r.op, visitor: r.visitor, pid: r.pid, tid: r.tid, event, held, read: r.session !== '', detail, keys: keysOf(kind, r.op, detail), seen: [], gone: 0,
      });
    }
  }

  /** @param {Event} e @param {State} state after the event @returns {boolean} whether somebody is elsewhere now */
  note(e, state) {
    const req = e.req ?? 0;
    if (e.kind === 'worker.crashed' || e.kind === 'worker.stopped') return this.#died(e, state);
    if (e.kind === 'request.done' || e.kind === 'request.reset') {
      const runner = this.#runners.get(req);
      if (runner && !runner.gone) this.#runners.delete(req);
      return Boolean(runner);
    }
    if (!req || !MOVES.test(e.kind)) return false;
    const r = state.requests.get(req);
    let runner = this.#runners.get(req);
    if (e.kind === 'request.answered' && !runner) return false; // by the balancer itself
    if (!runner) {
      runner = { op: r?.op ?? e.op ?? '', visitor: r?.visitor ?? e.visitor ?? '', pid: e.pid ?? 0, tid: e.tid ?? 0, event: e, detail: '', keys: [], held: [], read: false, seen: [], gone: 0 };
      this.#runners.set(req, runner);
    } else {
      runner.seen.push({ keys: runner.keys, ts: e.ts });
    }
    if (e.kind === 'request.started') {
      runner.pid = e.pid ?? 0;
      runner.tid = e.tid ?? 0;
    }
    const name = e.text ?? '';
    if (e.kind.startsWith('lock.')) runner.held = runner.held.filter((l) => l !== name);
    const threw = runner.event.kind === 'handler.threw';
    runner.event = e;
    runner.detail = threw ? 'thrown' : detailOf(e, runner.op, runner.read, runner.held.length > 0);
    runner.keys = keysOf(e.kind, runner.op, runner.detail, numberOf(e));
    if (e.kind === 'session.read') runner.read = true;
    if (e.kind === 'lock.acquired') runner.held.push(name);
    if (e.kind === 'request.answered') runner.gone = e.ts + LINGER;
    return true;
  }

  /** @param {Event} e @param {State} state */
  #died(e, state) {
    const worker = state.workers.find((w) => w.pid === e.pid);
    if (worker && worker.mem !== e.mem) return false; // the process before it, which was reloaded
    let any = false;
    for (const [req, runner] of this.#runners) {
      if (runner.pid !== e.pid) continue;
      this.#runners.delete(req);
      any = true;
    }
    return any;
  }

  /** Forgets what has lingered long enough; true when something went. @param {number} moment virtual µs */
  expire(moment) {
    let any = false;
    for (const [req, runner] of this.#runners) {
      if (runner.gone && runner.gone <= moment) {
        this.#runners.delete(req);
        any = true;
        continue;
      }
      if (!runner.seen.length || runner.seen[0].ts + LINGER > moment) continue; // they are in order
      runner.seen = runner.seen.filter((s) => s.ts + LINGER > moment);
      any = true;
    }
    return any;
  }

  /**
   * Where everybody is in a file, those with no line there left out.
   * @param {File} file @param {Set<number>} [reqs] only these requests
   * @returns {Place[]}
   */
  in(file, reqs) {
    /** @type {Place[]} */
    const places = [];
    for (const [req, { visitor, pid, tid, event, detail, keys, seen }] of this.#runners) {
      if (reqs && !reqs.has(req)) continue;
      const made = look(file.marks, keys);
      const lines = look(file.after, keys) ?? made ?? [];
      const passed = [...seen.flatMap((s) => look(file.marks, s.keys) ?? []), ...(made ?? [])].filter((l) => !lines.includes(l));
      if (!lines.length && !passed.length) continue;
      const steps = lines.map((l) => file.expand[l]).find(Boolean);
      places.push({ req, visitor, pid, tid, lines, passed: [...new Set(passed)], step: steps ? stepOf(event, detail, steps.length) : -1 });
    }
    return places;
  }
}

/**
 * The names that an event may have in a file, the most exact first. In the
 * simulator's own files all handlers of an author's own are one operation.
 * @param {string} kind @param {string} op @param {string} detail @param {string} [number] the name of the one that it is about
 */
export function keysOf(kind, op, detail, number = '') {
  const ops = isOwn(op) ? [op, 'own'] : op ? [op] : [];
  return [...ops.flatMap((o) => [detail && number && `${kind}.${o}.${detail}.${number}`, detail && `${kind}.${o}.${detail}`, `${kind}.${o}`]), detail && `${kind}.${detail}`, kind].filter(Boolean);
}

/** The name of the number that an event is about; empty: of none. @param {Event} e */
function numberOf({ kind, text = '' }) {
  if (kind.startsWith('store.')) return /^"\w+" "([a-z][a-z0-9-]*)"/.exec(text)?.[1] ?? '';
  return kind === 'value.written' || kind === 'update.lost' ? text : '';
}

/** @param {Record<string, number[]>} table @param {string[]} keys */
function look(table, keys) {
  for (const key of keys) {
    const lines = table[key];
    if (lines) return lines;
  }
  return undefined;
}

/**
 * What tells two events of one kind and operation apart, as the server's package code names it.
 * @param {Event} e @param {string} op of its request
 * @param {boolean} read the session was read before @param {boolean} another the request holds another lock
 */
function detailOf(e, op, read, another) {
  switch (e.kind) {
    case 'session.read': return e.session ?? '';
    case 'store.sent': case 'store.executed': case 'store.refused': case 'store.failed': return (/^"?(\w+)/.exec(e.text ?? '')?.[1] ?? '').toLowerCase();
    case 'counter.counted': case 'update.lost': case 'value.written': return e.mem === STORE ? 'store' : 'memory';
    case 'request.answered': return e.status === 500 && !e.session ? 'unread' : String(e.status ?? 0);
    case 'lock.waited': case 'lock.acquired': case 'lock.released': case 'lock.deadlocked':
      if (op === 'transfer') return another ? 'second' : 'first';
      if (isOwn(op) && e.text === 'values') return 'values';
      return read ? 'write' : 'read';
  }
  return '';
}

/**
 * Which step of a line that is not atomic the request is at.
 * @param {Event} e @param {string} detail @param {number} steps how many there are
 */
function stepOf(e, detail, steps) {
  switch (e.kind) {
    case 'counter.counted': case 'update.lost': case 'lock.released': case 'request.answered':
      return steps - 1;
    case 'lock.acquired':
      return Math.min(1, steps - 1); // it has read, and adds
    case 'store.executed': case 'store.refused': case 'store.failed':
      return detail === 'get' ? Math.min(1, steps - 1) : steps - 1;
    case 'store.sent':
      return detail === 'get' ? 0 : steps - 1;
  }
  return 0;
}
