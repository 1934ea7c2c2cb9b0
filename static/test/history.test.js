import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Block, BLOCK, Shapes } from '../js/history/block.js';
import { ByteReader, ByteWriter } from '../js/history/bytes.js';
import { GAP } from '../js/history/checkpoints.js';
import { copyOf } from '../js/history/copy.js';
import { MARKS } from '../js/history/marks.js';
import { dice, randomRun } from './random-run.js';
import { Past } from '../js/history/history.js';
import { apply, create, toSnapshot } from '../js/run/model.js';

const start = () => create({ mode: 'local', workers: '2' });

/** The picture after the events up to a position, by playing. @param {any[]} events @param {number} seq */
function played(events, seq) {
  const state = start();
  for (const e of events) {
    if (e.seq > seq) break;
    apply(state, e);
  }
  return toSnapshot(state);
}

/** A past with all the events. @param {any[]} events @param {object} [options] */
function pastOf(events, options) {
  const past = new Past(start(), options);
  for (let i = 0; i < events.length; i += 100) past.append(events.slice(i, i + 100));
  return past;
}

test('numbers survive the way in and out', () => {
  const numbers = [0, 1, -1, -2, 63, 64, -64, -65, 127, 128, 2 ** 31, -(2 ** 31), 86_400_000_000, 2 ** 52, -(2 ** 51)];
  const writer = new ByteWriter();
  for (const n of numbers) writer.write(n);
  const reader = new ByteReader(writer.bytes);
  assert.deepEqual(numbers.map(() => reader.read()), numbers);
});

test('a block gives back its events, and is small', () => {
  const events = randomRun(7, BLOCK, 1000);
  const block = new Block(events, new Shapes());
  assert.deepEqual(block.events(), events);
  assert.deepEqual([block.first, block.last, block.count], [1001, 1000 + BLOCK, BLOCK]);
  assert.ok(block.size < 30 * BLOCK, `${block.size} bytes`);
});

test('a copy of a picture is equal, and its own', () => {
  const state = start();
  const events = randomRun(3, 600);
  for (const e of events.slice(0, 400)) apply(state, e);
  const before = toSnapshot(state);
  const copy = copyOf(state);
  assert.deepEqual(copy, state);
  for (const e of events.slice(400)) apply(copy, e);
  assert.deepEqual(toSnapshot(state), before);
});

test('seeking to any position, in any order, is playing there', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const events = randomRun(seed, 2500);
    const past = pastOf(events);
    const roll = dice(seed);
    for (let i = 0; i < 12; i++) {
      const seq = roll(2501);
      assert.deepEqual(toSnapshot(past.seek(seq)), played(events, seq), `seed ${seed}, position ${seq}`);
      if (i % 3) continue;
      // Also one after the other, as when it is dragged.
      for (let next = seq; next < Math.min(2500, seq + 40); next += 7) assert.deepEqual(toSnapshot(past.seek(next)), played(events, next));
    }
  }
});

test('seeking to a moment is having played everything up to it', () => {
  const events = randomRun(5, 1200);
  const past = pastOf(events);
  const end = events[1199].ts;
  const roll = dice(5);
  for (const ts of [0, end, end + 1, ...events.slice(0, 60).map((e) => e.ts), ...Array.from({ length: 200 }, () => roll(end))]) {
    const want = events.filter((e) => e.ts <= ts).length;
    assert.equal(past.seqAt(ts), want, `${ts} µs`);
  }
});

test('events are found by position', () => {
  const events = randomRun(9, 900);
  const past = pastOf(events);
  for (const seq of [1, 2, 256, 257, 512, 513, 899, 900]) assert.deepEqual(past.event(seq), events[seq - 1]);
  assert.equal(past.event(0), undefined);
  assert.equal(past.event(901), undefined);
  assert.deepEqual(past.events(250, 530), events.slice(249, 530));
  assert.deepEqual(past.events(-5, 9999), events);
  assert.deepEqual(past.events(10, 3), []);
});

test('a gap is refused', () => {
  const past = new Past(start());
  assert.throws(() => past.append(randomRun(1, 1, 5)), /Event 6 cannot follow event 0/);
});

test('a run of 100,000 events: after the first visit any moment is a few hundred events away', () => {
  const events = randomRun(42, 100_000);
  const past = pastOf(events);
  past.seek(100_000);
  assert.equal(past.applied, 100_000);
  const roll = dice(42);
  let most = 0;
  let longest = 0;
  for (let i = 0; i < 300; i++) {
    const seq = roll(100_001);
    const begin = performance.now();
    past.seek(seq);
    longest = Math.max(longest, performance.now() - begin);
    most = Math.max(most, past.applied);
  }
  assert.ok(most <= GAP, `${most} events were applied`);
  for (const seq of [99_999, 50_001, 1, 77_777]) assert.deepEqual(toSnapshot(past.seek(seq)), played(events, seq));
  console.log(`a seek applied ${most} events at most, in ${longest.toFixed(1)} ms at most; ${(past.size / 100_000).toFixed(1)} bytes an event, ${past.checkpoints} pictures`);
});

test('who plays leaves pictures on the way', () => {
  const events = randomRun(8, 5000);
  const past = new Past(start());
  for (const e of events) {
    past.append([e]);
    past.seek(e.seq);
  }
  past.seek(4000);
  assert.ok(past.applied < GAP);
  assert.deepEqual(toSnapshot(past.seek(4000)), played(events, 4000));
});

test('a look elsewhere changes nothing', () => {
  const events = randomRun(9, 2000);
  const past = pastOf(events);
  const there = past.seek(1500);
  assert.deepEqual(toSnapshot(past.peek(300)), played(events, 300));
  assert.deepEqual(toSnapshot(past.peek(1999)), played(events, 1999));
  assert.equal(past.seek(1501), there, 'it is the same picture, one event on');
  assert.equal(past.applied, 1);
});

test('a watcher hears each event on the way, and gets back what it remembered', () => {
  const events = randomRun(4, 3000);
  const past = pastOf(events);
  let heard = 0;
  const watch = {
    load: (/** @type {unknown} */ memo) => { heard = Number(memo ?? 0); },
    note: () => { heard++; },
    save: () => heard,
  };
  for (const seq of [3000, 2999, 700, 1400, 1401, 10, 2222]) {
    past.seek(seq, watch);
    assert.equal(heard, seq);
  }
  past.rewind();
  past.seek(2222, watch);
  assert.equal(heard, 2222);
});

test('another future shares the past, and neither knows of the other', () => {
  const events = randomRun(6, 3000);
  const past = pastOf(events);
  const at = events[1500].ts;
  const cut = past.seqAt(at);
  const other = past.until(at);
  assert.equal(other.last, cut);
  assert.equal(other.end, events[cut - 1].ts);
  const second = randomRun(66, 800, cut).map((e) => ({ ...e, ts: e.ts + at }));
  other.append(second);
  const both = [...events.slice(0, cut), ...second];
  for (const seq of [cut + 800, cut + 1, cut, cut - 1, 3, cut + 300]) assert.deepEqual(toSnapshot(other.seek(seq)), played(both, seq), `${seq}`);
  for (const seq of [3000, cut + 1, cut, 5]) assert.deepEqual(toSnapshot(past.seek(seq)), played(events, seq), `${seq}`);
  const marked = (/** @type {Past} */ p) => Array.from({ length: p.marks.seqs.length }, (_, i) => p.marks.seqs.at(i));
  assert.deepEqual(marked(other), marked(pastOf(both)));
});

test('the part before the first picture joins on', () => {
  const events = randomRun(11, 2000);
  for (const seam of [1, 255, 256, 700, 1999]) {
    const state = start();
    for (const e of events.slice(0, seam)) apply(state, e);
    const later = new Past(state);
    later.append(events.slice(seam));
    assert.deepEqual([later.whole, later.fromStart], [false, state.ts === 0]);
    const all = later.after(pastOf(events.slice(0, seam)));
    assert.deepEqual([all.base, all.last, all.end, all.whole], [0, 2000, events[1999].ts, true]);
    for (const seq of [0, 1, seam - 1, seam, seam + 1, 2000, 1000]) assert.deepEqual(toSnapshot(all.seek(seq)), played(events, seq), `seam ${seam}, position ${seq}`);
    all.append(randomRun(12, 10, 2000));
    assert.equal(all.last, 2010);
    const same = pastOf([...events, ...randomRun(12, 10, 2000)]).marks;
    assert.deepEqual([all.marks.milestones, all.marks.seqs, all.marks.whats], [same.milestones, same.seqs, same.whats]);
  }
  assert.throws(() => new Past(start()).after(pastOf(events)), /does not join/);
});

test('memory is bounded: the oldest goes, and it says how much', () => {
  const events = randomRun(13, 12_000);
  const past = new Past(start(), { most: 4000 });
  for (const e of events) {
    past.append([e]);
    past.seek(e.seq);
  }
  assert.ok(past.last - past.base <= 4000);
  assert.equal(past.dropped, past.base);
  assert.equal(past.event(past.base), undefined);
  assert.deepEqual(past.event(past.first), events[past.base]);
  assert.equal(past.whole, false);
  assert.ok(past.marks.seqs.at(0) >= past.first);
  for (const seq of [12_000, past.base, past.base + 1, 11_000]) assert.deepEqual(toSnapshot(past.seek(seq)), played(events, seq));
  assert.equal(past.seek(3).seq, past.base, 'what is gone cannot be shown');
  assert.equal(past.seqAt(0), past.base);
});

test('pictures stay few, also in a crowd', () => {
  const past = new Past(start());
  const crowd = Array.from({ length: 3000 }, (_, i) => ({ seq: i + 1, ts: i, kind: 'visitor.joined', visitor: `v${i}`, text: '' }));
  past.append(crowd);
  for (let i = 0; i < 300; i++) past.append(randomRun(i, GAP, past.last).map((e) => ({ ...e, ts: 3000 + i })));
  past.seek(past.last);
  assert.ok(past.checkpoints < 60, `${past.checkpoints} pictures`);
});

test('a change of mode has a mark, and those whom it logged out have none', () => {
  const visit = { kind: 'request.done', visitor: 'Ada', op: 'visit', status: 401, session: 'miss', made: -1 };
  const login = { kind: 'request.done', visitor: 'Ada', op: 'login', status: 200, made: -1 };
  const past = new Past(start());
  past.append([login, visit, { kind: 'scenario.set', text: 'mode=store' }, visit, visit, login, visit].map((e, i) => ({ seq: i + 1, ts: 10 * i, ...e })));
  assert.deepEqual(past.marks.whats.map((w, i) => [MARKS[w], past.marks.seqs.at(i)]), [['miss', 2], ['mode', 3], ['miss', 7]]);
  const other = past.until(30);
  other.append([{ seq: 5, ts: 35, ...visit }]);
  assert.equal(other.marks.seqs.length, 2, 'nor in another future');
});

test('marks say what people look for', () => {
  const past = new Past(start());
  const done = { kind: 'request.done', visitor: 'Ada', op: 'visit', status: 200, session: 'hit' };
  const what = [
    done, done, { ...done, session: 'miss', status: 401 }, { ...done, status: 0 }, { kind: 'worker.crashed', pid: 1 }, { kind: 'scenario.set', text: 'mode=store' },
    { kind: 'scenario.set', text: 'workers=3' }, { kind: 'store.down' }, { kind: 'store.up' }, { kind: 'lock.waited' }, { kind: 'lock.deadlocked' }, { kind: 'update.lost' },
    { kind: 'chat.missed' }, { kind: 'worker.listening' }, { ...done, op: 'login' }, { kind: 'visitor.left', visitor: 'Ada' }, done,
  ];
  past.append(what.map((e, i) => ({ seq: i + 1, ts: 10 * i, ...e })));
  const { marks } = past;
  assert.deepEqual(marks.whats.map((w) => MARKS[w]), ['miss', 'failed', 'crash', 'mode', 'storeDown', 'storeUp', 'wait', 'deadlock', 'lost', 'unheard']);
  assert.deepEqual(marks.moments, [20, 30, 40, 50, 70, 80, 90, 100, 110, 120]);
  const steps = Array.from({ length: marks.milestones.length }, (_, i) => marks.milestones.at(i));
  assert.deepEqual(steps, [1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17]);
  assert.equal(marks.answers.length, 6);
});
