import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { apply, create, fromSnapshot, STORE_COMMANDS, STRIP_LENGTH, toSnapshot } from '../js/run/model.js';

/** A state after some events; ts and seq count up by themselves. @param {any[]} events @param {import('../js/run/model.js').State} [state] */
function after(events, state = create({ mode: 'local', workers: '2' })) {
  let { seq, ts } = state;
  for (const e of events) {
    seq++;
    ts = e.ts ?? ts + 1;
    apply(state, { ...e, seq, ts });
  }
  return state;
}

const joined = { kind: 'visitor.joined', visitor: 'Ada', text: '10.0.0.1' };
const starting = { kind: 'worker.starting', pid: 1, mem: 101, threads: 1, until: 50 };
const listening = { kind: 'worker.listening', pid: 1, mem: 101 };
const sent = { kind: 'request.sent', req: 1, visitor: 'Ada', op: 'visit', conn: 3, sid: 'abcd', made: 101, until: 90, ts: 10 };

test('every event moves the position, also one of an unknown kind', () => {
  const s = after([{ kind: 'moon.rose', ts: 77 }]);
  assert.equal(s.seq, 1);
  assert.equal(s.ts, 77);
  assert.deepEqual({ ...toSnapshot(s), seq: 0, ts: 0 }, toSnapshot(create({ mode: 'local', workers: '2' })));
});

test('run.started and command.refused change nothing; run.ended ends', () => {
  assert.equal(after([{ kind: 'run.started', text: 'mode=local' }, { kind: 'command.refused', text: 'x', note: 'y' }]).ended, false);
  assert.equal(after([{ kind: 'run.ended' }]).ended, true);
});

test('command.applied is kept with its moment; scenario.set sets one key', () => {
  const s = after([{ kind: 'command.applied', text: 'set mode=store', ts: 12 }, { kind: 'scenario.set', text: 'mode=store', ts: 12 }]);
  assert.deepEqual(s.commands, [{ at: 12, text: 'set mode=store' }]);
  assert.equal(s.scenario.mode, 'store');
});

test('visitors join and leave', () => {
  const s = after([joined]);
  assert.deepEqual(toSnapshot(s).visitors, [{ name: 'Ada', address: '10.0.0.1', sid: '', made: 0, believes: false, strip: [], logouts: 0, socket: 0, heard: 0, missed: 0 }]);
  assert.equal(after([{ kind: 'visitor.left', visitor: 'Ada' }], s).visitors.size, 0);
});

test('a worker starts, listens, crashes, comes back empty, and leaves when it is not spawned again', () => {
  const s = after([{ ...starting, pid: 2, mem: 102 }, starting]);
  assert.deepEqual(s.workers.map((w) => w.pid), [1, 2]);
  assert.equal(s.workers[0].state, 'starting');
  assert.equal(s.workers[0].until, 50);
  after([listening, { kind: 'session.saved', mem: 101, sid: 'abcd', text: '{"user":"Ada"}' }], s);
  assert.equal(s.workers[0].state, 'up');
  assert.equal(s.workers[0].until, 0);
  after([{ kind: 'worker.crashed', pid: 1, mem: 101, why: 'crash', until: 900 }], s);
  assert.equal(s.workers[0].state, 'down');
  assert.equal(s.workers[0].until, 900);
  assert.equal(s.workers[0].sessions.size, 0);
  after([{ ...starting, mem: 201 }], s);
  assert.equal(s.workers[0].mem, 201);
  after([{ kind: 'worker.stopped', pid: 1, mem: 201, why: 'scale' }], s);
  assert.deepEqual(s.workers.map((w) => w.pid), [2]);
  after([{ kind: 'worker.crashed', pid: 2, mem: 102, why: 'crash' }], s);
  assert.deepEqual(s.workers, []);
});

test('a process that is told to stop keeps its memory; one that is reloaded goes on beside the next one', () => {
  const saved = { kind: 'session.saved', mem: 101, sid: 'abcd', text: '{"user":"Ada"}' };
  const s = after([starting, listening, saved, { kind: 'worker.stopping', pid: 1, mem: 101, why: 'reload', until: 1_600_000 }]);
  assert.deepEqual([s.workers[0].state, s.workers[0].until, s.workers[0].sessions.size], ['stopping', 1_600_000, 1]);
  after([{ ...starting, mem: 201 }, { kind: 'worker.listening', pid: 1, mem: 201 }], s);
  assert.deepEqual([s.workers[0].state, s.workers[0].mem, s.workers[0].leaving, s.workers[0].sessions.size], ['up', 201, 101, 0]);
  after([{ ...saved, mem: 101 }, { kind: 'worker.stopped', pid: 1, mem: 101, why: 'kill-timeout', until: 900 }], s);
  assert.deepEqual([s.workers[0].state, s.workers[0].mem, s.workers[0].leaving, s.workers[0].sessions.size], ['up', 201, 0, 0]);
});

test('connections open, find their worker, and close', () => {
  const s = after([{ kind: 'conn.opened', conn: 3, visitor: 'Ada' }, { kind: 'conn.accepted', conn: 3, pid: 2 }]);
  assert.deepEqual(toSnapshot(s).conns, [{ conn: 3, visitor: 'Ada', pid: 2 }]);
  assert.equal(after([{ kind: 'conn.closed', conn: 3, why: 'idle' }], s).conns.size, 0);
});

test('a request goes through its phases', () => {
  const s = after([joined, starting, listening, sent]);
  /** @param {any} want */
  const is = (want) => {
    for (const [key, value] of Object.entries(want)) assert.equal(/** @type {any} */ (s.requests.get(1))[key], value, key);
  };
  is({ phase: 'sent', since: 10, until: 90, pid: 0, sid: 'abcd', made: 101, conn: 3, session: '', status: 0 });
  after([{ kind: 'request.routed', req: 1, pid: 1, until: 120, ts: 90 }], s);
  is({ phase: 'routed', since: 90, until: 120, pid: 1 });
  after([{ kind: 'request.started', req: 1, pid: 1, tid: 2, ts: 121 }], s);
  is({ phase: 'started', since: 121, until: 0, tid: 2 });
  after([{ kind: 'session.read', req: 1, visitor: 'Ada', pid: 1, mem: 101, sid: 'abcd', session: 'miss', ts: 125 }], s);
  is({ phase: 'started', since: 121, session: 'miss' });
  after([{ kind: 'lock.waited', req: 1, pid: 1, tid: 2, ts: 126 }], s);
  is({ phase: 'waiting', since: 126, until: 0 });
  after([{ kind: 'lock.acquired', req: 1, pid: 1, tid: 2, dur: 4, ts: 130 }], s);
  is({ phase: 'locked', since: 130 });
  after([{ kind: 'store.sent', req: 1, pid: 1, text: '"GET"', until: 140, ts: 131 }], s);
  is({ phase: 'storing', since: 131, until: 140 });
  after([{ kind: 'store.executed', req: 1, pid: 1, text: '"GET"', until: 150, ts: 140 }], s);
  is({ phase: 'returning', since: 140, until: 150 });
  after([{ kind: 'store.failed', req: 1, pid: 1, why: 'timeout', ts: 151 }], s);
  is({ phase: 'failed', since: 151, until: 0 });
  after([{ kind: 'request.answered', req: 1, visitor: 'Ada', op: 'visit', pid: 1, tid: 2, status: 401, session: 'miss', sid: 'abcd', made: 101, until: 200, ts: 160 }], s);
  is({ phase: 'answered', since: 160, until: 200, status: 401, session: 'miss', cookie: '' });
  assert.equal(s.workers[0].done, 1);
  assert.equal(s.totals.commands, 1);
  after([{ kind: 'request.done', req: 1, visitor: 'Ada', op: 'visit', conn: 3, pid: 1, status: 401, session: 'miss', chance: 1 }], s);
  assert.equal(s.requests.size, 0);
});

test('a reset request keeps its worker', () => {
  const s = after([sent, { kind: 'request.routed', req: 1, pid: 2, until: 20, ts: 11 }, { kind: 'request.reset', req: 1, pid: 2, why: 'crash', until: 40, ts: 15 }]);
  const r = s.requests.get(1);
  assert.deepEqual([r?.phase, r?.pid, r?.since, r?.until], ['reset', 2, 15, 40]);
});

test('events of a request that is not known are passed over', () => {
  const s = after(['request.routed', 'request.started', 'request.answered', 'request.reset', 'session.read', 'store.sent', 'lock.waited'].map((kind) => ({ kind, req: 9 })));
  assert.equal(s.requests.size, 0);
});

test('sessions live in the memory that is named, and in no other', () => {
  const s = after([starting, listening, { ...starting, pid: 2, mem: 102 },
    { kind: 'session.saved', mem: 101, sid: 'bb', text: '{}', until: 5 },
    { kind: 'session.saved', mem: 101, sid: 'aa', text: '{}' },
    { kind: 'session.saved', mem: -1, sid: 'ss', text: '{"user":"Ada"}', until: 9 },
    { kind: 'session.saved', mem: 999, sid: 'xx', text: '{}' },
    { kind: 'session.saved', mem: -2, sid: 'jj', text: '{}' },
    { kind: 'session.touched', mem: 101, sid: 'bb', until: 77 },
    { kind: 'session.touched', mem: 102, sid: 'bb', until: 1 }]);
  const shot = toSnapshot(s);
  assert.deepEqual(shot.workers[0].sessions, [{ sid: 'aa', data: '{}', until: 0 }, { sid: 'bb', data: '{}', until: 77 }]);
  assert.deepEqual(shot.workers[1].sessions, []);
  assert.deepEqual(shot.store.sessions, [{ sid: 'ss', data: '{"user":"Ada"}', until: 9 }]);
  after([{ kind: 'session.destroyed', mem: 101, sid: 'aa' }, { kind: 'session.expired', mem: 101, sid: 'bb' }], s);
  assert.equal(s.workers[0].sessions.size, 0);
});

test('the store goes down with what it holds, comes back, slows', () => {
  const s = after([{ kind: 'session.saved', mem: -1, sid: 'a', text: '{}' }, { kind: 'store.down' }]);
  assert.equal(s.store.state, 'down');
  assert.equal(s.store.sessions.size, 0);
  assert.equal(after([{ kind: 'store.up' }], s).store.state, 'up');
  assert.equal(after([{ kind: 'store.slowed' }], s).store.state, 'slow');
});

test('the store keeps its last commands only', () => {
  const s = after(Array.from({ length: STORE_COMMANDS + 3 }, (_, i) => ({ kind: 'store.executed', text: `c${i}` })));
  assert.equal(s.store.commands.length, STORE_COMMANDS);
  assert.equal(s.store.commands[0], 'c3');
});

test('cores turn to threads and idle', () => {
  const s = after([{ kind: 'core.switch', core: 2, pid: 1, tid: 1 }, { kind: 'core.switch', core: 1, pid: 2, tid: 3 }, { kind: 'core.idle', core: 2 }, { kind: 'core.idle', core: 7 }]);
  assert.deepEqual(s.cores, [{ core: 1, pid: 2, tid: 3 }, { core: 2, pid: 0, tid: 0 }]);
});

test('request.done writes the strip, the cookie, the belief and the totals', () => {
  const s = after([joined,
    { kind: 'request.done', req: 1, visitor: 'Ada', op: 'login', pid: 1, status: 200, session: 'none', cookie: 'set', sid: 'abcd', made: 101 },
    { kind: 'request.done', req: 2, visitor: 'Ada', op: 'visit', pid: 2, status: 401, session: 'miss', sid: 'abcd', made: 101, chance: 1 },
    { kind: 'request.done', req: 3, visitor: 'Ada', op: 'visit', pid: 1, status: 200, session: 'hit', sid: 'abcd', made: 101 },
    { kind: 'request.done', req: 4, visitor: 'Ada', op: 'visit', pid: 1, status: 500 },
    { kind: 'request.done', req: 5, visitor: 'Ada', op: 'visit', status: 0 }]);
  const ada = s.visitors.get('Ada');
  assert.deepEqual(ada?.strip.map((c) => c.mark + c.cookie), ['L*', '-', '+', '5', '!']);
  assert.deepEqual([ada?.sid, ada?.made, ada?.believes, ada?.logouts], ['abcd', 101, true, 1]);
  assert.deepEqual(s.totals, { requests: 5, hits: 1, misses: 1, welcome: 1, denied: 1, logouts: 1, errors: 1, resets: 1, commands: 0, lost: 0, deadlocks: 0, heard: 0, missed: 0, jobs: 0 });
  after([{ kind: 'request.done', req: 6, visitor: 'Ada', op: 'logout', pid: 1, status: 200, session: 'hit', cookie: 'clear' }], s);
  assert.deepEqual([ada?.sid, ada?.made, ada?.believes], ['', 0, false]);
});

test('a strip keeps its last cells, and somebody who left is only counted', () => {
  const visit = { kind: 'request.done', visitor: 'Ada', op: 'visit', status: 200, session: 'hit' };
  const s = after([joined, ...Array.from({ length: STRIP_LENGTH + 5 }, (_, i) => ({ ...visit, req: i }))]);
  assert.equal(s.visitors.get('Ada')?.strip.length, STRIP_LENGTH);
  assert.equal(s.visitors.get('Ada')?.strip[0].req, 5);
  after([{ kind: 'visitor.left', visitor: 'Ada' }, visit], s);
  assert.equal(s.totals.requests, STRIP_LENGTH + 6);
});

test('locks are held, waited for, and given back', () => {
  const at = { pid: 1, mem: 101, text: 'sessions' };
  const s = after([starting, listening, sent, { kind: 'lock.acquired', tid: 1, ...at }, { kind: 'lock.waited', req: 1, tid: 2, ...at }, { kind: 'lock.waited', tid: 3, ...at },
    { kind: 'lock.acquired', pid: 1, mem: 101, text: 'accounts', tid: 9 }]);
  assert.deepEqual(s.workers[0].locks, [{ name: 'accounts', holder: 9, waiting: [] }, { name: 'sessions', holder: 1, waiting: [2, 3] }]);
  after([{ kind: 'lock.released', tid: 1, ...at }, { kind: 'lock.acquired', req: 1, tid: 2, ...at }], s);
  assert.deepEqual(s.workers[0].locks[1], { name: 'sessions', holder: 2, waiting: [3] });
  after([{ kind: 'lock.released', req: 1, tid: 2, ...at }, { kind: 'lock.deadlocked', ...at }], s);
  assert.equal(s.requests.get(1)?.phase, 'unlocked');
  assert.equal(s.workers[0].locks[1].holder, 0);
  assert.equal(s.totals.deadlocks, 1);
  after([{ kind: 'worker.crashed', pid: 1, mem: 101, until: 9 }], s);
  assert.deepEqual(s.workers[0].locks, []);
});

test('threads wait for a core until they get one, or die', () => {
  const s = after([{ kind: 'thread.ready', pid: 1, tid: 1, mem: 101 }, { kind: 'thread.ready', pid: 2, tid: 1, mem: 102 }, { kind: 'thread.ready', pid: 1, tid: 2, mem: 101 }]);
  after([{ kind: 'core.switch', core: 1, pid: 2, tid: 1, mem: 102 }], s);
  assert.deepEqual(s.ready, [{ pid: 1, tid: 1, mem: 101 }, { pid: 1, tid: 2, mem: 101 }]);
  assert.deepEqual(after([{ kind: 'thread.done', pid: 1, tid: 1, mem: 101 }], s).ready, [{ pid: 1, tid: 2, mem: 101 }]);
});

test('counters count in their own memory, and updates are lost', () => {
  const s = after([starting, { kind: 'counter.counted', pid: 1, mem: 101, count: 3 }, { kind: 'counter.counted', pid: 1, mem: -1, count: 7 }, { kind: 'update.lost', pid: 1, mem: 101 }]);
  assert.deepEqual([s.workers[0].count, s.store.count, s.totals.lost], [3, 7, 1]);
  after([{ kind: 'store.down' }, { ...starting, mem: 201 }], s);
  assert.deepEqual([s.workers[0].count, s.store.count], [0, 0]);
});

test('sockets are held, and messages arrive or do not', () => {
  const s = after([joined, { kind: 'socket.opened', visitor: 'Ada', pid: 2 }, { kind: 'chat.delivered', visitor: 'Ada', pid: 2 }, { kind: 'chat.missed', visitor: 'Ada', pid: 2 }]);
  const ada = s.visitors.get('Ada');
  assert.deepEqual([ada?.socket, ada?.heard, ada?.missed, s.totals.heard, s.totals.missed], [2, 1, 1, 1, 1]);
  assert.equal(after([{ kind: 'socket.closed', visitor: 'Ada', pid: 2 }], s).visitors.get('Ada')?.socket, 0);
});

test('a snapshot survives the way in and out, and is a copy', () => {
  const s = after([joined, starting, listening, sent, { kind: 'session.saved', mem: 101, sid: 'abcd', text: '{}' }, { kind: 'conn.opened', conn: 3, visitor: 'Ada' }]);
  const shot = toSnapshot(s);
  const again = fromSnapshot(shot);
  assert.deepEqual(toSnapshot(again), shot);
  after([{ kind: 'visitor.left', visitor: 'Ada' }, { kind: 'session.destroyed', mem: 101, sid: 'abcd' }], again);
  assert.equal(shot.visitors.length, 1);
  assert.equal(shot.workers[0].sessions.length, 1);
});

test('prefix-check names the first difference', () => {
  const file = fileURLToPath(new URL('./prefix-check.mjs', import.meta.url));
  const start = toSnapshot(create());
  const right = toSnapshot(after([joined], create()));
  /** @param {any[]} lines */
  const run = (lines) => spawnSync(process.execPath, [file], { input: lines.map((l) => JSON.stringify(l)).join('\n'), encoding: 'utf8' });
  const event = { ...joined, seq: 1, ts: 1 };
  const good = run([{ snapshot: start }, { event }, { snapshot: right }]);
  assert.equal(good.status, 0, good.stderr);
  const wrong = structuredClone(right);
  wrong.visitors[0].made = 7;
  const bad = run([{ snapshot: start }, { event }, { snapshot: wrong }]);
  assert.equal(bad.status, 1);
  assert.match(bad.stderr, /visitors\.0\.made: want 7, got 0/);
});
