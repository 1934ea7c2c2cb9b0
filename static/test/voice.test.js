import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from '../js/lesson/challenge.js';
import { answers } from '../js/page/answers.js';

/** @param {string} command @param {object} e */
const answered = (command, e) => answers(command)(/** @type {any} */ (e));

test('an answer to a command is the one that was asked for', () => {
  assert.ok(answered('login Ada', { kind: 'request.done', visitor: 'Ada', op: 'login' }));
  assert.ok(!answered('login Ada', { kind: 'request.done', visitor: 'Ada', op: 'visit' }), 'a request that was on its way');
  assert.ok(!answered('login Ada', { kind: 'request.done', visitor: 'Linus', op: 'login' }));
  assert.ok(answered('visit Mary Ann', { kind: 'request.done', visitor: 'Mary Ann' }));
  assert.ok(answered('crash 2', { kind: 'worker.crashed', pid: 2 }));
  assert.ok(!answered('crash 2', { kind: 'worker.crashed', pid: 1 }));
  assert.ok(answered('reload', { kind: 'worker.listening', pid: 1 }));
  assert.ok(answered('set mode=store', { kind: 'scenario.set' }));
  assert.ok(answered('store slow', { kind: 'store.slowed' }));
  assert.ok(answered('leave Ada', { kind: 'visitor.left', visitor: 'Ada' }));
  assert.ok(answered('crash 9', { kind: 'command.refused' }));
});

test('how far a challenge is, is said at its first, its half and its end', () => {
  assert.deepEqual([...Array(13).keys()].map((n) => stage(n === 12, `${n} / 12`)), [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3]);
  assert.equal(stage(false, 'yes'), 0);
  assert.equal(stage(false, '7 / 12 in a row since the last logout or error'), 2);
  assert.equal(stage(false, '까닭 없는 로그아웃 6번'), 0);
});
