// The story of a request: where its cookie came from and what became of the
// session, which process it met and why, what that process had, and what came
// of it. Pure.

import { JAR, STORE } from '../run/memory.js';
import { isOwn, outcome } from '../run/outcome.js';
import { Renewal } from '../run/renewal.js';
import { readable } from '../stage/brief.js';
import { contents } from '../stage/ring.js';
import { circle, line, told, walk } from './past.js';
import { Choices } from './route.js';

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('./story.js').Line} Line */

/** A memory that holds more sessions than this is told as a number. */
const FEW = 3;

/** Events of a request that tell themselves. */
const TELL = new Set(['request.sent', 'handler.threw', 'session.saved', 'session.destroyed', 'counter.counted', 'account.written', 'value.written', 'lock.waited', 'chat.missed', 'chat.delivered', 'poll.opened', 'request.answered', 'request.reset']);

/** @param {Event[]} events @param {number} req @param {State} [base] @returns {import('./story.js').Story} */
export function requestStory(events, req, base) {
  const own = events.filter((e) => e.req === req);
  const sent = own.find((e) => e.kind === 'request.sent');
  const teller = new Teller(req, own, sent, base);
  const end = own.at(-1)?.seq ?? 0;
  const over = own.some((e) => e.kind === 'request.done');
  const until = over ? events.findIndex((e) => e.seq > end) : -1;
  const state = walk(until < 0 ? events : events.slice(0, until), base, (e, before) => teller.see(e, before));
  return { lines: teller.end(state), before: 0 };
}

class Teller {
  /** @type {Line[]} */
  #lines = [];
  /** @type {Line[]} */
  #earlier = [];
  #choices = new Choices();
  #req;
  #own;
  #sid;
  #visitor;
  #conn;
  /** The update that was lost, and when the request read what it wrote over. @type {{lost: Event, read: Event} | undefined} */
  #lost;
  #renewal = new Renewal();
  /** Who signed the cookie. */
  #signer = 0;
  /** Who has the lock of the session. @type {Event | undefined} */
  #locker;
  /** What came of it, for the moral. */
  #moral = '';

  /** @param {number} req @param {Event[]} own its events @param {Event | undefined} sent @param {State | undefined} base */
  constructor(req, own, sent, base) {
    this.#req = req;
    this.#own = own;
    const r = base?.requests.get(req);
    this.#sid = sent?.sid ?? r?.sid ?? '';
    this.#visitor = sent?.visitor ?? r?.visitor ?? '';
    this.#conn = sent?.conn ?? r?.conn ?? 0;
    const lost = own.find((e) => e.kind === 'update.lost');
    const read = lost && readBefore(own, lost);
    if (lost && read) this.#lost = { lost, read };
    if (this.#sid && base && holds(base, this.#sid)) this.#earlier.push(line(undefined, 'made.before', { sid: this.#sid }, { light: [`session:${this.#sid}`] }));
  }

  /** @param {Event} e @param {State} state before the event */
  see(e, state) {
    const changed = this.#renewal.note(e) === 'change';
    if (e.req === this.#req) this.#ownEvent(e, state, changed);
    else this.#other(e, state);
    this.#choices.note(e, state);
  }

  /** What happened before, or around it. @param {Event} e @param {State} state */
  #other(e, state) {
    const fate = this.#sid ? fateOf(e, state, this.#sid) : undefined;
    if (fate) this.#add(fate);
    if (e.sid === this.#sid && e.kind === 'request.answered' && e.cookie === 'set') this.#signer = e.pid ?? 0;
    if (e.sid === this.#sid && e.kind === 'session.locked') this.#locker = e;
    if (e.kind === 'conn.closed' && !this.#lines.length && state.conns.get(e.conn ?? 0)?.visitor === this.#visitor) {
      // Only the last one before the request, and only where it was kept.
      this.#earlier = this.#earlier.filter((l) => l.event?.kind !== 'conn.closed');
      if (e.why !== 'finished' && state.scenario.connection !== 'per-request') this.#earlier.push(told(e));
    }
    if (this.#lost && e.seq > this.#lost.read.seq && e.seq < this.#lost.lost.seq && writesOver(e, this.#lost.lost, this.#sid)) {
      this.#add(line(e, 'lost.between', { visitor: e.visitor ?? '', req: e.req ?? 0, what: e.kind === 'session.saved' ? e.text ?? '' : String(e.count ?? 0) }, { tone: 'bad', more: `request:${e.req}` }));
    }
    const r = state.requests.get(this.#req);
    if (!r) return;
    if (e.kind === 'lock.deadlocked') this.#deadlock(e, state, r.tid);
    if ((e.kind === 'worker.crashed' || e.kind === 'worker.stopped') && e.pid === r.pid && !fate) this.#add(told(e, `worker:${e.pid}`));
    if (e.kind === 'store.down' && state.scenario.mode === 'store' && !fate) this.#add(told(e, 'store'));
  }

  /** @param {Event} e @param {State} state @param {boolean} changed it tells of a change of mode alone */
  #ownEvent(e, state, changed) {
    if (e.kind === 'request.routed') {
      this.#add(this.#choices.explain(e, state));
    } else if (e.kind === 'request.started') {
      if (state.scenario.mode === 'threads') this.#add(told(e, `thread:${e.pid}:${e.tid}`));
    } else if (e.kind === 'session.read') {
      this.#add(told(e));
      this.#moral = e.why ?? '';
      if (e.session === 'miss') {
        if (e.why !== 'secret') this.#add(held(e, state));
        else if (this.#signer) this.#add(signed(e, this.#signer, state));
      }
    } else if (e.kind === 'session.waited') {
      this.#add(told(e));
      const { visitor = '', req = 0 } = this.#locker ?? {};
      if (req) this.#add(line(e, 'waits', { visitor, req }, { more: `request:${req}` }));
    } else if (e.kind === 'session.locked') {
      if (e.dur) {
        this.#add(told(e));
        this.#moral = 'waited';
      }
    } else if (e.kind === 'store.executed') {
      this.#add(line(e, 'executed', { command: readable(e.text ?? '') }));
    } else if (e.kind === 'store.failed') {
      this.#add(line(e, `client.${clientOf(e, state)}`, {}, { tone: 'bad' }));
      this.#add(told(e));
      this.#moral = e.why === 'never-connected' ? e.why : 'store';
    } else if (e.kind === 'store.refused' || e.kind === 'poll.unknown') {
      this.#add(told(e));
      this.#moral = e.kind === 'poll.unknown' ? 'handshake' : 'refused';
    } else if (e.kind === 'session.revived' || e.kind === 'cookie.replaced') {
      this.#add(told(e));
      this.#moral = e.kind === 'cookie.replaced' ? 'replaced' : 'revived';
    } else if (e.kind === 'update.lost') {
      this.#add(told(e));
      this.#moral = e.mem === STORE && !isOwn(e.op) ? 'lost.store' : e.op === 'transfer' ? 'lost.money' : ofOwn(e) ? 'lost.own' : state.scenario.mode === 'threads' ? 'lost.threads' : 'lost.session';
    } else if (e.kind === 'lock.deadlocked') {
      this.#deadlock(e, state, e.tid ?? 0);
    } else if (e.kind === 'lock.acquired') {
      this.#add(told(e, `lock:${e.pid}:${e.text}`));
    } else if (e.kind === 'request.done') {
      const came = outcome(e);
      if (came === 'chance' && changed) {
        this.#add({ ...told(e), tone: '' });
        this.#moral = 'changed';
      } else if (came === 'chance' || came === 'reset') {
        this.#add(told(e));
        this.#moral = e.why === 'replaced' || e.why === 'secret' ? e.why : this.#moral || came;
      }
      if (came === 'welcome' && !this.#moral) this.#moral = this.#praise(state);
    } else if (TELL.has(e.kind)) {
      if (e.kind === 'handler.threw') this.#moral = 'threw';
      this.#add(told(e, e.kind === 'lock.waited' ? `lock:${e.pid}:${e.text}` : undefined));
    }
    if (this.#lost && e === this.#lost.read) this.#add(line(e, e.kind === 'session.read' ? 'lost.read.session' : 'lost.read', {}));
  }

  /** @param {Event} e @param {State} state @param {number} tid of this request */
  #deadlock(e, state, tid) {
    const threads = circle(state, e.mem ?? 0, e.tid ?? 0);
    if (!threads.some((x) => x.tid === tid)) return;
    this.#add(told(e));
    for (const x of threads) this.#add(inCircle(e, x));
    this.#moral = 'deadlock';
  }

  /** Why it went well. @param {State} state */
  #praise(state) {
    const r = state.requests.get(this.#req);
    if (r?.session !== 'hit') return '';
    const { mode, balancer, connection } = state.scenario;
    if (mode !== 'local') return `good.${mode}`;
    if (state.workers.length === 1) return 'good.alone';
    if (balancer === 'ip-hash' || balancer === 'sticky-cookie') return 'good.tied';
    return balancer === 'round-robin' && connection !== 'per-request' ? 'good.kept' : 'good.luck';
  }

  /** @param {Line} l */
  #add(l) {
    // The fate of the session comes before the request, also where it was told late.
    (this.#lines.length || l.event?.kind === 'request.sent' ? this.#lines : this.#earlier).push(l);
  }

  /** @param {State} state after the last event @returns {Line[]} */
  end(state) {
    const lines = [...this.#earlier, ...this.#lines];
    if (!this.#own.length && !lines.length) return [];
    const r = state.requests.get(this.#req);
    if (r) lines.push(line(undefined, `now.${r.phase}`, { visitor: r.visitor, pid: r.pid }, { light: [`request:${r.req}`, `visitor:${r.visitor}`, ...(r.pid ? [`worker:${r.pid}`] : [])] }));
    if (this.#moral) lines.push(line(undefined, `so.${this.#moral}`, { visitor: this.#visitor }));
    return lines;
  }
}

/**
 * What happens to a session, as a line; undefined when the event is not about it.
 * @param {Event} e @param {State} state before the event @param {string} sid
 * @returns {Line | undefined}
 */
export function fateOf(e, state, sid) {
  const light = [`session:${sid}`];
  switch (e.kind) {
    case 'session.saved':
      if (e.sid !== sid || holds(state, sid)) return undefined;
      return line(e, e.mem === STORE ? 'made.store' : state.scenario.mode === 'threads' ? 'made.threads' : 'made.own', { sid, pid: e.pid ?? 0, visitor: e.visitor ?? '' }, { more: `request:${e.req}` });
    case 'request.answered':
      if (e.sid !== sid || e.cookie !== 'set') return undefined;
      if (e.made === JAR) return line(e, 'made.jar', { sid, pid: e.pid ?? 0, visitor: e.visitor ?? '' }, { more: `request:${e.req}` });
      if (!holds(state, sid)) return line(e, e.status === 302 ? 'made.ahead' : 'made.unsaved', { sid, pid: e.pid ?? 0, visitor: e.visitor ?? '' }, { more: `request:${e.req}`, tone: 'bad' });
      return undefined;
    case 'session.loaded':
      return e.sid === sid ? line(e, 'made.loaded', { sid, data: e.text ?? '' }, { light: [...light, 'store'] }) : undefined;
    case 'cookie.replaced':
      return e.sid === sid || e.text === sid ? told(e, `request:${e.req}`) : undefined;
    case 'session.destroyed': case 'session.expired': case 'session.evicted': case 'session.revived':
      return e.sid === sid ? told(e, e.req ? `request:${e.req}` : undefined) : undefined;
    case 'worker.crashed': case 'worker.stopped': {
      const worker = state.workers.find((w) => w.mem === e.mem);
      if (!worker?.sessions.has(sid)) return undefined;
      return line(e, goneKey(e.why ?? ''), { sid, pid: e.pid ?? 0 }, { light: [...light, `worker:${e.pid}`], more: `worker:${e.pid}`, tone: 'bad' });
    }
    case 'worker.starting': { // a reload: what the process before has is out of reach
      const worker = state.workers.find((w) => w.pid === e.pid);
      if (worker?.state !== 'stopping' || !worker.sessions.has(sid)) return undefined;
      return line(e, 'gone.reload', { sid, pid: e.pid ?? 0 }, { light: [...light, `worker:${e.pid}`], more: `worker:${e.pid}`, tone: 'bad' });
    }
    case 'store.down':
      if (!state.store.sessions.has(sid) || keeps(e, state)) return undefined;
      return line(e, state.scenario['store-persistence'] === 'none' ? 'gone.flushed' : 'gone.killed', { sid }, { light: [...light, 'store'], more: 'store', tone: 'bad' });
  }
  return undefined;
}

/**
 * Whether all that the store holds is on its disk when it goes down.
 * @param {Event} e a store.down @param {State} state before it
 */
export function keeps(e, { scenario }) {
  if (scenario['store-kind'] === 'database' || scenario['store-persistence'] === 'aof') return true;
  return scenario['store-persistence'] !== 'none' && e.why === 'shutdown';
}

/** Ends of a process that have words of their own; the others are deaths. @param {string} why */
function goneKey(why) {
  return ['restart', 'reload', 'scale', 'deploy', 'concurrent-map-writes', 'store-lost', 'kill-timeout'].includes(why) ? `gone.${why}` : 'gone.died';
}

/** What the memory that was asked holds instead. @param {Event} e a miss @param {State} state @returns {Line} */
function held(e, state) {
  const memory = e.mem === STORE ? state.store : state.workers.find((w) => w.mem === e.mem);
  const sessions = [...(memory?.sessions.values() ?? [])];
  const where = e.mem === STORE ? 'store' : 'own';
  const values = { pid: e.pid ?? 0, n: sessions.length, sids: sessions.map((s) => ({ key: 'sid', values: { sid: s.sid, user: contents(s.data).user, pid: e.pid ?? 0 } })) };
  const many = sessions.length === 0 ? 'none' : sessions.length <= FEW ? 'few' : 'many';
  return line(e, `holds.${where}.${many}`, values, { light: [e.mem === STORE ? 'store' : `worker:${e.pid}`, ...sessions.slice(0, FEW).map((s) => `session:${s.sid}`)] });
}

/** Who signed the cookie that does not fit. @param {Event} e @param {number} before @param {State} state @returns {Line} */
function signed(e, before, { scenario }) {
  const own = scenario.secret === 'per-process' && before !== e.pid;
  return line(e, own ? 'signed' : 'signed.same', { before });
}

/** One thread of a circle. @param {Event} e @param {{tid: number, has: string, wants: string}} x @returns {Line} */
export function inCircle(e, x) {
  return line(e, 'circle', x, { light: [`thread:${e.pid}:${x.tid}`, `lock:${e.pid}:${x.has}`, `lock:${e.pid}:${x.wants}`], tone: 'bad' });
}

/** What the store's client did, as the end of a key. @param {Event} e a store.failed @param {State} state */
function clientOf(e, state) {
  if (e.why === 'never-connected') return e.why;
  if (e.why === 'timeout') return state.store.state === 'down' ? state.scenario['store-client'] : 'late';
  const phase = state.requests.get(e.req ?? 0)?.phase;
  return phase === 'storing' || phase === 'returning' ? 'broken' : state.scenario['store-client'];
}

/** Some present memory has the session. @param {State} state @param {string} sid */
const holds = (state, sid) => state.store.sessions.has(sid) || state.workers.some((w) => w.sessions.has(sid));

/**
 * The event with which a request read what its lost update then wrote over.
 * @param {Event[]} own @param {Event} lost
 */
function readBefore(own, lost) {
  const before = own.filter((e) => e.seq < lost.seq);
  if (lost.op === 'transfer') return before.findLast((e) => e.kind === 'request.started' || e.kind === 'account.written' && e.text !== lost.text);
  if (ofOwn(lost)) return before.findLast((e) => e.kind === 'store.executed' && e.text?.startsWith('"GET"')) ?? before.findLast((e) => e.kind === 'request.started');
  if (lost.text !== 'counter') return before.findLast((e) => e.kind === 'session.read');
  return before.findLast((e) => e.kind === 'store.executed' && e.text?.startsWith('"GET"'))
    ?? before.findLast((e) => e.kind === 'lock.acquired' || e.kind === 'request.started');
}

/** The lost update is one of a number that a handler of the author's own keeps, and not of a session. @param {Event} lost */
const ofOwn = (lost) => isOwn(lost.op) && lost.text?.[0] !== '{';

/** An event of another request writes what the lost update then wrote over. @param {Event} e @param {Event} lost @param {string} sid */
function writesOver(e, lost, sid) {
  if (e.mem !== lost.mem) return false;
  if (lost.op === 'transfer') return e.kind === 'account.written' && e.text === lost.text;
  if (ofOwn(lost)) return e.kind === 'value.written' && e.text === lost.text;
  return lost.text === 'counter' ? e.kind === 'counter.counted' : e.kind === 'session.saved' && e.sid === sid;
}
