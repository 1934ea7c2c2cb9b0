import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, WIDTH } from '../js/charts/chart.js';

test('the words of two marks stand above their lines, and never over each other or outside', () => {
  assert.deepEqual(apart([100, 200]), [100, 200]);
  for (let first = 50; first <= WIDTH; first++) {
    for (const second of [first, first + 1, first + 20, WIDTH]) {
      const [left, right] = apart([first, second]);
      assert.ok(right - left >= 28 && left >= 14 && right + 14 <= WIDTH, `${first} ${second}: ${left} ${right}`);
    }
  }
});
