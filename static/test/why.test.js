import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { apply, create } from '../js/run/model.js';
import { use } from '../js/words/text.js';
import { isLonger, mostAsked, story } from '../js/why/story.js';
import { subjectOf } from '../js/why/ask.js';
import { parseSubject } from '../js/why/subject.js';
import { sentence, split, tell } from '../js/why/sentences.js';

/** @typedef {import('../js/run/model.js').Event} Event */

const english = JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8'));
use(english);

/** A run in few words: [moment in ms, kind, fields]. @param {[number, string, Partial<Event>?][]} list @returns {Event[]} */
const run = (...list) => list.map(([ms, kind, rest], i) => ({ seq: i + 1, ts: ms * 1000, kind, ...rest }));

/** @param {number} pid @param {number} [life] @returns {[number, string, Partial<Event>]} */
const starts = (pid, life = 1) => [0, 'worker.starting', { pid, mem: life * 100 + pid, threads: 1 }];

const A = 'a8be0000';
const C = 'c21e0000';

/** Ada's login at process 1: request 1. @type {[number, string, Partial<Event>?][]} */
const login = [
  [0, 'visitor.joined', { visitor: 'Ada', text: '10.0.1.7' }],
  [0, 'request.sent', { req: 1, visitor: 'Ada', op: 'login', conn: 1 }],
  [350, 'conn.accepted', { conn: 1, pid: 1 }],
  [350, 'request.routed', { req: 1, pid: 1 }],
  [700, 'request.started', { req: 1, pid: 1, tid: 1 }],
  [900, 'session.saved', { req: 1, visitor: 'Ada', pid: 1, mem: 101, sid: A, text: '{"user":"Ada"}' }],
  [900, 'request.answered', { req: 1, visitor: 'Ada', op: 'login', pid: 1, tid: 1, status: 200, session: 'none', cookie: 'set', sid: A, made: 101 }],
  [1600, 'request.done', { req: 1, visitor: 'Ada', op: 'login', pid: 1, sid: A, status: 200, session: 'none', cookie: 'set', made: 101 }],
];

/** Ada's visit at a process that finds nothing: request 2. @param {number} pid @param {Partial<Event>} read @returns {[number, string, Partial<Event>?][]} */
const missed = (pid, read) => [
  [4000, 'request.sent', { req: 2, visitor: 'Ada', op: 'visit', conn: 2, sid: A, made: 101 }],
  [4350, 'conn.accepted', { conn: 2, pid }],
  [4350, 'request.routed', { req: 2, pid }],
  [4700, 'request.started', { req: 2, pid, tid: 1 }],
  [4800, 'session.read', { req: 2, visitor: 'Ada', pid, tid: 1, mem: 100 + pid, sid: A, session: 'miss', made: 101, ...read }],
  [4900, 'request.answered', { req: 2, visitor: 'Ada', op: 'visit', pid, tid: 1, status: 401, session: 'miss', sid: A, made: 101 }],
  [5600, 'request.done', { req: 2, visitor: 'Ada', op: 'visit', pid, sid: A, status: 401, session: 'miss', made: 101, chance: 1 }],
];

/** The story as text. @param {Event[]} events @param {string} subject @param {import('../js/run/model.js').State} [base] */
function read(events, subject, base) {
  const { lines } = story(events, subject, base);
  const words = tell(lines, events, english.narrate, base);
  for (const [i, line] of lines.entries()) {
    assert.ok(words[i].length > 0, `${line.key} has words`);
    assert.doesNotMatch(words[i].map((p) => p.text).join(''), /\{\w+\}|[[\]|]|undefined|^why\./, `${subject} ${line.key}`);
    assert.ok(line.light.every((s) => parseSubject(s)), `${line.light}`);
  }
  return { lines, keys: lines.map((l) => l.key || l.event?.kind), text: words.map((w) => w.map((p) => p.text).join('')) };
}

test('a session that lives elsewhere: who made it, why the request came here, what is here', () => {
  const events = run(starts(1), starts(2), ...login,
    [3000, 'session.saved', { req: 9, visitor: 'Linus', pid: 2, mem: 102, sid: C, text: '{"user":"Linus"}' }],
    ...missed(2, { why: 'elsewhere', home: 101 }));
  const { text, lines } = read(events, 'request:2');
  assert.deepEqual(text, [
    'Process 1 made the session a8be for Ada, in its own memory, and sent its number along as a cookie.',
    'Ada asks for a page and shows the cookie a8be.',
    'The balancer hands out connections in turn. The one before went to process 1, so this one went to process 2.',
    'Process 2 looks up a8be in its own memory and finds nothing: the session lives in process 1.',
    'Process 2 held only c21e (Linus).',
    'Process 2 found no session, so Ada is asked to log in again: 401.',
    'Ada did nothing wrong and sees “Please log in”: logged out by chance.',
    'A session in the memory of one process is unknown to all others. It helps to send a visitor to the same process always, to keep sessions in a shared store, or to have one process with threads.',
  ]);
  assert.deepEqual(lines.map((l) => l.ts / 1000), [900, 4000, 4350, 4800, 4800, 4900, 5600, 0]);
  assert.deepEqual(lines[0].light.sort(), [`request:1`, `session:${A}`, 'visitor:Ada', 'worker:1'].sort());
  assert.equal(lines[0].more, 'request:1');
  assert.deepEqual(lines[4].light, ['worker:2', `session:${C}`]);
});

test('a store that is full refuses, and a process does not know an id that is not its own', () => {
  const refused = run([0, 'run.started', { text: 'mode=store' }], starts(1), [100, 'store.filled'], [200, 'request.sent', { req: 1, visitor: 'Ada', op: 'cart', conn: 1 }],
    [700, 'store.sent', { req: 1, visitor: 'Ada', pid: 1, text: '"SET" "sess:a"' }], [900, 'store.refused', { req: 1, visitor: 'Ada', pid: 1, text: '"SET" "sess:a"', until: 1e6 }]);
  assert.ok(read(refused, 'request:1').keys.includes('store.refused'));
  assert.equal(read(refused, 'request:1').keys.at(-1), 'so.refused');
  assert.deepEqual(read(refused, 'store').keys, ['store.filled', 'store.refused', 'store.full']);
  const unknown = run(starts(1), starts(2), [200, 'request.sent', { req: 1, visitor: 'Ada', op: 'poll', conn: 1 }],
    [900, 'poll.unknown', { req: 1, visitor: 'Ada', pid: 2, home: 101, why: 'elsewhere' }], [950, 'request.answered', { req: 1, visitor: 'Ada', op: 'poll', pid: 2, tid: 1, status: 400 }]);
  const { keys } = read(unknown, 'request:1');
  assert.ok(keys.includes('poll.unknown'), String(keys));
  assert.equal(keys.at(-1), 'so.handshake');
});

test('each way in which a session can go has its cause and its moral', () => {
  /** @type {[string, [number, string, Partial<Event>?][], Partial<Event>, string][]} */
  const ways = [
    ['gone.died', [[2000, 'worker.crashed', { pid: 1, mem: 101, why: 'crash', until: 4e6 }]], { why: 'died' }, 'so.died'],
    ['gone.restart', [[2000, 'worker.stopped', { pid: 1, mem: 101, why: 'restart', until: 4e6 }]], { why: 'died' }, 'so.died'],
    ['gone.reload', [[2000, 'worker.stopped', { pid: 1, mem: 101, why: 'reload', until: 4e6 }]], { why: 'died' }, 'so.died'],
    ['gone.reload', [[2000, 'worker.stopping', { pid: 1, mem: 101, why: 'reload', until: 4e6 }], [2000, 'worker.starting', { pid: 1, mem: 201, threads: 1, until: 2e6 }]], { why: 'died' }, 'so.died'],
    ['gone.kill-timeout', [[2000, 'worker.stopping', { pid: 1, mem: 101, why: 'restart', until: 3e6 }], [3000, 'worker.stopped', { pid: 1, mem: 101, why: 'kill-timeout', until: 4e6 }]], { why: 'died' }, 'so.died'],
    ['gone.scale', [[2000, 'worker.stopped', { pid: 1, mem: 101, why: 'scale' }]], { why: 'died' }, 'so.died'],
    ['gone.deploy', [[2000, 'worker.stopped', { pid: 1, mem: 101, why: 'deploy', until: 4e6 }]], { why: 'died' }, 'so.died'],
    ['gone.concurrent-map-writes', [[2000, 'worker.crashed', { pid: 1, mem: 101, why: 'concurrent-map-writes', until: 4e6 }]], { why: 'died' }, 'so.died'],
    ['gone.store-lost', [[2000, 'worker.crashed', { pid: 1, mem: 101, why: 'store-lost', until: 4e6 }]], { why: 'died' }, 'so.died'],
    ['session.destroyed', [[2000, 'session.destroyed', { req: 7, visitor: 'Ada', pid: 1, mem: 101, sid: A }]], { why: 'destroyed' }, 'so.destroyed'],
    ['session.expired', [[2000, 'session.expired', { mem: 101, sid: A }]], { why: 'expired' }, 'so.expired'],
  ];
  for (const [key, end, why, moral] of ways) {
    const { keys } = read(run(starts(1), starts(2), ...login, ...end, ...missed(2, why)), 'request:2');
    assert.deepEqual(keys.slice(0, 3), ['made.own', key, 'request.sent'], key);
    assert.equal(keys.at(-1), moral, key);
  }
});

test('a store that was flushed, and a session that nobody ever saved', () => {
  const stored = login.map(([ms, kind, e]) => /** @type {[number, string, Partial<Event>]} */ ([ms, kind, kind === 'session.saved' ? { ...e, mem: -1 } : { ...e, ...(e?.made && { made: -1 }) }]));
  const flushed = read(run([0, 'run.started', { text: 'mode=store&store-persistence=none' }], starts(1), starts(2), ...stored, [2000, 'store.down', { why: 'crash' }], [3000, 'store.up'],
    ...missed(2, { mem: -1, made: -1, why: 'flushed' })), 'request:2');
  assert.deepEqual(flushed.keys.slice(0, 2), ['made.store', 'gone.flushed']);
  assert.ok(flushed.keys.includes('holds.store.none'));
  assert.equal(flushed.keys.at(-1), 'so.flushed');

  const killed = read(run([0, 'run.started', { text: 'mode=store' }], starts(1), starts(2), ...stored, [2000, 'store.down', { why: 'crash' }], [3000, 'store.up'],
    [3000, 'session.loaded', { mem: -1, sid: A, text: '{}', until: 9e9 }]), `session:${A}`);
  assert.deepEqual(killed.keys, ['made.store', 'gone.killed', 'made.loaded', 'lives.store'], 'back comes what was on disk');
  for (const [keys, why] of [['mode=store', 'shutdown'], ['mode=store&store-persistence=aof', 'crash']]) {
    const kept = read(run([0, 'run.started', { text: keys }], starts(1), starts(2), ...stored, [2000, 'store.down', { why }]), 'store');
    assert.deepEqual(kept.keys.filter((k) => k?.startsWith('store.')), ['store.down', 'store.down'], `nothing is lost: ${keys} ${why}`);
  }

  const evicted = read(run([0, 'run.started', { text: 'mode=store' }], starts(1), starts(2), ...stored, [2000, 'store.filled'], [2500, 'session.evicted', { visitor: 'Bob', pid: 2, mem: -1, sid: A }],
    ...missed(2, { mem: -1, made: -1, why: 'evicted' })), 'request:2');
  assert.deepEqual(evicted.keys.slice(0, 2), ['made.store', 'session.evicted']);
  assert.equal(evicted.keys.at(-1), 'so.evicted');

  const unsaved = login.filter(([, kind]) => kind !== 'session.saved');
  const unknown = read(run(starts(1), starts(2), ...unsaved, ...missed(2, { why: 'unknown' })), 'request:2');
  assert.equal(unknown.keys[0], 'made.unsaved');
  assert.equal(unknown.keys.at(-1), 'so.unknown');

  const ahead = unsaved.map(([ms, kind, e]) => /** @type {[number, string, Partial<Event>]} */ ([ms, kind, kind === 'request.answered' ? { ...e, status: 302 } : e]));
  const early = read(run(starts(1), starts(2), ...ahead, ...missed(2, { why: 'unsaved' })), 'request:2');
  assert.equal(early.keys[0], 'made.ahead', 'the headers of a redirect came before the save');
  assert.equal(early.keys.at(-1), 'so.unsaved');

  const durable = read(run([0, 'run.started', { text: 'mode=store&store-kind=database' }], starts(1), ...stored, [2000, 'store.down']), `session:${A}`);
  assert.equal(durable.keys.at(-1), 'lives.store', 'a database keeps it');
});

test('each balancer says why it chose', () => {
  /** @param {string} scenario @param {[number, string, Partial<Event>?][]} list */
  const chose = (scenario, list, subject = 'request:2') =>
    read(run([0, 'run.started', { text: scenario }], starts(1), starts(2), ...list), subject).keys.find((k) => k?.startsWith('route.'));
  const bare = login.filter(([, kind]) => kind !== 'conn.accepted');
  const miss = missed(2, { why: 'elsewhere', home: 101 }).filter(([, kind]) => kind !== 'conn.accepted');
  const same = missed(1, { session: 'hit' }).filter(([, kind]) => kind !== 'conn.accepted');
  const up = /** @type {[number, string, Partial<Event>?][]} */ ([[0, 'worker.listening', { pid: 1 }], [0, 'worker.listening', { pid: 2 }]]);

  assert.equal(chose('', login, 'request:1'), 'route.turn.first');
  assert.equal(chose('', [...login, ...missed(2, {})]), 'route.turn');
  assert.equal(chose('', [...login, ...missed(1, {})]), 'route.turn.same');
  assert.equal(chose('balancer=random', [...bare, ...miss]), 'route.random');
  assert.equal(chose('balancer=least-connections', [...up, ...bare, ...miss]), 'route.least.tie');
  assert.equal(chose('balancer=least-connections', [...up, ...bare, [3000, 'request.sent', { req: 5, visitor: 'Linus', op: 'report', conn: 5 }], [3000, 'request.routed', { req: 5, pid: 1 }], ...miss]), 'route.least');
  assert.equal(chose('balancer=ip-hash', [...bare, ...same]), 'route.address');
  assert.equal(chose('balancer=ip-hash&addresses=one', [...bare, ...same]), 'route.address.one');
  assert.equal(chose('balancer=ip-hash', [...bare, ...miss]), 'route.address.moved');
  assert.equal(chose('balancer=cookie-hash', bare, 'request:1'), 'route.hash.bare');
  assert.equal(chose('balancer=cookie-hash', [...bare, ...miss]), 'route.hash');
  assert.equal(chose('balancer=sticky-cookie', bare, 'request:1'), 'route.sticky.first');
  assert.equal(chose('balancer=sticky-cookie', [...bare, ...same]), 'route.sticky');
  assert.equal(chose('balancer=sticky-cookie', [...bare, ...miss]), 'route.sticky.moved');
  assert.equal(chose('mode=threads', [...bare, ...same]), 'route.threads');
});

test('a connection that was kept leads back, and one that was closed is told', () => {
  const kept = login.map(([ms, kind, e]) => /** @type {[number, string, Partial<Event>]} */ ([ms, kind, e]));
  const again = missed(1, { session: 'hit' }).filter(([, kind]) => kind !== 'conn.accepted').map(([ms, kind, e]) => /** @type {[number, string, Partial<Event>]} */ ([ms, kind, kind === 'request.sent' ? { ...e, conn: 1 } : e]));
  const first = read(run([0, 'run.started', { text: 'connection=keep-alive' }], starts(1), starts(2), [0, 'conn.opened', { conn: 1, visitor: 'Ada' }], ...kept, ...again), 'request:2');
  assert.ok(first.keys.includes('route.kept'));
  assert.match(first.text.join(' '), /Connection 1 was still open. It has belonged to process 1 since 0\.350 s/);

  const idle = read(run([0, 'run.started', { text: 'connection=keep-alive' }], starts(1), starts(2), [0, 'conn.opened', { conn: 1, visitor: 'Ada' }], ...kept,
    [3900, 'conn.closed', { conn: 1, why: 'idle' }], ...missed(2, { why: 'elsewhere', home: 101 })), 'request:2');
  assert.deepEqual(idle.keys.slice(0, 3), ['made.own', 'conn.closed', 'request.sent']);
});

test('a lost update: what was read, who wrote in between, what was written over it', () => {
  const { keys, lines } = read(run([0, 'run.started', { text: 'mode=threads&lock=none&workers=2' }], [0, 'worker.starting', { pid: 1, mem: 101, threads: 2 }],
    [0, 'request.sent', { req: 1, visitor: 'Ada', op: 'count', conn: 1 }], [0, 'request.sent', { req: 2, visitor: 'Grace', op: 'count', conn: 2 }],
    [300, 'request.routed', { req: 1, pid: 1 }], [300, 'request.routed', { req: 2, pid: 1 }],
    [700, 'request.started', { req: 1, pid: 1, tid: 1 }], [700, 'request.started', { req: 2, pid: 1, tid: 2 }],
    [860, 'counter.counted', { req: 1, visitor: 'Ada', pid: 1, tid: 1, mem: 101, count: 1 }],
    [860, 'counter.counted', { req: 2, visitor: 'Grace', pid: 1, tid: 2, mem: 101, count: 1 }],
    [860, 'update.lost', { req: 2, visitor: 'Grace', pid: 1, mem: 101, text: 'counter' }],
    [870, 'request.answered', { req: 2, visitor: 'Grace', op: 'count', pid: 1, tid: 2, status: 200 }],
  ), 'request:2');
  assert.deepEqual(keys, ['request.sent', 'route.threads', 'request.started', 'lost.read', 'lost.between', 'counter.counted', 'update.lost', 'request.answered', 'now.answered', 'so.lost.threads']);
  assert.equal(lines[4].more, 'request:1');
});

test('lost money: which account, and who wrote in between', () => {
  const written = (/** @type {number} */ req, /** @type {string} */ text, /** @type {number} */ count) =>
    /** @type {[number, string, object]} */ ([860, 'account.written', { req, visitor: ['Ada', 'Grace'][req - 1], pid: 1, tid: req, mem: 101, text, count }]);
  const { keys, lines } = read(run([0, 'run.started', { text: 'mode=threads&lock=none&workers=2' }], [0, 'worker.starting', { pid: 1, mem: 101, threads: 2 }],
    [0, 'request.sent', { req: 1, visitor: 'Ada', op: 'transfer', conn: 1 }], [0, 'request.sent', { req: 2, visitor: 'Grace', op: 'transfer', conn: 2 }],
    [700, 'request.started', { req: 1, pid: 1, tid: 1 }], [720, 'request.started', { req: 2, pid: 1, tid: 2 }],
    written(1, 'checking', 99), written(2, 'savings', 99), written(1, 'savings', 101),
    [870, 'update.lost', { req: 1, visitor: 'Ada', op: 'transfer', pid: 1, mem: 101, text: 'savings' }],
    [880, 'request.answered', { req: 1, visitor: 'Ada', op: 'transfer', pid: 1, tid: 1, status: 200 }],
  ), 'request:1');
  assert.deepEqual(keys, ['request.sent', 'request.started', 'account.written', 'lost.read', 'lost.between', 'account.written', 'update.lost', 'request.answered', 'now.answered', 'so.lost.money']);
  assert.equal(lines[4].more, 'request:2');
});

test('a deadlock: the circle, for the request, the thread and the lock', () => {
  const events = run([0, 'run.started', { text: 'mode=threads&workers=2' }], [0, 'worker.starting', { pid: 1, mem: 101, threads: 2 }],
    [0, 'request.sent', { req: 1, visitor: 'Ada', op: 'transfer', conn: 1 }], [0, 'request.sent', { req: 2, visitor: 'Grace', op: 'transfer', conn: 2 }],
    [100, 'request.started', { req: 1, pid: 1, tid: 1 }], [100, 'request.started', { req: 2, pid: 1, tid: 2 }],
    [200, 'lock.acquired', { req: 1, visitor: 'Ada', pid: 1, tid: 1, mem: 101, text: 'checking' }],
    [200, 'lock.acquired', { req: 2, visitor: 'Grace', pid: 1, tid: 2, mem: 101, text: 'savings' }],
    [300, 'lock.waited', { req: 1, visitor: 'Ada', pid: 1, tid: 1, mem: 101, text: 'savings' }],
    [300, 'lock.waited', { req: 2, visitor: 'Grace', pid: 1, tid: 2, mem: 101, text: 'checking' }],
    [300, 'lock.deadlocked', { req: 2, visitor: 'Grace', pid: 1, tid: 2, mem: 101, text: 'a circle' }]);
  const one = read(events, 'request:1');
  assert.deepEqual(one.keys.slice(-5), ['lock.deadlocked', 'circle', 'circle', 'now.waiting', 'so.deadlock'], 'also for the one who did not close it');
  assert.ok(one.text.includes('Thread 1 has “checking” and waits for “savings”.') && one.text.includes('Thread 2 has “savings” and waits for “checking”.'));
  assert.equal(read(events, 'thread:1:2').keys.at(-1), 'thread.waits');
  const lock = read(events, 'lock:1:savings');
  assert.equal(lock.keys.at(-1), 'lock.wanted');
  assert.deepEqual(lock.lines.at(-1)?.light, ['lock:1:savings', 'thread:1:2']);
});

test('a store that is away: what the client did about it', () => {
  /** @param {string} client @param {[number, string, Partial<Event>?][]} list */
  const told = (client, ...list) => read(run([0, 'run.started', { text: `mode=store&store-client=${client}` }], starts(1), starts(2),
    [0, 'request.sent', { req: 1, visitor: 'Ada', op: 'visit', conn: 1, sid: A, made: -1 }], [300, 'request.routed', { req: 1, pid: 1 }],
    [700, 'request.started', { req: 1, pid: 1, tid: 1 }], ...list,
    [6000, 'request.answered', { req: 1, visitor: 'Ada', op: 'visit', pid: 1, tid: 1, status: 500 }]), 'request:1').keys;
  const sent = /** @type {[number, string, Partial<Event>]} */ ([800, 'store.sent', { req: 1, visitor: 'Ada', pid: 1, text: '"GET" "sess:a8be0000"' }]);
  const down = /** @type {[number, string, Partial<Event>]} */ ([900, 'store.down', {}]);
  /** @param {string} why @returns {[number, string, Partial<Event>]} */
  const failed = (why) => [950, 'store.failed', { req: 1, visitor: 'Ada', pid: 1, text: '"GET" "sess:a8be0000"', why }];
  assert.ok(told('node-redis', sent, down, failed('store-lost')).includes('client.broken'));
  for (const client of ['node-redis', 'timeout', 'ioredis']) assert.ok(told(client, down, failed('timeout')).includes(`client.${client}`), client);
  assert.ok(told('no-offline-queue', down, failed('store-lost')).includes('client.no-offline-queue'));
  assert.ok(told('timeout', down, [920, 'store.up'], failed('timeout')).includes('client.late'));
  const never = told('no-error-handler', down, [920, 'store.up'], failed('never-connected'));
  assert.ok(never.includes('client.never-connected'));
  assert.equal(never.at(-1), 'so.never-connected');
  assert.equal(told('node-redis', sent, down, failed('store-lost')).at(-1), 'so.store');
});

test('a cookie that was replaced: for the request that did it, and for the visit that suffers', () => {
  const events = run([0, 'run.started', { text: 'mode=store' }], starts(1), starts(2), ...login,
    [500, 'request.sent', { req: 3, visitor: 'Ada', op: 'cart', conn: 3 }],
    [2000, 'session.saved', { req: 3, visitor: 'Ada', pid: 2, mem: -1, sid: C, text: '{"cart":1}' }],
    [2000, 'request.answered', { req: 3, visitor: 'Ada', op: 'cart', pid: 2, tid: 1, status: 200, session: 'none', cookie: 'set', sid: C, made: -1 }],
    [2700, 'cookie.replaced', { req: 3, visitor: 'Ada', pid: 2, sid: C, made: -1, text: A }],
    [2700, 'request.done', { req: 3, visitor: 'Ada', op: 'cart', pid: 2, sid: C, status: 200, session: 'none', cookie: 'set', made: -1 }],
    [4000, 'request.sent', { req: 2, visitor: 'Ada', op: 'visit', conn: 2, sid: C, made: -1 }],
    [4800, 'session.read', { req: 2, visitor: 'Ada', pid: 1, tid: 1, mem: -1, sid: C, session: 'hit', made: -1, home: -1 }],
    [5600, 'request.done', { req: 2, visitor: 'Ada', op: 'visit', pid: 1, sid: C, status: 401, session: 'hit', made: -1, chance: 1, why: 'replaced' }]);
  const visit = read(events, 'request:2');
  assert.deepEqual(visit.keys, ['made.store', 'cookie.replaced', 'request.sent', 'session.read', 'request.done', 'so.replaced']);
  assert.equal(visit.lines[1].more, 'request:3');
  assert.equal(read(events, 'request:3').keys.at(-1), 'so.replaced');
  assert.ok(read(events, 'visitor:Ada').keys.includes('cookie.replaced'));
  assert.ok(read(events, `session:${A}`).keys.includes('cookie.replaced'));
});

test('a session that lives again', () => {
  const events = run([0, 'run.started', { text: 'mode=store' }], starts(1), starts(2),
    [0, 'request.sent', { req: 3, visitor: 'Ada', op: 'cart', conn: 3, sid: A, made: -1 }],
    [100, 'session.destroyed', { req: 4, visitor: 'Ada', pid: 1, mem: -1, sid: A }],
    [200, 'session.saved', { req: 3, visitor: 'Ada', pid: 2, mem: -1, sid: A, text: '{}' }],
    [200, 'session.revived', { req: 3, visitor: 'Ada', pid: 2, mem: -1, sid: A, text: '{}' }]);
  assert.equal(read(events, 'request:3').keys.at(-1), 'so.revived');
  assert.ok(read(events, `session:${A}`).keys.includes('session.revived'));
  assert.ok(read(events, 'store').keys.includes('session.revived'));
  assert.ok(read(events, 'worker:2').keys.includes('session.revived'));
});

test('the stories of things that stay', () => {
  const events = run(starts(1), starts(2), ...login, ...missed(2, { why: 'elsewhere', home: 101 }),
    [6000, 'core.switch', { core: 1, pid: 2, tid: 1, mem: 102 }], [7000, 'worker.crashed', { pid: 1, mem: 101, why: 'crash', until: 9e6 }]);
  assert.deepEqual(read(events, 'visitor:Ada').keys, ['visitor.joined', 'did.login', 'did.chance', 'cookie.gone']);
  assert.deepEqual(read(events, 'worker:1').keys, ['worker.starting', 'made.own', 'worker.crashed', 'worker.lost', 'worker.down']);
  assert.deepEqual(read(events, `session:${A}`).keys, ['made.own', 'session.read', 'gone.died', 'lives.nowhere']);
  assert.deepEqual(read(events, 'core:1').keys, ['core.switch', 'core.runs']);
  assert.deepEqual(read(events, 'store').keys, ['store.up']);
  assert.deepEqual(story(events, 'request:99').lines, []);
  assert.deepEqual(story(events, 'what?').lines, []);
});

test('a long story is told from where it still matters', () => {
  const many = Array.from({ length: 40 }, (_, i) => /** @type {[number, string, Partial<Event>]} */ ([i, 'request.done', { req: i + 1, visitor: 'Ada', op: 'visit', pid: 1, status: 200, session: 'hit' }]));
  const { lines, before } = story(run(starts(1), [0, 'visitor.joined', { visitor: 'Ada' }], ...many), 'visitor:Ada');
  assert.equal(before, 41 - 12);
  assert.equal(lines[0].more, 'request:29');
});

test('a story that begins in the middle of a run', () => {
  const events = run(starts(1), starts(2), ...login, ...missed(2, { why: 'elsewhere', home: 101 }));
  const base = create({ mode: 'local', balancer: 'round-robin' });
  for (const e of events.slice(0, 10)) apply(base, e);
  const { keys } = read(events.slice(10), 'request:2', base);
  assert.deepEqual(keys.slice(0, 2), ['made.before', 'request.sent']);
  assert.equal(keys.at(-1), 'so.elsewhere');
});

test('whom one most likely asks about', () => {
  assert.equal(mostAsked([]), '');
  assert.equal(mostAsked(run([0, 'request.done', { req: 1, op: 'visit', status: 200 }], [1, 'request.done', { req: 2, op: 'login', status: 200 }])), 'request:2');
  assert.equal(mostAsked(run([0, 'request.done', { req: 1, op: 'visit', status: 401, chance: 1 }], [1, 'request.done', { req: 2, op: 'visit', status: 200 }])), 'request:1');
  assert.equal(subjectOf({ seq: 1, ts: 0, kind: 'worker.crashed', pid: 2 }), 'worker:2');
  assert.equal(subjectOf({ seq: 1, ts: 0, kind: 'store.down' }), 'store');
  assert.equal(subjectOf({ seq: 1, ts: 0, kind: 'run.started' }), '');
});

test('every sentence of the catalogue can be said, in its colours', () => {
  const values = { sid: A, pid: 1, before: 2, visitor: 'Ada', n: 2, req: 3, loads: [{ key: 'load', values: { pid: 1, n: 0 } }], sids: [{ key: 'sid', values: { sid: A, user: 'Ada' } }],
    address: '10.0.1.7', conn: 1, since: 350_000, command: 'GET', what: '1', tid: 1, has: 'a', wants: 'b', name: 'a', holder: 1, core: 1, data: 'x', done: 1, status: 500, life: 1 };
  for (const key of Object.keys(english.ui).filter((k) => /^why\.(made|gone|route|holds|client|lost|circle|now|so|did|cookie|found|lives|worker|thread|lock|core|store|executed|part)\./.test(k))) {
    const text = sentence(key, values).map((p) => p.text).join('');
    assert.doesNotMatch(text, /[{}[\]|]/, key);
  }
  assert.deepEqual(split('a [[b|p1]] c'), [{ text: 'a ', ink: '' }, { text: 'b', ink: 'p1' }, { text: ' c', ink: '' }]);
});

test('a story is longer when it has something to tell that was not told', () => {
  const events = run(starts(1), starts(2), ...login, ...missed(2, { why: 'elsewhere', home: 101 }), [6000, 'visitor.joined', { visitor: 'Linus' }], [7000, 'session.expired', { sid: A, mem: 101 }]);
  const until = (/** @type {number} */ ms) => events.filter((e) => e.ts <= ms * 1000);
  const longer = (/** @type {string} */ subject, /** @type {number} */ then, /** @type {number} */ now) => {
    const { lines, before } = story(until(then), subject);
    return isLonger(story(until(now), subject), lines, before);
  };
  assert.equal(longer('visitor:Ada', 2000, 5600), true);
  assert.equal(longer('visitor:Ada', 5600, 6000), false, 'what others do is no news of Ada');
  assert.equal(longer('request:2', 5600, 7000), false, 'it is over');
  assert.equal(longer('request:2', 4350, 4700), true);
});

test('an error in a handler is the end of its request alone', () => {
  const { keys } = read(run(starts(1), ...login,
    [4000, 'request.sent', { req: 2, visitor: 'Ada', op: 'visit', conn: 2, sid: A, made: 101 }],
    [4700, 'request.started', { req: 2, pid: 1, tid: 1 }],
    [4800, 'handler.threw', { req: 2, visitor: 'Ada', pid: 1, tid: 1 }],
    [4800, 'request.answered', { req: 2, visitor: 'Ada', op: 'visit', pid: 1, tid: 1, status: 500, session: '', cookie: '', sid: A, made: 101 }]), 'request:2');
  assert.ok(keys.includes('handler.threw'), String(keys));
  assert.equal(keys.at(-1), 'so.threw');
});
