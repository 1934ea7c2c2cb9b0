import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, create } from '../js/run/model.js';
import { noteOn } from '../js/words/notes.js';
import '../js/words/remarks.js';
import { curve, corners } from '../js/stage/path.js';
import { initials, ringOf } from '../js/stage/ring.js';
import { choose, column, fold, found, wrapped } from '../js/stage/parts/rooms.js';
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
  traces.expire(100);
  assert.equal(traces.went(), false);
  traces.expire(100 + LINGER);
  assert.equal(traces.went(), true);
  assert.equal(traces.went(), false, 'once');
  assert.deepEqual(traces.ghosts(2), []);
});

test('the session that is spoken of is never folded away', () => {
  const all = ['a', 'b', 'c', 'd'].map((sid) => ({ sid, data: '', mem: 0 }));
  /** @param {string[]} asked @param {number} room */
  const shown = (asked, room) => choose(/** @type {any} */ (all), new Set(asked), room).map((s) => s.sid).join('');
  assert.equal(shown(['c', 'a', 'b'], 1), 'c');
  assert.equal(shown(['c', 'a', 'b'], 2), 'ca');
  assert.equal(shown(['', 'a'], 2), 'ad', 'then the youngest');
  assert.equal(shown(['gone'], 3), 'dcb');
});

test('sessions come before places where one is missing, in as many rows as there are', () => {
  const all = ['a8be Ada', '29df Linus', '816c Grace'].map((words) => ({ sid: words.slice(0, 4), data: JSON.stringify({ user: words.slice(5) }), until: 0 }));
  /** @param {number} n sessions @param {number} width @param {number} rows @param {string[]} missing @param {string[]} asked */
  const folded = (n, width, rows, missing = [], asked = []) => {
    const { shown, ghosts, more } = fold(all.slice(0, n), missing, asked, width ? wrapped(width, rows, 10, 20, 5) : column(rows));
    return [shown.map((s) => s.sid).join(' '), ghosts.join(' '), more].join('|');
  };
  assert.equal(folded(2, 140, 1, ['816c']), 'a8be 29df||0', 'no room for what is missing');
  assert.equal(folded(2, 200, 1, ['816c']), 'a8be 29df|816c|0');
  assert.equal(folded(2, 80, 2), 'a8be 29df||0', 'one below the other');
  assert.equal(folded(2, 80, 3, ['5ca1', '816c']), 'a8be 29df|816c|0', 'the youngest that is missing');
  assert.equal(folded(2, 80, 1, ['816c'], ['a8be']), 'a8be||1', 'whoever is spoken of');
  assert.equal(folded(3, 80, 2, [], ['a8be']), 'a8be||2', 'how many more there are has its row');
  assert.equal(folded(3, 0, 3), 'a8be 29df 816c||0', 'each in a row of its own');
  assert.equal(folded(3, 0, 2), '816c||2', 'and what says how many more there are');
  assert.equal(folded(1, 10, 1), 'a8be||0', 'one always');
});

test('of what was looked up the id and the result are always whole', () => {
  const columns = [40, 29, 22, 15, 4];
  assert.deepEqual(columns.map((n) => found('sessions.get("a8be")', 'undefined', n)),
    ['sessions.get("a8be") → undefined', 'get("a8be") → undefined', 'a8be → undefined', 'a8be undefined', 'a8be undefined']);
  assert.equal(found('GET sess:a8be', 'nil', 12), 'a8be → nil');
  assert.equal(found('SET sess:7f3a {…} EX 86400', 'error', 20), '7f3a → error');
  assert.equal(found('unsign(cookie)', 'Ada', 14), 'cookie → Ada');
  assert.equal(found('GET sess:a8be', '김하나', 12), 'a8be 김하나', 'Hangul is wider');
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

test('a session that died with its process is remarked on, unless people log in again by themselves', () => {
  const state = picture(workers(2));
  state.scenario = { ...state.scenario, mode: 'local', traffic: 'auto', relogin: 'false' };
  const ada = { name: 'Ada', address: '', sid: 'a8be', made: state.workers[0].mem, believes: true, strip: [{ req: 1, pid: 2, mark: '-', cookie: '' }, { req: 2, pid: 1, mark: '-', cookie: '' }], logouts: 0, socket: 0, heard: 0, missed: 0 };
  state.visitors.set('Ada', ada);
  assert.equal(noteOn(state)?.key, undefined);
  ada.made += 1000; // another life
  assert.equal(noteOn(state)?.key, 'note.died');
  assert.equal(noteOn({ ...state, scenario: { ...state.scenario, relogin: 'true' } })?.key, undefined);
  assert.equal(noteOn(state, true)?.key, undefined, 'whom a change of mode logged out logs in again');
  assert.equal(noteOn({ ...state, scenario: { ...state.scenario, traffic: 'script' } })?.key, undefined);
  ada.believes = false; // logged out by herself
  assert.equal(noteOn(state)?.key, undefined);
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
