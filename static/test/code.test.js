import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf, LINGER, Positions } from '../js/code/positions.js';
import { tokens } from '../js/code/tokens.js';
import { apply, create } from '../js/run/model.js';

/** @typedef {import('../js/run/model.js').Event} Event */

/** @param {string} text @param {string} language */
const kinds = (text, language) => tokens(text.split('\n'), language).map((line) => line.filter((x) => x.kind).map((x) => `${x.kind}:${x.text}`));

test('comments, strings and keywords, and nothing is lost', () => {
  assert.deepEqual(kinds('func f() string { return "a // b" } // done', 'go'), [['word:func', 'word:return', 'string:"a // b"', 'comment:// done']]);
  assert.deepEqual(kinds("app.get('/me', async (req) => { /* in\nside */ const x = `a\n${b} \\` c` })", 'js'), [
    ["string:'/me'", 'word:async', 'comment:/* in'], ['comment:side */', 'word:const', 'string:`a'], ['string:${b} \\` c`'],
  ]);
  assert.deepEqual(kinds('x.return(range)', 'go'), [['word:range']], 'a name after a dot is a name');
  assert.deepEqual(kinds('"open', 'go'), [['string:"open']]);
  const odd = ['', '\tπ := `a', 'b` + "\\"" // ∑', 'a/b', "'"];
  for (const language of ['go', 'js']) assert.deepEqual(tokens(odd, language).map((l) => l.map((x) => x.text).join('')), odd);
});

test('the most exact key is looked for first', () => {
  assert.deepEqual(keysOf('store.sent', 'visit', 'get'), ['store.sent.visit.get', 'store.sent.visit', 'store.sent.get', 'store.sent']);
  assert.deepEqual(keysOf('session.saved', '', ''), ['session.saved']);
});

test('a handler of an author’s own has its name, and in the simulator’s files the one of all of them', () => {
  assert.deepEqual(keysOf('store.sent', 'vote', 'get', 'votes'), [
    'store.sent.vote.get.votes', 'store.sent.vote.get', 'store.sent.vote', 'store.sent.own.get.votes', 'store.sent.own.get', 'store.sent.own', 'store.sent.get', 'store.sent',
  ]);
});

/** @type {import('../js/code/positions.js').File} */
const file = {
  name: 'handler.go', language: 'go', lines: Array(20).fill(''),
  marks: {
    'request.started': [1], 'store.sent.count.get': [10], 'store.executed.count.get': [10], 'store.sent.count.set': [12], 'session.read.visit': [5],
    'request.answered.visit': [9], 'lock.acquired.transfer.first': [14], 'lock.acquired.transfer.second': [15], 'lock.waited.visit.read': [5], 'lock.waited.visit.write': [8],
  },
  after: { 'request.started.visit': [3], 'session.read.visit': [6] },
  expand: { 10: ['read', 'add', 'write'], 12: ['read', 'add', 'write'] },
};

/** Plays events into positions. @param {Partial<Event>[]} list */
function play(list) {
  const state = create();
  const positions = new Positions();
  list.forEach((e, i) => {
    const event = /** @type {Event} */ ({ seq: i + 1, ts: 0, ...e });
    apply(state, event);
    positions.note(event, state);
  });
  return { state, positions };
}

/** @param {string} op @param {number} [req] */
const started = (op, req = 1, tid = 1) => [
  { kind: 'request.sent', req, visitor: `V${req}`, op, conn: req }, { kind: 'request.routed', req, pid: 2 }, { kind: 'request.started', req, pid: 2, tid },
];

test('a thread is at the line after its last event, else at the line that made it', () => {
  const { positions } = play([...started('visit'), ...started('count', 2, 2)]);
  assert.deepEqual(positions.in(file).map((p) => [p.req, p.visitor, p.pid, p.tid, p.lines, p.passed]), [[1, 'V1', 2, 1, [3], [1]], [2, 'V2', 2, 2, [1], []]]);
  assert.deepEqual(positions.in(file, new Set([2])).length, 1);
});

test('each step of a handler is at the line that does the same', () => {
  const printed = {
    ...file, name: 'app.js', language: 'js',
    marks: {
      'request.started.vote': [1], 'value.written.vote.memory.votes': [4], 'store.sent.vote.incr.sum': [5], 'store.sent.vote.incr.all': [6], 'store.sent.vote': [5, 6],
      'lock.acquired.vote.values': [2, 4], 'request.answered.vote.429': [7], 'request.answered.vote.200': [8],
    },
    after: { 'request.started.vote': [2, 3], 'value.written.vote.memory.votes': [5] },
    expand: {},
  };
  /** @param {...Partial<Event>} more */
  const lines = (...more) => play([...started('vote'), ...more.map((e) => ({ req: 1, pid: 2, tid: 1, ...e }))]).positions.in(printed)[0].lines;
  assert.deepEqual(lines(), [2, 3]);
  assert.deepEqual(lines({ kind: 'lock.acquired', text: 'values' }), [2, 4]);
  assert.deepEqual(lines({ kind: 'value.written', mem: 201, text: 'votes', count: 1 }), [5]);
  assert.deepEqual(lines({ kind: 'store.sent', text: '"INCR" "sum"' }), [5]);
  assert.deepEqual(lines({ kind: 'store.sent', text: '"INCR" "all"' }), [6]);
  assert.deepEqual(lines({ kind: 'request.answered', op: 'vote', status: 429, visitor: 'V1' }), [7]);
  assert.deepEqual(lines({ kind: 'request.answered', op: 'vote', status: 200, visitor: 'V1' }), [8]);
});

test('lines that were passed, and an answer, can still be seen for a moment', () => {
  const { positions } = play([
    ...started('visit'), { kind: 'session.read', req: 1, pid: 2, tid: 1, session: 'hit', ts: 1000 }, { kind: 'request.answered', req: 1, op: 'visit', pid: 2, tid: 1, status: 200, session: 'hit', ts: 2000 },
  ]);
  assert.deepEqual(positions.in(file)[0].lines, [9]);
  assert.deepEqual(positions.in(file)[0].passed.sort(), [1, 5]);
  assert.equal(positions.expire(1000 + LINGER), true);
  assert.deepEqual(positions.in(file)[0].passed, [5]);
  assert.equal(positions.expire(2000 + LINGER), true);
  assert.deepEqual(positions.in(file), []);
  assert.equal(positions.expire(9e9), false);
});

test('a line that is not atomic shows its step', () => {
  /** @param {...Partial<Event>} more */
  const step = (...more) => play([...started('count'), ...more.map((e) => ({ req: 1, pid: 2, ...e }))]).positions.in(file)[0].step;
  assert.equal(step({ kind: 'store.sent', text: '"GET" "counter"' }), 0);
  assert.equal(step({ kind: 'store.sent', text: '"GET" "counter"' }, { kind: 'store.executed', text: '"GET" "counter"' }), 1);
  assert.equal(step({ kind: 'store.sent', text: '"SET" "counter" "1"' }), 2);
});

test('locks: the first or the second of a transfer; before or after the session was read', () => {
  const transfer = play([...started('transfer'), { kind: 'lock.acquired', req: 1, pid: 2, tid: 1, text: 'a' }]);
  assert.deepEqual(transfer.positions.in(file)[0].lines, [14]);
  const both = play([...started('transfer'), { kind: 'lock.acquired', req: 1, pid: 2, tid: 1, text: 'a' }, { kind: 'lock.acquired', req: 1, pid: 2, tid: 1, text: 'b' }]);
  assert.deepEqual(both.positions.in(file)[0].lines, [15]);
  const read = { kind: 'session.read', req: 1, pid: 2, tid: 1, session: 'hit' };
  const wait = { kind: 'lock.waited', req: 1, pid: 2, tid: 1, text: 'sessions' };
  assert.deepEqual(play([...started('visit'), wait]).positions.in(file)[0].lines, [5]);
  assert.deepEqual(play([...started('visit'), read, wait]).positions.in(file)[0].lines, [8]);
});

test('a picture is as good a beginning as the events before it', () => {
  const { state } = play([...started('visit'), { kind: 'session.read', req: 1, pid: 2, tid: 1, session: 'hit' }, ...started('visit', 2, 2)]);
  const positions = new Positions();
  positions.begin(state);
  assert.deepEqual(positions.in(file).map((p) => p.lines), [[6], [3]]);
});

test('who dies, or whose request breaks, is no longer in the code', () => {
  assert.deepEqual(play([...started('visit'), { kind: 'worker.crashed', pid: 2, mem: 102 }]).positions.in(file), []);
  assert.deepEqual(play([...started('visit'), { kind: 'request.reset', req: 1, pid: 2 }]).positions.in(file), []);
});
