import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures } from '../js/figures.js';
import { apply, create } from '../js/model.js';
import { noteOn } from '../js/notes.js';
import { Speaker, weight } from '../js/say.js';
import { curve, corners } from '../js/stage/path.js';
import { initials, ringOf } from '../js/stage/ring.js';
import { LINGER, Traces } from '../js/stage/traces.js';

/** @param {any[]} events @param {Record<string, string>} [scenario] */
function picture(events, scenario = { mode: 'local', balancer: 'round-robin', connection: 'per-request', jitter: '0' }) {
  const state = create(scenario);
  events.forEach((e, i) => apply(state, { seq: i + 1, ts: i, ...e }));
  return state;
}

/** @param {number} n */
const workers = (n) => Array.from({ length: n }, (_, i) => [
  { kind: 'worker.starting', pid: i + 1, mem: 101 + i, threads: 1 }, { kind: 'worker.listening', pid: i + 1 },
]).flat();

/** @param {string} visitor @param {number} status */
const visit = (visitor, status) => ({ kind: 'request.done', visitor, op: 'visit', status, session: status === 200 ? 'hit' : 'miss' });

test('a ring has the hue of the memory that issued the id, and says when the session is gone', () => {
  const state = picture([...workers(2), { kind: 'session.saved', mem: 102, sid: 'abcd', text: '{}' }]);
  assert.deepEqual(ringOf(state, 102, 'abcd'), { ink: 'p2', sign: '2', gone: false });
  assert.deepEqual(ringOf(state, 102, 'other'), { ink: 'p2', sign: '2', gone: true });
  assert.deepEqual(ringOf(state, -1, 'abcd'), { ink: 'store', sign: 'S', gone: true });
  assert.equal(ringOf(state, 102, '').ink, 'none');
});

test('letters on discs tell people apart', () => {
  assert.deepEqual([...initials(['Ada', 'Grace', 'Alan', 'V37'])], [['Ada', 'Ad'], ['Grace', 'G'], ['Alan', 'Al'], ['V37', '37']]);
});

test('a miss leaves an empty place for a while', () => {
  const state = picture(workers(2));
  const traces = new Traces();
  traces.note({ seq: 1, ts: 100, kind: 'session.read', pid: 2, mem: 102, sid: 'abcd', session: 'miss' }, state);
  assert.equal(traces.ghosts(2).length, 1);
  assert.equal(traces.lookup(2)?.result, 'undefined');
  assert.equal(traces.expire(100), false);
  assert.equal(traces.expire(100 + LINGER), true);
  assert.deepEqual(traces.ghosts(2), []);
});

test('luck is named as luck, and only when it is green', () => {
  const four = ['Ada', 'Grace', 'Alan', 'Ken'].map((visitor) => ({ kind: 'visitor.joined', visitor }));
  const green = four.flatMap(({ visitor }) => [visit(visitor, 200), visit(visitor, 200)]);
  assert.equal(noteOn(picture([...workers(2), ...four]))?.key, undefined);
  assert.equal(noteOn(picture([...workers(2), ...four, ...green]))?.key, 'note.luck');
  assert.equal(noteOn(picture([...workers(2), ...four, ...green, visit('Ada', 401)]))?.key, undefined);
  assert.equal(noteOn(picture([...workers(3), ...four, ...green]))?.key, undefined);
  assert.equal(noteOn(picture([...workers(1), ...four]))?.key, 'note.single');
  assert.equal(noteOn(picture([...workers(2), { kind: 'scenario.set', text: 'connection=keep-alive' }]))?.key, 'note.keepAlive');
});

test('figures count from the last change of the set-up', () => {
  const figures = new Figures();
  const state = picture([...workers(2), visit('Ada', 200), visit('Ada', 401)]);
  figures.begin(state);
  assert.equal(figures.of(state).share, 50);
  const change = { seq: 50, ts: 50, kind: 'scenario.set', text: 'workers=3' };
  figures.note(change, apply(state, change));
  assert.equal(figures.of(state).share, undefined);
  figures.note({ seq: 51, ts: 51, ...visit('Ada', 200) }, state);
  assert.equal(figures.of(state).share, 100);
});

test('a session of before a change of mode does not count', () => {
  const figures = new Figures();
  const state = picture([...workers(2), { kind: 'visitor.joined', visitor: 'Ada' },
    { kind: 'request.done', visitor: 'Ada', op: 'login', status: 200, cookie: 'set', sid: 'abcd', made: 101 }]);
  const change = { seq: 50, ts: 50, kind: 'scenario.set', text: 'mode=store' };
  figures.note(change, apply(state, change));
  figures.note({ seq: 51, ts: 51, ...visit('Ada', 401), chance: 1 }, state);
  assert.deepEqual(figures.of(state), { share: undefined, logouts: 0, copies: 2 });
  const again = new Figures();
  again.restore(figures.counts);
  again.note({ seq: 52, ts: 52, kind: 'request.done', visitor: 'Ada', op: 'login', status: 200 }, state);
  again.note({ seq: 53, ts: 53, ...visit('Ada', 200) }, state);
  assert.equal(again.of(state).share, 100);
});

test('what matters more is said first, and each sentence can be read', () => {
  const speaker = new Speaker();
  const hit = { seq: 1, ts: 1, kind: 'session.read', session: 'hit' };
  const miss = { seq: 2, ts: 2, kind: 'session.read', session: 'miss' };
  assert.ok(weight(miss) > weight(hit));
  speaker.hear(hit);
  assert.equal(speaker.next(0, false), hit);
  speaker.hear(miss);
  speaker.hear(hit);
  assert.equal(speaker.next(200, false), undefined);
  assert.equal(speaker.next(1200, false), miss);
  speaker.hear(hit);
  assert.equal(speaker.next(2500, false), undefined);
  assert.equal(speaker.next(2600, true), hit);
});

test('a sentence does not lag behind the visitor whom it is about', () => {
  const speaker = new Speaker();
  const out = { seq: 1, ts: 1, kind: 'request.done', req: 1, visitor: 'Ada', status: 401, chance: 1 };
  const known = { seq: 2, ts: 2, kind: 'request.answered', req: 2, visitor: 'Ada', status: 200 };
  const other = { seq: 3, ts: 3, kind: 'request.answered', req: 3, visitor: 'Grace', status: 200 };
  speaker.hear(out);
  assert.equal(speaker.next(0, false), out);
  speaker.hear(known);
  assert.equal(speaker.next(1500, false), undefined);
  assert.equal(speaker.next(1700, false), known);
  // What waits to be said is overtaken by the same visitor only.
  const miss = { seq: 4, ts: 4, kind: 'session.read', session: 'miss', req: 4, visitor: 'Ada' };
  speaker.hear(miss);
  speaker.hear(other);
  assert.equal(speaker.next(2900, false), miss);
  speaker.hear({ ...out, seq: 5, req: 4 });
  speaker.hear({ ...known, seq: 6, req: 5 });
  assert.equal(speaker.next(4600, false)?.seq, 6);
  // A death waits for nobody.
  const crash = { seq: 7, ts: 7, kind: 'worker.crashed', pid: 1 };
  speaker.hear(crash);
  assert.equal(speaker.next(5100, false), crash);
});

test('ways are travelled at an even pace', () => {
  const way = corners({ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 30 });
  assert.equal(way.length, 40);
  assert.deepEqual(way.at(0.5), [10, 10]);
  assert.deepEqual(way.at(2), [10, 30]);
  const bent = curve({ x: 0, y: 0 }, { x: 100, y: 60 }, false);
  assert.deepEqual(bent.at(0), [0, 0]);
  assert.deepEqual(bent.at(1), [100, 60]);
  const [x] = bent.at(0.5);
  assert.ok(Math.abs(x - 50) < 0.001);
});
