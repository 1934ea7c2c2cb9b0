import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LATE, Teller, weight } from '../js/words/say.js';
import { dice, randomRun } from './random-run.js';

/** @typedef {import('../js/run/model.js').Event} Event */

const S = 1e6;
/** @param {number} seq @param {number} ts @param {object} what @returns {any} */
const event = (seq, ts, what) => ({ seq, ts, ...what });
const hit = { kind: 'session.read', session: 'hit' };
const miss = { kind: 'session.read', session: 'miss' };

/** What is told at each moment. @param {Event[]} events @param {number[]} moments */
function played(events, moments) {
  const teller = new Teller();
  let n = 0;
  return moments.map((moment) => {
    while (n < events.length && events[n].ts <= moment) teller.note(events[n++]);
    return teller.at(moment, false)?.seq;
  });
}

test('what matters more is told first, and each sentence can be read', () => {
  assert.ok(weight(event(1, 0, miss)) > weight(event(1, 0, hit)));
  const events = [event(1, 0, hit), event(2, 0.2 * S, miss), event(3, 0.3 * S, hit), event(4, 1.2 * S, hit), event(5, 1.4 * S, miss)];
  assert.deepEqual(played(events, [0, 0.5 * S, 0.7 * S, 1.3 * S, 1.9 * S, 2 * S]), [1, 1, 2, 2, 2, 5]);
});

test('a timer is told where nobody asks for anything', () => {
  const joined = event(1, 0, { kind: 'visitor.joined', visitor: 'Ada' });
  assert.deepEqual(played([joined, event(2, 3 * S, { kind: 'job.ran', pid: 1, count: 1 })], [1 * S, 3 * S]), [1, 2]);
});

test('what cannot be told in time is not told late', () => {
  const events = [event(1, 0, miss), event(2, 0.2 * S, miss), event(3, 4 * S, miss)];
  assert.deepEqual(played(events, [0, 1 * S, 1.7 * S, 3.9 * S, 4 * S]), [1, 1, 1, 1, 3]);
});

test('a death waits for nobody', () => {
  const crash = { kind: 'worker.crashed', pid: 1 };
  assert.deepEqual(played([event(1, 0, miss), event(2, 0.31 * S, crash)], [0.3 * S, 0.31 * S]), [1, 2]);
});

test('at rest what led there is told', () => {
  const teller = new Teller();
  teller.note(event(1, 0, miss));
  teller.note(event(2, 100, { ...miss, req: 7 }));
  teller.note(event(3, 200, hit));
  assert.equal(teller.at(300, false)?.seq, 1);
  assert.equal(teller.at(300, true)?.seq, 2);
  // Not what the picture has left behind: another answer since, or too much time.
  assert.equal(teller.at(2 * S, true)?.seq, 3);
  teller.note(event(4, 0.3 * S, { ...miss, visitor: 'Ada', req: 8 }));
  teller.note(event(5, 0.4 * S, { ...hit, visitor: 'Ada', req: 9 }));
  assert.equal(teller.at(0.5 * S, true)?.seq, 5);
});

test('a moment is told alike whether one plays there, jumps there or goes on from what was kept; and never late', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const events = randomRun(seed, 2000);
    const roll = dice(seed);
    const end = events[events.length - 1].ts;
    const moments = Array.from({ length: 400 }, () => roll(end)).sort((a, b) => a - b);
    const each = played(events, moments);
    for (let i = 0; i < moments.length; i += 40) assert.deepEqual(played(events, moments.slice(i)), each.slice(i), `run ${seed}, from ${moments[i]}`);
    // Kept in the middle, and gone on from there twice.
    const [middle] = moments.slice(200);
    const teller = new Teller();
    for (const e of events.filter((e) => e.ts <= middle)) teller.note(e);
    const kept = teller.save();
    for (let n = 0; n < 2; n++) {
      const again = new Teller();
      again.load(kept);
      for (const e of events.filter((e) => e.ts > middle)) again.note(e);
      assert.equal(again.at(end, false)?.seq, played(events, [end])[0]);
    }
    // Whoever watches each moment sees no sentence begin later than it may.
    let told;
    const watcher = new Teller();
    let n = 0;
    for (let moment = 0; moment <= end; moment += 16_000) {
      while (n < events.length && events[n].ts <= moment) watcher.note(events[n++]);
      const now = watcher.at(moment, false);
      if (now && now !== told) assert.ok(moment - now.ts <= LATE + 16_000, `run ${seed}: event ${now.seq} of ${now.ts} is told at ${moment}`);
      told = now;
    }
  }
});
