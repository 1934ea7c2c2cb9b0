import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heard, KEPT } from '../js/heard.js';

const narrator = { parts: (/** @type {any} */ e) => [{ text: `sentence ${e.seq}`, ink: '' }] };
/** @param {number} seq */
const crash = (seq) => ({ seq, ts: seq * 10, kind: 'worker.crashed' });

test('what matters is kept in order, once', () => {
  const heard = new Heard(narrator);
  heard.hear(crash(1));
  heard.hear({ seq: 2, ts: 20, kind: 'core.switch' });
  heard.hear(crash(3));
  heard.hear(crash(3));
  heard.hear(crash(1));
  assert.deepEqual(heard.lines.map((l) => [l.seq, l.ts, l.parts[0].text]), [[1, 10, 'sentence 1'], [3, 30, 'sentence 3']]);
});

test('another future cuts off the one that was heard', () => {
  const heard = new Heard(narrator);
  for (let seq = 1; seq <= 5; seq++) heard.hear(crash(seq));
  heard.cut(3);
  heard.hear(crash(4));
  assert.deepEqual(heard.lines.map((l) => l.seq), [1, 2, 3, 4]);
  heard.cut(0);
  assert.deepEqual(heard.lines, []);
});

test('no more is kept than is read, and it is known how much went', () => {
  const heard = new Heard(narrator);
  for (let seq = 1; seq <= 5 * KEPT + 7; seq++) heard.hear(crash(seq));
  assert.equal(heard.lines.length, KEPT);
  assert.equal(heard.lines.length + heard.dropped, 5 * KEPT + 7);
  assert.equal(heard.lines[KEPT - 1].seq, 5 * KEPT + 7);
});
