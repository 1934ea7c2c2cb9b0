import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wishesIn, wishesOf } from '../js/embed/wishes.js';
import { status } from '../js/lesson/challenge.js';
import { addressOf as judgeAddress, Judge } from '../js/lesson/judge.js';
import { next, Progress, share } from '../js/lesson/progress.js';
import { addressOf, opening, untilOf } from '../js/lesson/sim.js';
import { withSolution } from '../js/lesson/solution.js';
import { Tries } from '../js/lesson/tries.js';

/** @type {import('../js/lesson/sim.js').Sim} */
const SIM = {
  query: 'workers=3&do=6s+crash+1', from: 2e6, until: 11.5e6, play: 'auto', speed: 0.25, controls: ['mode', 'workers'], point: ['visitor Ada', 'worker 1'],
  open: 'machine', beside: ['mode=store', 'mode=threads'], continue: false, headline: '제목: a & b', note: 'none',
  own: [{ name: 'vote', word: '투표', says: { 200: '{visitor:이} & #1' } }],
};

test('a frame hears the same by its address as by a message', () => {
  const begin = { at: 2e6, play: false, wait: true };
  const address = addressOf(SIM, begin, 'ko');
  assert.ok(address.startsWith('/embed?lang=ko&workers=3&do=6s+crash+1#'), address);
  assert.deepEqual(wishesOf(address.slice(address.indexOf('#'))), wishesIn(opening(SIM, begin, 1)));
  const plain = { ...SIM, query: '', controls: [], point: [], open: '', beside: [], speed: 1, until: 24 * 3600e6, headline: undefined, note: undefined, own: undefined };
  assert.equal(addressOf(plain, { at: 0, play: true, wait: false }, 'en'), '/embed?lang=en');
  assert.equal(untilOf(plain), 0, 'the last moment of all is nowhere to stop');
});

test('a solution sets its keys and gives its commands after those of the step', () => {
  assert.equal(withSolution('visitors=Ada&workers=2', '', '5s set mode=store'), 'visitors=Ada&workers=2&do=5s+set+mode%3Dstore');
  assert.equal(withSolution('visitors=Ada&workers=2&do=1s+visit+Ada', 'workers=1&balancer=random', '5s crash 1; 6s crash 1'), 'visitors=Ada&workers=1&balancer=random&do=1s+visit+Ada%3B+5s+crash+1%3B+6s+crash+1');
  assert.equal(withSolution('', 'mode=store', ''), 'mode=store');
});

/** @returns {Storage} */
function memory() {
  /** @type {Map<string, string>} */
  const map = new Map();
  return /** @type {any} */ ({ getItem: (/** @type {string} */ k) => map.get(k) ?? null, setItem: (/** @type {string} */ k, /** @type {string} */ v) => map.set(k, v), removeItem: (/** @type {string} */ k) => map.delete(k) });
}

test('progress is kept, taken along, and forgotten', () => {
  const kept = memory();
  const p = new Progress(kept);
  p.see('01-a', 1, 3);
  p.finish('01-a', 1);
  p.see('01-a', 2, 3);
  assert.equal(next(p.of('01-a')), 2);
  p.answer('01-a', 2, 1);
  p.finish('01-a', 2);
  assert.deepEqual(new Progress(kept).of('01-a'), { steps: 3, seen: [1, 2], done: [1, 2], answers: { 2: 1 } });
  assert.equal(share(p.of('01-a')), 2 / 3);
  assert.equal(next(p.of('01-a')), 3);

  const other = new Progress(memory());
  other.see('01-a', 3, 3);
  other.finish('01-a', 3);
  other.see('02-b', 1, 5);
  assert.ok(other.take(p.text()));
  assert.deepEqual(other.of('01-a'), { steps: 3, seen: [1, 2, 3], done: [1, 2, 3], answers: { 2: 1 } });
  assert.equal(next(other.of('01-a')), undefined);
  assert.equal(other.of('02-b').steps, 5);
  other.clear();
  assert.deepEqual(other.all, {});
  p.answer('01-a', 2, undefined);
  assert.deepEqual(p.of('01-a').answers, {});
});

test('a file that is none of ours changes nothing', () => {
  const p = new Progress(memory());
  p.see('01-a', 1, 3);
  const before = p.text();
  for (const text of ['', 'null', '[]', '{}', '{"kind":"other","lessons":{}}', 'x'.repeat(300_000)]) assert.equal(p.take(text), false, text.slice(0, 30));
  assert.equal(p.text(), before);
  assert.ok(p.take('{"kind":"procession-lessons","lessons":{"__proto__":{"steps":1},"a b":{"steps":1},"02-b":{"steps":-3,"seen":["x",4,4,999999],"done":null,"answers":{"2":"yes","3":1.5,"4":2}}}}'));
  assert.deepEqual(Object.keys(p.all).sort(), ['01-a', '02-b']);
  assert.deepEqual(p.of('02-b'), { steps: 0, seen: [4], done: [], answers: { 4: 2 } });
});

test('without storage nothing is remembered, and nothing breaks', () => {
  for (const storage of [undefined, /** @type {Storage} */ (/** @type {unknown} */ ({ getItem() { throw new Error(); }, setItem() { throw new Error(); }, removeItem() { throw new Error(); } }))]) {
    const p = new Progress(storage);
    p.finish('01-a', 1);
    assert.deepEqual(p.of('01-a').done, [1], 'as long as the page is open');
    p.clear();
    assert.deepEqual(p.all, {});
  }
});

/** @param {Partial<import('../js/lesson/frame.js').State>} state @returns {import('../js/lesson/frame.js').State} */
const state = (state) => ({ now: 0, until: 40e6, playing: true, stopped: false, ended: false, ready: true, query: 'q', speed: 1, id: 1, ...state });

test('a run that was let go on to its end is a try, once', () => {
  const tries = new Tries('q');
  tries.note(state({ now: 1e6 }));
  assert.equal(tries.count, 0);
  tries.note(state({ now: 40e6, playing: false, stopped: true }));
  tries.note(state({ now: 40e6, playing: false, stopped: true }));
  assert.equal(tries.count, 1);
  tries.note(state({ now: 0 }));
  tries.note(state({ now: 40e6, playing: false, ended: true }));
  assert.equal(tries.count, 2);
  assert.ok(tries.enough);
});

test('a run that was changed and begun anew is a try; one that was only begun anew is none', () => {
  const tries = new Tries('q');
  tries.note(state({ now: 5e6 }));
  tries.note(state({ now: 0 }));
  assert.equal(tries.count, 0);
  tries.note(state({ now: 8e6, query: 'q&do=6s+crash+1' }));
  tries.note(state({ now: 0 }));
  assert.equal(tries.count, 1);
  tries.note(state({ now: 8e6, query: 'q&do=6s+crash+1' }));
  tries.note(state({ now: 40e6, stopped: true, query: 'q&do=6s+crash+1' }));
  tries.note(state({ now: 0 }));
  assert.equal(tries.count, 2, 'not once for the end and once more for the new beginning');
});

test('a change after the end, and another end, is another try', () => {
  const tries = new Tries('q');
  tries.note(state({ now: 40e6, stopped: true }));
  tries.note(state({ now: 41e6, query: 'q&do=40s+crash+1' }));
  tries.note(state({ now: 60e6, ended: true, query: 'q&do=40s+crash+1' }));
  assert.equal(tries.count, 2);
});

test('the judge is asked one thing at a time, and then the last', async () => {
  /** @type {[string, (v: import('../js/lesson/judge.js').Verdict) => void, (e: Error) => void][]} */
  const asked = [];
  /** @type {string[]} */
  const told = [];
  const judge = new Judge((address) => new Promise((yes, no) => { asked.push([address, yes, no]); }), (verdict, about) => told.push(`${about} ${verdict.met}`));
  const settle = () => new Promise((done) => { setImmediate(done); });
  void judge.look('a', 'A');
  void judge.look('b', 'B');
  void judge.look('c', 'C');
  assert.deepEqual(asked.map(([address]) => address), ['a']);
  asked[0][1]({ met: false, conditions: [] });
  await settle();
  assert.deepEqual(asked.map(([address]) => address), ['a', 'c']);
  assert.deepEqual(told, ['A false']);
  judge.forget();
  asked[1][1]({ met: true, conditions: [] });
  await settle();
  assert.deepEqual(told, ['A false'], 'what was forgotten is not told');
  void judge.look('d', 'D');
  asked[2][2](new Error('no network'));
  await settle();
  void judge.look('e', 'E');
  asked[3][1]({ met: true, conditions: [] });
  await settle();
  assert.deepEqual(told, ['A false', 'E true']);
});

test('the address of the judge has the run as it is', () => {
  assert.equal(judgeAddress('01-a', 'ko', 5, 12345678.4, 'workers=3&do=6s+crash+1'), '/lessons/01-a/judge?step=5&at=12345678&lang=ko&workers=3&do=6s+crash+1');
  assert.equal(judgeAddress('01-a', 'en', 5, 0, ''), '/lessons/01-a/judge?step=5&at=0&lang=en');
});

test('a status that says how far a challenge is never says what is so no more', () => {
  assert.equal(status('', '0 / 12', false), '', 'only steps on are said');
  assert.equal(status('', '2 / 12', true), '2 / 12');
  assert.equal(status('2 / 12', '2 / 12', false), '2 / 12', 'it stays while it is so');
  assert.equal(status('2 / 12', '0 / 12', false), '', 'the run began anew');
  assert.equal(status('2 / 12', '3 / 12', false), '');
});
