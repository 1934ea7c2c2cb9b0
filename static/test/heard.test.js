import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heard, KEPT } from '../js/words/heard.js';
import { Past } from '../js/history/history.js';
import { create } from '../js/run/model.js';

const catalogue = { 'worker.crashed': 'Process {pid} died.' };

/** A run of crashes, every third event being one that nobody speaks of. @param {number} count */
function crashes(count) {
  const past = new Past(create());
  past.append(Array.from({ length: count }, (_, i) => ({ seq: i + 1, ts: 10 * i, kind: i % 3 === 2 ? 'thread.ready' : 'worker.crashed', pid: 1 + (i % 2) })));
  return past;
}

test('what matters is kept in order, up to the moment that is shown', () => {
  const heard = new Heard(catalogue);
  assert.ok(heard.follow(crashes(6)));
  assert.deepEqual(heard.until(6).lines.map((l) => [l.seq, l.ts, l.parts[0].text]), [[1, 0, 'Process 1 died.'], [2, 10, 'Process 2 died.'], [4, 30, 'Process 2 died.'], [5, 40, 'Process 1 died.']]);
  assert.deepEqual(heard.until(3).lines.map((l) => l.seq), [1, 2]);
});

test('it reads on where it was, and anew in another future', () => {
  const heard = new Heard(catalogue);
  const past = crashes(6);
  heard.follow(past);
  past.append([{ seq: 7, ts: 60, kind: 'worker.crashed', pid: 2 }]);
  heard.follow(past);
  assert.deepEqual(heard.until(7).lines.map((l) => l.seq), [1, 2, 4, 5, 7]);
  heard.follow(past.until(30));
  assert.deepEqual(heard.until(7).lines.map((l) => l.seq), [1, 2, 4]);
});

test('no more is kept than is read, and it is known how much went', () => {
  const heard = new Heard(catalogue);
  const past = crashes(15 * KEPT);
  while (!heard.follow(past));
  const { lines, dropped } = heard.until(past.last);
  assert.equal(lines.length, KEPT);
  assert.equal(lines.length + dropped, 10 * KEPT);
  assert.equal(lines[KEPT - 1].seq, 15 * KEPT - 1);
});
