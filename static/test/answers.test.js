import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers } from '../js/page/answers.js';

test('a crash is answered by a death, and one of a handler by its error', () => {
  /** @param {string} kind @param {number} pid */
  const event = (kind, pid) => ({ seq: 1, ts: 0, kind, pid });
  assert.ok(answers('crash 1')(event('worker.crashed', 1)));
  assert.ok(!answers('crash 1')(event('worker.crashed', 2)));
  assert.ok(!answers('crash 1')(event('handler.threw', 1)));
  assert.ok(answers('crash 1 handler')(event('handler.threw', 1)));
  assert.ok(!answers('crash 1 handler')(event('handler.threw', 2)));
  assert.ok(!answers('crash 1 handler')(event('worker.crashed', 1)));
});
