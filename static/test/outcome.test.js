import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { broke, loggedOut, mark, outcome, outlook, well } from '../js/run/outcome.js';

/** The answers that the simulator's own rule was held against. */
const golden = readFileSync(new URL('../../sim/trace/testdata/outcomes.txt', import.meta.url), 'utf8').trim().split('\n').slice(1);

test('an answer comes to what it does in the simulator', () => {
  assert.ok(golden.length > 200);
  for (const line of golden) {
    const [op, status, pid, session, chance, , came, letter] = line.split(' ');
    const e = { op, status: Number(status), pid: Number(pid), session: session === '-' ? undefined : session, chance: Number(chance) };
    assert.equal(outcome(e), came, line);
    assert.equal(mark(outcome(e), op), letter, line);
  }
});

test('every outcome is good, broken, or that of somebody who is not logged in', () => {
  for (const came of new Set(golden.map((line) => line.split(' ')[6]))) {
    const o = /** @type {import('../js/run/outcome.js').Outcome} */ (came);
    assert.equal([well(o), broke(o), loggedOut(o)].filter(Boolean).length, 1, came);
  }
});

test('a request in flight has no outcome before its answer', () => {
  const r = { req: 1, visitor: 'Ada', op: 'visit', conn: 1, pid: 1, tid: 1, sid: '', made: 0, phase: 'storing', since: 0, until: 0, status: 0, session: 'hit', cookie: '' };
  assert.equal(outlook(r), '');
  assert.equal(mark(outlook(r), r.op), '');
  assert.equal(outlook({ ...r, phase: 'reset' }), 'reset');
  assert.equal(outlook({ ...r, phase: 'answered', status: 200 }), 'welcome');
});
