import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, create } from '../js/run/model.js';
import { scene } from '../js/page/opening.js';

/** @param {any[]} events */
function after(events) {
  const state = create({ mode: 'local' });
  events.forEach((e, i) => apply(state, { seq: i + 1, ts: i, ...e }));
  return state;
}

test('what the opening tells follows from the picture', () => {
  const one = [{ kind: 'worker.starting', pid: 1, mem: 101, threads: 1 }, { kind: 'worker.listening', pid: 1 }, { kind: 'visitor.joined', visitor: 'Ada' }];
  const known = [...one, { kind: 'request.done', visitor: 'Ada', op: 'login', status: 200, cookie: 'set', sid: 'a8be', made: 101, pid: 1 }];
  const second = [...known, { kind: 'worker.starting', pid: 2, mem: 102, threads: 1, until: 9 }];
  const other = [...second, { kind: 'worker.listening', pid: 2 }];
  const out = [...other, { kind: 'request.done', visitor: 'Ada', op: 'visit', status: 401, session: 'miss', chance: 1, pid: 2 }];
  assert.deepEqual([one, known, second, other, out].map((events) => scene(after(events))), ['login', 'known', 'second', 'other', 'out']);
});
