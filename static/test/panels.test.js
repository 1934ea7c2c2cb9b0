import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { factorsOf } from '../js/panels/stretched.js';
import { noteOn } from '../js/words/notes.js';
import '../js/words/remarks.js';
import { apply, create } from '../js/run/model.js';
import { duration, stretch } from '../js/panels/durations.js';
import { control, differs, fresh, groups, idle } from '../js/panels/groups.js';
import { fault, find, nextName } from '../js/panels/names.js';
import { carried, threadState } from '../js/stage/brief.js';
import { circle } from '../js/stage/parts/circle.js';
import { Lanes, WINDOW } from '../js/stage/parts/lanes.js';

/** @param {string} name @param {string} def @param {string[]} [words] @param {boolean} [live] */
const key = (name, def, words = [], live = true) => ({ name, values: '', default: def, meaning: '', live, words });

const KEYS = [
  key('mode', 'local', ['local', 'store', 'threads', 'cookie']), key('visitors', '3', [], false), key('think', '800ms'), key('traffic', 'auto', ['auto', 'script', 'none'], false),
  key('script', 'login,visit*20', [], false), key('lock', 'mutex', ['mutex', 'none']), key('rolling', 'false', ['false', 'true']), key('unheard-of', 'x'), key('v', '1', [], false), key('do', '', [], false),
];

test('every key has one place in the drawer, a new one too', () => {
  const names = groups(KEYS).flatMap((g) => [...g.keys, ...g.rare]).map((k) => k.name);
  assert.deepEqual(names.sort(), KEYS.map((k) => k.name).filter((n) => n !== 'v' && n !== 'do').sort());
  assert.ok(groups(KEYS).at(-1)?.rare.some((k) => k.name === 'unheard-of'));
});

test('a control fits its key', () => {
  assert.deepEqual(['mode', 'think', 'lock', 'rolling'].map((n) => control(/** @type {any} */ (KEYS.find((k) => k.name === n)))), ['select', 'text', 'segments', 'switch']);
  assert.equal(differs(KEYS[0], { mode: 'store' }), true);
  assert.equal(differs(KEYS[0], { mode: 'local' }), false);
  assert.equal(differs(KEYS[0], {}), false);
});

test('a key that changes nothing says why', () => {
  assert.equal(idle('lock', { mode: 'local' }), 'threads');
  assert.equal(idle('lock', { mode: 'threads' }), undefined);
  assert.equal(idle('weights', { mode: 'local', balancer: 'round-robin' }), 'weights');
  assert.equal(idle('weights', { mode: 'threads', balancer: 'random' }), 'balancer');
  assert.equal(idle('store-client', { mode: 'local', chat: 'pubsub' }), undefined);
});

test('a new run has the present set-up, and only what is not usual', () => {
  const scenario = { mode: 'store', visitors: '3', think: '800ms', traffic: 'auto', script: 'login,visit*20', v: '7' };
  assert.deepEqual([...fresh(KEYS, scenario, new Map([['visitors', '5']]))], [['mode', 'store'], ['visitors', '5']]);
  assert.deepEqual([...fresh(KEYS, { ...scenario, traffic: 'none' }, new Map([['script', 'login']]))], [['mode', 'store'], ['script', 'login']]);
});

test('names: the next one, and what is wrong with one', () => {
  assert.equal(nextName(new Set(['Ada', 'Linus'])), 'Grace');
  assert.equal(fault('Ada', new Set(['Ada'])), 'taken');
  assert.equal(fault('', new Set()), 'empty');
  assert.equal(fault('7up', new Set()), 'signs');
  assert.equal(fault('a;b', new Set()), 'signs');
  assert.equal(fault('x'.repeat(25), new Set()), 'long');
  assert.equal(fault("Conan O'Brien 2", new Set()), undefined);
  assert.deepEqual(find(['Ada', 'Mary Ann', 'Annie', 'Bob'], 'an', 9), ['Mary Ann', 'Annie']);
  assert.deepEqual(find(['Ada', 'Annie', 'Bob'], '', 2), ['Ada', 'Annie']);
});

test('times as people write them', () => {
  assert.deepEqual([60, 350_000, 2_000_000, 0].map(duration), ['60 µs', '350 ms', '2 s', '0 µs']);
  assert.deepEqual(factorsOf([{ measured: 0, teaching: 60 }, { measured: 50, teaching: 350_000 }, { measured: 60, teaching: 60 }, { measured: 10, teaching: 67 }]), ['× 6.7', '× 7 000']);
  assert.deepEqual([stretch(50, 350_000), stretch(324, 120_000), stretch(60, 60), stretch(0, 60)], ['× 7 000', '× 370', undefined, '–']);
});

test('lanes: who was on a core, what a switch took, and how busy it was', () => {
  const lanes = new Lanes();
  lanes.begin(create());
  /** @param {number} ts @param {number} until @param {number} tid */
  const turn = (ts, until, tid) => lanes.note({ seq: 1, ts, kind: 'core.switch', core: 1, pid: 1, tid, until });
  turn(1_000_000, 1_200_000, 1);
  turn(2_000_000, 2_000_000, 2);
  lanes.note({ seq: 3, ts: 3_000_000, kind: 'core.idle', core: 1 });
  assert.deepEqual(lanes.of(1).map((s) => [s.from, s.to, s.tid]), [[1_200_000, 2_000_000, 1], [2_000_000, 3_000_000, 2]]);
  assert.equal(lanes.busy(1, 3_600_000), 0.5);
  assert.equal(lanes.busy(2, 3_600_000), 0);
  lanes.trim(WINDOW + 2_500_000);
  assert.equal(lanes.of(1).length, 1);
});

test('lanes stay short however often cores switch, and lose no work', () => {
  const lanes = new Lanes();
  for (let i = 0; i < 20_000; i++) lanes.note({ seq: i, ts: i * 100, kind: 'core.switch', core: 1, pid: 1 + (i % 2), tid: 1, until: i * 100 });
  assert.ok(lanes.of(1).length <= 600);
  assert.ok(lanes.busy(1, 2_000_000) > 0.99);
});

test('a circle of threads that wait for each other is found, and a queue is none', () => {
  const lock = (/** @type {string} */ name, /** @type {number} */ holder, /** @type {number[]} */ waiting) => ({ name, holder, waiting });
  assert.deepEqual(circle([lock('a', 1, [2, 3]), lock('b', 0, [])]), []);
  assert.deepEqual(circle([lock('a', 1, [2]), lock('b', 2, [3])]), []);
  const two = circle([lock('a', 1, [3, 2]), lock('b', 2, [1])]);
  assert.deepEqual(two.map((s) => `${s.tid} wants ${s.lock}`).sort(), ['1 wants b', '2 wants a']);
  const three = circle([lock('a', 1, [3]), lock('b', 2, [1]), lock('c', 3, [2])]);
  assert.equal(three.length, 3);
  three.forEach((step, i) => assert.equal({ a: 1, b: 2, c: 3 }[step.lock], three[(i + 1) % 3].tid));
});

test('what a thread does', () => {
  const state = create({ mode: 'threads' });
  [
    { kind: 'worker.starting', pid: 1, mem: 101, threads: 4 },
    { kind: 'core.switch', core: 2, pid: 1, tid: 1, mem: 101 },
    { kind: 'thread.ready', pid: 1, tid: 2, mem: 101 },
    { kind: 'lock.acquired', pid: 1, tid: 1, mem: 101, text: 'a' },
    { kind: 'lock.waited', pid: 1, tid: 3, mem: 101, text: 'a' },
  ].forEach((e, i) => apply(state, { seq: i + 1, ts: i, ...e }));
  const what = [1, 2, 3, 4].map((tid) => threadState(state.workers[0], tid, state, undefined));
  assert.deepEqual(what.map((w) => w.name), ['runs', 'ready', 'waitsLock', 'idle']);
  assert.deepEqual([what[0].values, what[2].values], [{ core: 2 }, { lock: 'a' }]);
  assert.equal(threadState(state.workers[0], 4, state, 'works').name, 'works');
});

test('what a visitor carries', () => {
  /** @param {string} marks @param {boolean} believes */
  const visitor = (marks, believes) => /** @type {any} */ ({ name: 'Ada', believes, strip: marks.split(' ').map((m) => ({ mark: m[0], cookie: m.slice(1) })) });
  assert.equal(carried(visitor('L* C* + C*', true)), 'Ada +2');
  assert.equal(carried(visitor('C* L* +', true)), 'Ada');
  assert.equal(carried(visitor('O* C*', false)), '');
});

test('remarks on what the picture alone could hide', () => {
  /** @param {Record<string, string>} scenario @param {any[]} [events] */
  const note = (scenario, events = []) => {
    const state = create({ mode: 'local', balancer: 'round-robin', connection: 'per-request', chat: 'local', counter: 'plain', ...scenario });
    const start = [1, 2].flatMap((pid) => [{ kind: 'worker.starting', pid, mem: 100 + pid, threads: 4 }, { kind: 'worker.listening', pid }]);
    [...start, ...events].forEach((e, i) => apply(state, { seq: i + 1, ts: i, ...e }));
    return noteOn(state)?.key;
  };
  assert.equal(note({ balancer: 'least-connections' }), 'note.leastConnections');
  assert.equal(note({ balancer: 'ip-hash', addresses: 'one' }), 'note.ipHashOne');
  assert.equal(note({ mode: 'cookie' }), 'note.cookie');
  assert.equal(note({ mode: 'threads', lock: 'none' }), 'note.lockNone');
  assert.equal(note({ mode: 'threads', 'lock-order': 'opposite' }), 'note.opposite');
  assert.equal(note({ mode: 'threads', 'lock-order': 'opposite' }, [
    { kind: 'lock.acquired', pid: 1, tid: 1, mem: 101, text: 'a' }, { kind: 'lock.acquired', pid: 1, tid: 2, mem: 101, text: 'b' },
    { kind: 'lock.waited', pid: 1, tid: 1, mem: 101, text: 'b' }, { kind: 'lock.waited', pid: 1, tid: 2, mem: 101, text: 'a' }, { kind: 'lock.deadlocked', pid: 1, tid: 2, mem: 101 },
  ]), 'note.deadlock');
  assert.equal(note({ mode: 'store', 'store-client': 'no-error-handler' }, [{ kind: 'store.down' }]), 'note.store.noErrorHandler');
  const words = Object.assign({}, ...Object.values(JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8'))));
  for (const kind of ['store.down', 'store.slowed', 'store.filled']) {
    const key = note({ mode: 'store' }, [{ kind }]) ?? '';
    assert.ok(key in words, `${kind}: the catalogue has no ${key}`);
  }
  assert.equal(note({}, [{ kind: 'visitor.joined', visitor: 'Ada' }, { kind: 'chat.missed', visitor: 'Ada' }]), 'note.chat');
  assert.equal(note({}, [{ kind: 'counter.counted', mem: 101, count: 1 }, { kind: 'counter.counted', mem: 102, count: 1 }]), 'note.counterOwn');
});
