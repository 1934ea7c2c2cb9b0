import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { roundUp, Stats } from '../js/run/stats.js';

const folder = new URL('../../sim/stats/testdata/', import.meta.url);
/** @type {import('../js/run/model.js').Event[]} those events of a run that are counted */
const events = readFileSync(new URL('cures.ndjson', folder), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const summary = JSON.parse(readFileSync(new URL('cures.json', folder), 'utf8'));

function counted() {
  const stats = new Stats();
  for (const e of events) stats.add(e);
  return stats;
}

test('it counts as the command line does: --format summary of the same run', () => {
  const stats = counted();
  const { total } = stats;
  assert.deepEqual(stats.latency(), summary.latency);
  for (const key of /** @type {const} */ (['requests', 'hits', 'misses', 'logouts', 'welcome', 'denied', 'errors', 'resets', 'commands', 'crashes'])) {
    assert.equal(total[key], summary[key], key);
  }
  assert.equal(total.lost, summary.lostUpdates);
  assert.equal(Number(stats.hitRatio?.toFixed(4)), summary.hitRatio);
  assert.deepEqual({ ...stats.peak, memory: stats.memory }, { copies: summary.memory.copies, threads: summary.memory.threads, memory: summary.memory.resident });
  for (const w of summary.workers) {
    const { requests, hits, misses, crashes } = stats.workers.get(w.pid) ?? {};
    assert.deepEqual({ requests, hits, misses, crashes }, { requests: w.requests, hits: w.hits, misses: w.misses, crashes: w.crashes });
  }
});

test('slices and bins lose nothing', () => {
  const stats = counted();
  const all = stats.slices.reduce((n, s) => n + s.requests, 0);
  assert.equal(all, summary.requests);
  const bins = stats.histogram();
  assert.equal(bins.reduce((n, b) => n + b.n, 0), summary.requests);
  assert.ok(bins.length <= 16, `${bins.length} bins`);
  for (let i = 1; i < bins.length; i++) assert.equal(bins[i].from, bins[i - 1].to);
});

test('a long run has no more slices than a short one, only longer ones', () => {
  const stats = new Stats();
  for (let i = 0; i < 5000; i++) stats.add({ seq: i + 1, ts: i * 1e6, kind: 'request.done', op: 'visit', status: 200, session: 'hit', dur: 900 + i });
  assert.ok(stats.slices.length <= 240);
  assert.equal(stats.slices.reduce((n, s) => n + s.welcome, 0), 5000);
  assert.equal(stats.welcome, 1);
  assert.equal(Math.round(stats.throughput * 100), 100);
});

test('nothing yet is nothing, and not zero percent', () => {
  const stats = new Stats();
  assert.equal(stats.welcome, undefined);
  assert.equal(stats.hitRatio, undefined);
  assert.deepEqual(stats.latency(), { p50: 0, p95: 0, p99: 0 });
  assert.deepEqual(stats.histogram(), []);
});

test('widths are round', () => {
  assert.deepEqual([1, 1.5, 3, 7, 11, 480, 1000].map(roundUp), [1, 2, 5, 10, 20, 500, 1000]);
});
