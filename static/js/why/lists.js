// The stories of things that stay: what they went through, the last of it, and
// how they stand. Each line that has more to it leads to a deeper story. Pure.

import { JAR, lifeOf, STORE } from '../run/memory.js';
import { isOwn, outcome } from '../run/outcome.js';
import { Renewal } from '../run/renewal.js';
import { contents } from '../stage/ring.js';
import { circle, line, told, toneOf, walk } from './past.js';
import { fateOf, inCircle, keeps } from './request.js';

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('./story.js').Line} Line */
/** @typedef {import('./story.js').Story} Story */

/** So many lines are told; older ones are counted. */
const MOST = 24;

/** So many of a visitor's requests. */
const MOST_REQUESTS = 12;

/** So many sessions of a memory lead on. */
const MOST_SESSIONS = 8;

/** @param {Line[]} lines @param {Line[]} now how it stands @param {number} [most] @returns {Story} */
function ending(lines, now, most = MOST) {
  return { lines: [...lines.slice(-most), ...now], before: Math.max(0, lines.length - most) };
}

/** @param {Event[]} events @param {string} name @param {State} [base] */
export function visitorStory(events, name, base) {
  /** @type {Line[]} */
  const lines = [];
  const renewal = new Renewal();
  const state = walk(events, base, (e, before) => {
    const telling = renewal.note(e);
    if (e.visitor !== name) return;
    if (e.kind === 'request.done') {
      const came = did(e);
      const changed = telling === 'change' && came === 'chance';
      lines.push(line(e, `did.${changed ? 'changed' : came}`, { visitor: name, pid: e.pid ?? 0, status: e.status ?? 0, op: e.op ?? '' }, { more: `request:${e.req}`, tone: changed ? '' : toneOf(e) }));
    } else if (e.kind === 'cookie.replaced') {
      lines.push(told(e, `request:${e.req}`));
    } else if (e.kind === 'visitor.joined' || e.kind === 'cookie.planted' || e.kind === 'visitor.left' || e.kind === 'chat.missed') {
      lines.push(told(e));
    } else if (e.kind === 'socket.opened' || (e.kind === 'socket.closed' && before.visitors.has(name))) {
      lines.push(told(e));
    }
  });
  const v = state.visitors.get(name);
  /** @type {Line[]} */
  const now = [];
  for (const r of state.requests.values()) {
    if (r.visitor === name) now.push(line(undefined, `now.${r.phase}`, { visitor: name, pid: r.pid }, { light: [`visitor:${name}`, `request:${r.req}`], more: `request:${r.req}` }));
  }
  if (v) {
    const home = v.sid && (state.store.sessions.has(v.sid) || state.workers.some((w) => w.sessions.has(v.sid)) || v.made === JAR);
    const key = !v.sid ? 'cookie.none' : home ? 'cookie.alive' : 'cookie.gone';
    now.push(line(undefined, key, { visitor: name, sid: v.sid }, { light: [`visitor:${name}`, ...(v.sid ? [`session:${v.sid}`] : [])], more: v.sid ? `session:${v.sid}` : undefined, tone: key === 'cookie.gone' ? 'bad' : '' }));
  }
  return ending(lines, now, MOST_REQUESTS);
}

/** What came of a request, as the end of a key. @param {Event} e */
function did(e) {
  const came = outcome(e);
  return came !== 'served' ? came : isOwn(e.op) ? 'own' : e.op ?? '';
}

/** @param {Event[]} events @param {string} sid @param {State} [base] */
export function sessionStory(events, sid, base) {
  /** @type {Line[]} */
  const lines = [];
  let data = '';
  const state = walk(events, base, (e, before) => {
    const fate = fateOf(e, before, sid);
    if (fate) lines.push(fate);
    else if (e.sid !== sid) return;
    else if (e.kind === 'session.saved' && e.text !== data) lines.push(told(e, `request:${e.req}`));
    else if (e.kind === 'session.read') lookedUp(lines, e);
    if (e.kind === 'session.saved') data = e.text ?? '';
  });
  const worker = state.workers.find((w) => w.sessions.has(sid));
  const place = state.store.sessions.has(sid) ? 'store' : worker ? 'own' : lines.some((l) => l.key === 'made.jar') ? 'jar' : 'nowhere';
  const kept = state.store.sessions.get(sid) ?? worker?.sessions.get(sid);
  const light = [`session:${sid}`, place === 'store' ? 'store' : worker ? `worker:${worker.pid}` : ''].filter(Boolean);
  return ending(lines, [line(undefined, `lives.${place}`, { sid, pid: worker?.pid ?? 0, data: kept?.data ?? '' }, { light, tone: place === 'nowhere' ? 'bad' : '' })]);
}

/** Lookups that succeed one after the other, at one process, are one line. @param {Line[]} lines @param {Event} e */
function lookedUp(lines, e) {
  const last = lines.at(-1);
  if (e.session !== 'hit') {
    lines.push(told(e, `request:${e.req}`));
    return;
  }
  if (last?.key === 'found' && last.values.pid === e.pid) {
    const n = Number(last.values.n) + 1;
    lines[lines.length - 1] = line(e, 'found', { sid: e.sid ?? '', pid: e.pid ?? 0, n }, { tone: 'good' });
  } else {
    lines.push(line(e, 'found', { sid: e.sid ?? '', pid: e.pid ?? 0, n: 1 }, { tone: 'good' }));
  }
}

/** @param {Event[]} events @param {number} pid @param {State} [base] */
export function workerStory(events, pid, base) {
  /** @type {Line[]} */
  const lines = [];
  const state = walk(events, base, (e, before) => {
    if (e.pid !== pid) return;
    switch (e.kind) {
      case 'worker.starting': case 'worker.listening': case 'worker.stopping':
        lines.push(told(e));
        break;
      case 'worker.crashed': case 'worker.stopped': {
        lines.push(told(e));
        const sessions = before.workers.find((w) => w.mem === e.mem)?.sessions;
        if (sessions?.size) lines.push(line(e, 'worker.lost', { pid, n: sessions.size }, { tone: 'bad' }));
        break;
      }
      case 'session.saved': {
        const fate = fateOf(e, before, e.sid ?? '');
        if (fate) lines.push(fate);
        break;
      }
      case 'session.read':
        if (e.session === 'miss') lines.push(told(e, `request:${e.req}`));
        break;
      case 'job.ran':
        lines.push(told(e));
        break;
      case 'session.destroyed': case 'session.revived': case 'update.lost': case 'store.failed': case 'store.refused': case 'poll.opened': case 'poll.unknown': case 'request.reset':
        lines.push(told(e, `request:${e.req}`));
        break;
      case 'lock.deadlocked':
        lines.push(told(e, `thread:${pid}:${e.tid}`));
    }
  });
  const worker = state.workers.find((w) => w.pid === pid);
  const n = worker?.sessions.size ?? 0;
  const key = !worker ? 'worker.none' : worker.state !== 'up' ? `worker.${worker.state}` : state.scenario.mode === 'store' ? 'worker.store' : state.scenario.mode === 'cookie' ? 'worker.cookie' : 'worker.holds';
  const now = [line(undefined, key, { pid, n, life: lifeOf(worker?.mem ?? 0), done: worker?.done ?? 0 }, { light: [`worker:${pid}`] })];
  if (worker) now.push(...partsOf(worker, state.scenario.mode === 'threads'));
  return ending(lines, now);
}

/**
 * What is in a process, each with the way to its own story.
 * @param {import('../run/model.js').Worker} worker @param {boolean} threads
 */
function partsOf(worker, threads) {
  const { pid } = worker;
  const parts = sessionsIn(worker.sessions);
  for (const { name } of worker.locks) parts.push(line(undefined, 'part.lock', { name }, { light: [`lock:${pid}:${name}`], more: `lock:${pid}:${name}` }));
  for (let tid = 1; threads && tid <= worker.threads; tid++) {
    parts.push(line(undefined, 'part.thread', { tid }, { light: [`thread:${pid}:${tid}`], more: `thread:${pid}:${tid}` }));
  }
  return parts;
}

/** The youngest sessions of a memory. @param {Map<string, import('../run/model.js').Session>} sessions */
function sessionsIn(sessions) {
  return [...sessions.values()].slice(-MOST_SESSIONS).map(({ sid, data }) => {
    const { user } = contents(data);
    return line(undefined, user ? 'part.session' : 'part.session.nobody', { sid, user }, { light: [`session:${sid}`], more: `session:${sid}` });
  });
}

/** @param {Event[]} events @param {number} pid @param {number} tid @param {State} [base] */
export function threadStory(events, pid, tid, base) {
  /** @type {Line[]} */
  const lines = [];
  const state = walk(events, base, (e, before) => {
    if (e.pid !== pid) return;
    if (e.kind === 'worker.crashed' || e.kind === 'worker.stopped') lines.push(told(e, `worker:${pid}`));
    if (e.kind === 'lock.deadlocked') {
      const threads = circle(before, e.mem ?? 0, e.tid ?? 0);
      if (threads.some((x) => x.tid === tid)) lines.push(told(e), ...threads.map((x) => inCircle(e, x)));
      return;
    }
    if (e.tid !== tid) return;
    switch (e.kind) {
      case 'request.started': case 'request.answered': case 'counter.counted': case 'value.written':
        lines.push(told(e, `request:${e.req}`));
        break;
      case 'lock.waited': case 'lock.acquired': case 'lock.released':
        lines.push(told(e, `lock:${pid}:${e.text}`));
        break;
      case 'session.read':
        if (e.session === 'miss') lines.push(told(e, `request:${e.req}`));
    }
  });
  const worker = state.workers.find((w) => w.pid === pid);
  const core = state.cores.find((c) => c.pid === pid && c.tid === tid);
  const wants = worker?.locks.find((l) => l.waiting.includes(tid));
  const ready = state.ready.some((x) => x.pid === pid && x.tid === tid);
  const key = !worker ? 'thread.gone' : core ? 'thread.runs' : wants ? 'thread.waits' : ready ? 'thread.ready' : 'thread.idle';
  const light = [`thread:${pid}:${tid}`, ...(wants ? [`lock:${pid}:${wants.name}`] : []), ...(core ? [`core:${core.core}`] : [])];
  return ending(lines, [line(undefined, key, { pid, tid, core: core?.core ?? 0, name: wants?.name ?? '', holder: wants?.holder ?? 0 }, { light })]);
}

/** @param {Event[]} events @param {number} pid @param {string} name @param {State} [base] */
export function lockStory(events, pid, name, base) {
  /** @type {Line[]} */
  const lines = [];
  const state = walk(events, base, (e, before) => {
    if (e.pid !== pid || !e.kind.startsWith('lock.')) return;
    if (e.kind === 'lock.deadlocked') {
      const threads = circle(before, e.mem ?? 0, e.tid ?? 0);
      if (threads.some((x) => x.wants === name)) lines.push(told(e), ...threads.map((x) => inCircle(e, x)));
    } else if (e.text === name) {
      lines.push(told(e, `request:${e.req}`));
    }
  });
  const lock = state.workers.find((w) => w.pid === pid)?.locks.find((l) => l.name === name);
  const key = !lock?.holder ? 'lock.free' : lock.waiting.length ? 'lock.wanted' : 'lock.held';
  return ending(lines, [line(undefined, key, { name, tid: lock?.holder ?? 0, n: lock?.waiting.length ?? 0 }, { light: [`lock:${pid}:${name}`, ...(lock?.holder ? [`thread:${pid}:${lock.holder}`] : [])] })]);
}

/** @param {Event[]} events @param {number} core @param {State} [base] */
export function coreStory(events, core, base) {
  /** @type {Line[]} */
  const lines = [];
  const state = walk(events, base, (e) => {
    if (e.core !== core) return;
    lines.push(told(e, e.tid ? `thread:${e.pid}:${e.tid}` : undefined));
  });
  const at = state.cores.find((c) => c.core === core);
  return ending(lines, [line(undefined, at?.pid ? 'core.runs' : 'core.idle', { core, pid: at?.pid ?? 0, tid: at?.tid ?? 0, n: state.ready.length }, { light: [`core:${core}`, ...(at?.pid ? [`worker:${at.pid}`] : [])] })]);
}

/** @param {Event[]} events @param {State} [base] */
export function storeStory(events, base) {
  /** @type {Line[]} */
  const lines = [];
  const state = walk(events, base, (e, before) => {
    switch (e.kind) {
      case 'store.down':
        lines.push(told(e));
        if (before.store.sessions.size && !keeps(e, before)) {
          lines.push(line(e, 'store.lost', { n: before.store.sessions.size }, { tone: 'bad' }));
        }
        break;
      case 'store.up': case 'store.slowed': case 'store.filled': case 'store.saved':
        lines.push(told(e));
        break;
      case 'store.failed': case 'store.refused':
        lines.push(told(e, `request:${e.req}`));
        break;
      case 'session.saved': {
        const fate = e.mem === STORE ? fateOf(e, before, e.sid ?? '') : undefined;
        if (fate) lines.push(fate);
        break;
      }
      case 'session.destroyed': case 'session.revived': case 'session.expired': case 'session.evicted': case 'update.lost':
        if (e.mem === STORE) lines.push(told(e, e.req ? `request:${e.req}` : undefined));
        break;
      case 'session.read':
        if (e.mem === STORE && e.session === 'miss') lines.push(told(e, `request:${e.req}`));
    }
  });
  return ending(lines, [line(undefined, `store.${state.store.state}`, { n: state.store.sessions.size }, { light: ['store'] }), ...sessionsIn(state.store.sessions)]);
}
