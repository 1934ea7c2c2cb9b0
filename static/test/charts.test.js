import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sides, WIDTH } from '../js/charts/chart.js';

test('the words of two marks stand beside their lines, and never over each other or outside', () => {
  assert.deepEqual(sides([100, 200]), [97, 203]);
  for (let first = 50; first < WIDTH; first += 1) {
    for (const second of [first, first + 1, first + 20, WIDTH - 1]) {
      const [left, right] = sides([first, second]);
      assert.ok(left < right && left >= 28 && right + 28 <= WIDTH, `${first} ${second}: ${left} ${right}`);
    }
  }
});
