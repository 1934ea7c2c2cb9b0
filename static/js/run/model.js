// The picture of a run, and how each event changes it. Pure: no DOM, no clock.
//
//   let state = fromSnapshot(snapshot);
//   for (const event of events) apply(state, event);
//
// The rule that makes it work: every change of the picture is made by exactly
// one event. So after any number of events toSnapshot(state) equals the
// simulator's own snapshot.

import { STORE } from './memory.js';
import { broke, loggedOut, mark, outcome } from './outcome.js';

/**
 * @typedef {{sid: string, data: string, until: number}} Session
 * @typedef {{req: number, pid: number, mark: string, cookie: string}} Cell
 * @typedef {{name: string, address: string, sid: string, made: number, believes: boolean, strip: Cell[], logouts: number, socket: number, heard: number, missed: number}} Visitor
 * @typedef {{pid: number, mem: number, leaving: number, state: string, until: number, threads: number, sessions: Map<string, Session>, done: number, jobs: number, count: number, values: Value[], locks: Lock[]}} Worker
 * @typedef {{name: string, holder: number, waiting: number[]}} Lock tids; holder 0: free
 * @typedef {{name: string, value: number}} Value what a handler of the author's own keeps, or an account
 * @typedef {{pid: number, tid: number, mem: number}} Thread
 * @typedef {{core: number, pid: number, tid: number}} Core
 * @typedef {{state: string, sessions: Map<string, Session>, commands: string[], count: number, values: Value[]}} Store
 * @typedef {{conn: number, visitor: string, pid: number}} Conn
 * @typedef {{req: number, visitor: string, op: string, conn: number, pid: number, tid: number, sid: string, made: number,
 *   phase: string, since: number, until: number, status: number, session: string, cookie: string}} Request
 * @typedef {{req: number, visitor: string, pid: number, phase: string, since: number, until: number}} Saving
 * @typedef {{requests: number, hits: number, misses: number, welcome: number, denied: number, logouts: number,
 *   errors: number, resets: number, commands: number, lost: number, deadlocks: number, heard: number, missed: number, jobs: number}} Totals
 * @typedef {{seq: number, ts: number, scenario: Record<string, string>, commands: {at: number, text: string}[],
 *   visitors: Map<string, Visitor>, workers: Worker[], cores: Core[], ready: Thread[], store: Store, conns: Map<number, Conn>,
 *   requests: Map<number, Request>, saving: Map<number, Saving>, totals: Totals, ended: boolean}} State
 */

/**
 * An event with its words and texts. Fields that are zero may be absent.
 * @typedef {{seq: number, ts: number, kind: string, until?: number, dur?: number, req?: number, conn?: number,
 *   visitor?: string, sid?: string, text?: string, note?: string, mem?: number, made?: number, home?: number,
 *   pid?: number, tid?: number, core?: number, status?: number, threads?: number, op?: string, session?: string,
 *   cookie?: string, why?: string, chance?: number, count?: number}} Event
 */

/** A snapshot as the simulator writes it: lists where the state has maps. @typedef {any} Snapshot */

/** How many of a visitor's last answers are kept. */
export const STRIP_LENGTH = 24;

/** How many of the store's last commands are kept. */
export const STORE_COMMANDS = 8;

/**
 * The picture before anything has happened.
 * @param {Record<string, string>} [scenario]
 * @returns {State}
 */
export function create(scenario = {}) {
  return {
    seq: 0, ts: 0, scenario: { ...scenario }, commands: [], visitors: new Map(), workers: [], cores: [], ready: [],
    store: { state: 'up', sessions: new Map(), commands: [], count: 0, values: [] }, conns: new Map(), requests: new Map(), saving: new Map(),
    totals: {
      requests: 0, hits: 0, misses: 0, welcome: 0, denied: 0, logouts: 0, errors: 0, resets: 0, commands: 0,
      lost: 0, deadlocks: 0, heard: 0, missed: 0, jobs: 0,
    },
    ended: false,
  };
}

/**
 * @param {Snapshot} s
 * @returns {State}
 */
export function fromSnapshot(s) {
  /** @param {Session[]} list */
  const sessions = (list) => new Map(list.map((x) => [x.sid, { ...x }]));
  return {
    seq: s.seq,
    ts: s.ts,
    scenario: { ...s.scenario },
    commands: s.commands.map((/** @type {any} */ c) => ({ ...c })),
    visitors: new Map(s.visitors.map((/** @type {any} */ v) => [v.name, { ...v, strip: v.strip.map((/** @type {Cell} */ c) => ({ ...c })) }])),
    workers: s.workers.map((/** @type {any} */ w) => ({ ...w, sessions: sessions(w.sessions), values: copies(w.values), locks: locks(w.locks) })),
    cores: s.cores.map((/** @type {Core} */ c) => ({ ...c })),
    ready: s.ready.map((/** @type {Thread} */ t) => ({ ...t })),
    store: { ...s.store, sessions: sessions(s.store.sessions), commands: [...s.store.commands], values: copies(s.store.values) },
    conns: new Map(s.conns.map((/** @type {Conn} */ c) => [c.conn, { ...c }])),
    requests: new Map(s.requests.map((/** @type {Request} */ r) => [r.req, { ...r }])),
    saving: new Map((s.saving ?? []).map((/** @type {Saving} */ x) => [x.req, { ...x }])),
    totals: { ...s.totals },
    ended: s.ended,
  };
}

/**
 * @param {State} state
 * @returns {Snapshot}
 */
export function toSnapshot(state) {
  /** @param {Map<string, Session>} map */
  const sessions = (map) => [...map.values()].sort((a, b) => (a.sid < b.sid ? -1 : a.sid > b.sid ? 1 : 0)).map((x) => ({ ...x }));
  return {
    seq: state.seq,
    ts: state.ts,
    scenario: { ...state.scenario },
    commands: state.commands.map((c) => ({ ...c })),
    visitors: [...state.visitors.values()].map((v) => ({ ...v, strip: v.strip.map((c) => ({ ...c })) })),
    workers: state.workers.map((w) => ({ ...w, sessions: sessions(w.sessions), values: copies(w.values), locks: locks(w.locks) })),
    cores: state.cores.map((c) => ({ ...c })),
    ready: state.ready.map((t) => ({ ...t })),
    store: { ...state.store, sessions: sessions(state.store.sessions), commands: [...state.store.commands], values: copies(state.store.values) },
    conns: [...state.conns.values()].sort((a, b) => a.conn - b.conn).map((c) => ({ ...c })),
    requests: [...state.requests.values()].sort((a, b) => a.req - b.req).map((r) => ({ ...r })),
    saving: [...state.saving.values()].sort((a, b) => a.req - b.req).map((x) => ({ ...x })),
    totals: { ...state.totals },
    ended: state.ended,
  };
}

/** @param {Lock[]} list */
const locks = (list) => list.map((l) => ({ ...l, waiting: [...l.waiting] }));

/** @param {Value[]} list */
const copies = (list) => list.map((v) => ({ ...v }));

/** What an answer did to the cookie: * set, x cleared. @param {string} cookie */
export const cookieMark = (cookie) => (cookie === 'set' ? '*' : cookie === 'clear' ? 'x' : '');

/** @type {Record<string, (state: State, e: Event) => void>} */
const changes = {
  'run.ended': (s) => { s.ended = true; },
  'command.applied': (s, e) => { s.commands.push({ at: e.ts, text: e.text ?? '' }); },
  'scenario.set': (s, e) => {
    const text = e.text ?? '';
    const at = text.indexOf('=');
    if (at > 0) s.scenario[text.slice(0, at)] = text.slice(at + 1);
  },

  'visitor.joined': (s, e) => {
    const name = e.visitor ?? '';
    s.visitors.set(name, {
      name, address: e.text ?? '', sid: '', made: 0, believes: false, strip: [], logouts: 0, socket: 0, heard: 0, missed: 0,
    });
  },
  'visitor.left': (s, e) => { s.visitors.delete(e.visitor ?? ''); },

  'worker.starting': (s, e) => {
    const pid = e.pid ?? 0;
    let worker = workerOf(s, pid);
    if (!worker) {
      worker = { pid, mem: 0, leaving: 0, state: '', until: 0, threads: 0, sessions: new Map(), done: 0, jobs: 0, count: 0, values: [], locks: [] };
      insert(s.workers, worker, (w) => w.pid);
    }
    if (worker.state === 'stopping') worker.leaving = worker.mem; // a reload: it goes on beside the new one
    worker.mem = e.mem ?? 0;
    worker.threads = e.threads ?? 0;
    worker.state = 'starting';
    worker.until = e.until ?? 0;
    forgetMemory(worker);
  },
  'worker.listening': (s, e) => {
    const worker = workerOf(s, e.pid ?? 0);
    if (!worker) return;
    worker.state = 'up';
    worker.until = 0;
  },
  'worker.crashed': workerGone,
  'worker.stopped': workerGone,
  'worker.stopping': (s, e) => {
    const worker = workerOf(s, e.pid ?? 0);
    if (!worker) return;
    worker.state = 'stopping';
    worker.until = e.until ?? 0;
  },

  'conn.opened': (s, e) => {
    const conn = e.conn ?? 0;
    s.conns.set(conn, { conn, visitor: e.visitor ?? '', pid: 0 });
  },
  'conn.accepted': (s, e) => {
    const conn = s.conns.get(e.conn ?? 0);
    if (conn) conn.pid = e.pid ?? 0;
  },
  'conn.closed': (s, e) => { s.conns.delete(e.conn ?? 0); },

  'request.sent': (s, e) => {
    const req = e.req ?? 0;
    s.requests.set(req, {
      req, visitor: e.visitor ?? '', op: e.op ?? '', conn: e.conn ?? 0, pid: 0, tid: 0, sid: e.sid ?? '', made: e.made ?? 0,
      phase: 'sent', since: e.ts, until: e.until ?? 0, status: 0, session: '', cookie: '',
    });
  },
  'request.routed': (s, e) => {
    const r = phase(s, e, 'routed');
    if (r) r.pid = e.pid ?? 0;
  },
  'request.started': (s, e) => {
    const r = phase(s, e, 'started');
    if (!r) return;
    r.pid = e.pid ?? 0;
    r.tid = e.tid ?? 0;
  },
  'request.answered': (s, e) => {
    const worker = workerOf(s, e.pid ?? 0);
    if (worker) worker.done++;
    const r = phase(s, e, 'answered');
    if (!r) return;
    r.pid = e.pid ?? 0;
    r.tid = e.tid ?? 0;
    r.status = e.status ?? 0;
    r.session = e.session ?? '';
    r.cookie = e.cookie ?? '';
    r.sid = e.sid ?? '';
    r.made = e.made ?? 0;
  },
  'request.reset': (s, e) => { phase(s, e, 'reset'); },
  'request.done': done,
  'answer.ended': (s, e) => { s.saving.delete(e.req ?? 0); },

  'session.read': (s, e) => {
    const r = s.requests.get(e.req ?? 0);
    if (r) r.session = e.session ?? '';
  },
  'session.saved': kept,
  'session.loaded': kept,
  'session.touched': (s, e) => {
    const session = sessionsOf(s, e.mem ?? 0)?.get(e.sid ?? '');
    if (session) session.until = e.until ?? 0;
  },
  'session.destroyed': (s, e) => { sessionsOf(s, e.mem ?? 0)?.delete(e.sid ?? ''); },
  'session.expired': (s, e) => { sessionsOf(s, e.mem ?? 0)?.delete(e.sid ?? ''); },
  'session.evicted': (s, e) => { sessionsOf(s, e.mem ?? 0)?.delete(e.sid ?? ''); },

  'store.sent': (s, e) => { stores(s, e, 'storing'); },
  'store.executed': (s, e) => {
    s.store.commands.push(e.text ?? '');
    if (s.store.commands.length > STORE_COMMANDS) s.store.commands.shift();
    s.totals.commands++;
    stores(s, e, 'returning');
  },
  'store.failed': (s, e) => { stores(s, e, 'failed'); },
  'store.down': (s) => {
    s.store.state = 'down';
    if (s.scenario['store-kind'] === 'database') return; // it is durable
    s.store.sessions = new Map();
    s.store.count = 0;
    s.store.values = [];
  },
  'store.up': (s, e) => {
    s.store.state = 'up';
    s.store.count = e.count ?? 0;
  },
  'store.slowed': (s) => { s.store.state = 'slow'; },
  'store.filled': (s) => { s.store.state = 'full'; },
  'store.refused': (s, e) => { phase(s, e, 'returning'); },

  'lock.waited': (s, e) => {
    atLock(s, e, 'waiting');
    lockOf(s, e)?.waiting.push(e.tid ?? 0);
  },
  'lock.acquired': (s, e) => {
    atLock(s, e, 'locked');
    const lock = lockOf(s, e);
    if (!lock) return;
    lock.holder = e.tid ?? 0;
    lock.waiting = lock.waiting.filter((tid) => tid !== lock.holder);
  },
  'lock.released': (s, e) => {
    atLock(s, e, 'unlocked');
    const lock = lockOf(s, e);
    if (lock) lock.holder = 0;
  },
  'lock.deadlocked': (s) => { s.totals.deadlocks++; },

  'session.waited': (s, e) => atLock(s, e, 'waiting'),
  'session.locked': (s, e) => atLock(s, e, 'started'),

  'thread.ready': (s, e) => { s.ready.push({ pid: e.pid ?? 0, tid: e.tid ?? 0, mem: e.mem ?? 0 }); },
  'thread.done': noLongerReady,

  'counter.counted': (s, e) => {
    const memory = e.mem === STORE ? s.store : livingIn(s, e.mem ?? 0);
    if (memory) memory.count = e.count ?? 0;
  },
  'value.written': (s, e) => { keep(s, e, e.text ?? ''); },
  'job.ran': (s, e) => {
    s.totals.jobs++;
    const worker = workerOf(s, e.pid ?? 0);
    if (worker) worker.jobs++;
  },
  'account.written': (s, { text = '', ...e }) => { keep(s, e, text[0].toUpperCase() + text.slice(1)); }, // unlike a value of an author's own
  'cookie.planted': (s, e) => {
    const visitor = s.visitors.get(e.visitor ?? '');
    if (!visitor) return;
    visitor.sid = e.sid ?? '';
    visitor.made = e.made ?? 0;
  },
  'update.lost': (s) => { s.totals.lost++; },

  'socket.opened': (s, e) => {
    const visitor = s.visitors.get(e.visitor ?? '');
    if (visitor) visitor.socket = e.pid ?? 0;
  },
  'socket.closed': (s, e) => {
    const visitor = s.visitors.get(e.visitor ?? '');
    if (visitor) visitor.socket = 0;
  },
  'chat.delivered': (s, e) => {
    s.totals.heard++;
    const visitor = s.visitors.get(e.visitor ?? '');
    if (visitor) visitor.heard++;
  },
  'chat.missed': (s, e) => {
    s.totals.missed++;
    const visitor = s.visitors.get(e.visitor ?? '');
    if (visitor) visitor.missed++;
  },

  'core.switch': (s, e) => {
    noLongerReady(s, e);
    const number = e.core ?? 0;
    let core = s.cores.find((c) => c.core === number);
    if (!core) {
      core = { core: number, pid: 0, tid: 0 };
      insert(s.cores, core, (c) => c.core);
    }
    core.pid = e.pid ?? 0;
    core.tid = e.tid ?? 0;
  },
  'core.idle': (s, e) => {
    const core = s.cores.find((c) => c.core === (e.core ?? 0));
    if (!core) return;
    core.pid = 0;
    core.tid = 0;
  },
};

/**
 * Makes the one change that an event stands for. Events of a kind that is not
 * known change nothing but the position.
 * @param {State} state
 * @param {Event} event
 * @returns {State} the same state
 */
export function apply(state, event) {
  state.seq = event.seq;
  state.ts = event.ts;
  changes[event.kind]?.(state, event);
  return state;
}

/** What was in the memory of a process goes with it. @param {Worker} worker */
function forgetMemory(worker) {
  worker.sessions = new Map();
  worker.count = 0;
  worker.values = [];
  worker.locks = [];
}

/** A memory has a session. @param {State} s @param {Event} e */
function kept(s, e) {
  const sid = e.sid ?? '';
  sessionsOf(s, e.mem ?? 0)?.set(sid, { sid, data: e.text ?? '', until: e.until ?? 0 });
}

/** @param {State} s @param {Event} e */
function workerGone(s, e) {
  const worker = workerOf(s, e.pid ?? 0);
  if (!worker) return;
  if (e.mem && e.mem === worker.leaving) {
    worker.leaving = 0;
    return;
  }
  if (!e.until) {
    s.workers.splice(s.workers.indexOf(worker), 1);
    return;
  }
  forgetMemory(worker);
  worker.state = 'down';
  worker.until = e.until;
}

/** @param {State} s @param {Event} e */
function done(s, e) {
  const req = e.req ?? 0;
  const op = e.op ?? '';
  const came = outcome(e);
  const cookie = e.cookie ?? '';
  s.requests.delete(req);

  const visitor = s.visitors.get(e.visitor ?? '');
  if (visitor) {
    visitor.strip.push({ req, pid: e.pid ?? 0, mark: mark(came, op, e.text), cookie: cookieMark(cookie) });
    if (visitor.strip.length > STRIP_LENGTH) visitor.strip.shift();
    if (cookie === 'set') {
      visitor.sid = e.sid ?? '';
      visitor.made = e.made ?? 0;
    } else if (cookie === 'clear') {
      visitor.sid = '';
      visitor.made = 0;
    }
    if (came === 'served' && op === 'login') visitor.believes = true;
    if (came === 'served' && op === 'logout') visitor.believes = false;
    if (came === 'chance') visitor.logouts++;
  }

  const t = s.totals;
  t.requests++;
  if (e.session === 'hit') t.hits++;
  if (e.session === 'miss') t.misses++;
  if (came === 'welcome') t.welcome++;
  if (loggedOut(came)) t.denied++;
  if (came === 'chance') t.logouts++;
  if (came === 'reset') t.resets++;
  else if (broke(came)) t.errors++;
}

/** @param {State} s @param {Event} e @param {string} name */
function atLock(s, e, name) {
  const r = phase(s, e, name);
  if (!r) return;
  r.pid = e.pid ?? 0;
  r.tid = e.tid ?? 0;
}

/**
 * The lock of an event: one that was never taken before is made.
 * @param {State} s @param {Event} e
 */
function lockOf(s, e) {
  const worker = livingIn(s, e.mem ?? 0);
  if (!worker) return undefined;
  const name = e.text ?? '';
  let lock = worker.locks.find((l) => l.name === name);
  if (!lock) {
    lock = { name, holder: 0, waiting: [] };
    worker.locks.push(lock);
    worker.locks.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  return lock;
}

/** A thread got a core, or died while it waited for one. @param {State} s @param {Event} e */
function noLongerReady(s, e) {
  const at = s.ready.findIndex((t) => t.mem === e.mem && t.tid === (e.tid ?? 0));
  if (at >= 0) s.ready.splice(at, 1);
}

/**
 * Puts the event's request into a phase; undefined when the request is not in flight.
 * @param {State} s @param {Event} e @param {string} name
 */
function phase(s, e, name) {
  const r = s.requests.get(e.req ?? 0);
  if (!r) return undefined;
  r.phase = name;
  r.since = e.ts;
  r.until = e.until ?? 0;
  return r;
}

/**
 * A request is on its way to the store. Of one whose answer has left the command is shown alone.
 * @param {State} s @param {Event} e @param {string} name
 */
function stores(s, e, name) {
  const { req, visitor = '', pid = 0, ts: since, until = 0 } = e;
  if (!req || (s.requests.get(req)?.phase ?? 'answered') !== 'answered') phase(s, e, name);
  else if (name === 'failed') s.saving.delete(req);
  else s.saving.set(req, { req, visitor, pid, phase: name, since, until });
}

/** A memory keeps a number. @param {State} s @param {Event} e @param {string} name */
function keep(s, e, name) {
  const memory = e.mem === STORE ? s.store : livingIn(s, e.mem ?? 0);
  if (memory) memory.values = [...memory.values.filter((v) => v.name !== name), { name, value: e.count ?? 0 }].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {State} s @param {number} pid */
export function workerOf(s, pid) {
  return s.workers.find((w) => w.pid === pid);
}

/**
 * The worker whose present life has a memory. One that was stopped may still do
 * what it has in hand, but its memory is no longer in the picture.
 * @param {State} s @param {number} mem
 */
const livingIn = (s, mem) => s.workers.find((w) => w.mem === mem && w.state !== 'down');

/**
 * The sessions of a memory that is present: the store, or that of a worker's present life.
 * @param {State} s @param {number} mem
 */
function sessionsOf(s, mem) {
  if (mem === STORE) return s.store.sessions;
  return mem > 0 ? livingIn(s, mem)?.sessions : undefined;
}

/**
 * Inserts into a list that is ordered by a number.
 * @template T
 * @param {T[]} list @param {T} item @param {(item: T) => number} number
 */
function insert(list, item, number) {
  const at = list.findIndex((x) => number(x) > number(item));
  list.splice(at < 0 ? list.length : at, 0, item);
}
