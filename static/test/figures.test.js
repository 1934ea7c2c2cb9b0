import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Counts } from '../js/run/counts.js';
import { Figures } from '../js/run/figures.js';
import { Past } from '../js/history/history.js';
import { STORE } from '../js/run/memory.js';
import { apply, create } from '../js/run/model.js';
import { randomRun } from './random-run.js';

/** @typedef {import('../js/run/model.js').Event} Event */

/** @param {string} visitor @param {number} status @param {number} [chance] */
const visit = (visitor, status, chance) => ({ kind: 'request.done', visitor, op: 'visit', status, session: status === 200 ? 'hit' : 'miss', made: STORE, ...(chance && { chance }) });
/** @param {string} visitor */
const login = (visitor) => ({ kind: 'request.done', visitor, op: 'login', status: 200, cookie: 'set', sid: 'abcd', made: STORE });
/** @param {string} text */
const set = (text) => ({ kind: 'scenario.set', text });

/** Counts events. @param {any[]} what @param {Figures} [figures] */
function counted(what, figures = new Figures()) {
  const state = create();
  what.forEach((e, i) => {
    const event = { seq: i + 1, ts: 1e6 * i, ...e };
    apply(state, event);
    figures.note(event);
  });
  return { figures, state };
}

test('figures count from the last change of the set-up, and over the whole run', () => {
  const { figures, state } = counted([visit('Ada', 200), visit('Ada', 401), set('workers=3'), visit('Ada', 200)]);
  assert.equal(figures.of(state).share, 100);
  assert.equal(figures.of(state, 'run').share, 67);
  assert.deepEqual([figures.begin('change').since, figures.begin('run').since, figures.changed], [2e6, 0, true]);
  assert.equal(counted([set('think=2s')]).figures.changed, false, 'that is no other set-up');
});

test('what a change of mode does by itself is not counted against what it brings', () => {
  const before = [login('Ada'), visit('Ada', 401, 1), set('mode=store')];
  const { figures, state } = counted([...before, visit('Ada', 401, 1)]);
  assert.deepEqual(figures.of(state), { share: undefined, logouts: 0, copies: 0 });
  assert.deepEqual(figures.of(state, 'run'), { share: 0, logouts: 2, copies: 0 });
  assert.deepEqual([figures.spares('change'), figures.spares('run')], [true, false], 'and it is known that something is left out');
  assert.equal(counted(before).figures.spares('change'), false);
  const later = counted([...before, visit('Ada', 401, 1), login('Ada'), visit('Ada', 200), visit('Ada', 401, 1)]);
  assert.deepEqual(later.figures.of(later.state), { share: 50, logouts: 1, copies: 0 });
});

test('what is kept at a moment does not change with what comes after it', () => {
  const events = [login('Ada'), set('mode=store'), login('Ada'), visit('Ada', 200), login('Grace'), visit('Grace', 401)].map((e, i) => ({ seq: i + 1, ts: i, ...e }));
  const figures = new Figures();
  const state = create();
  for (const e of events.slice(0, 4)) figures.note(e);
  const kept = figures.save();
  for (const e of events.slice(4)) figures.note(e);
  const end = figures.of(state);
  figures.load(kept, state);
  assert.equal(figures.of(state).share, 100);
  figures.note(/** @type {Event} */ ({ ...events[5], seq: 5 })); // Grace has not logged in since the change
  assert.equal(figures.of(state).share, 100);
  figures.load(kept, state);
  for (const e of events.slice(4)) figures.note(e);
  assert.deepEqual(figures.of(state), end);
});

test('the charts, the table of side by side and the footer count the same, at any moment', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const past = new Past(create());
    past.append(randomRun(seed, 3000));
    const figures = new Figures();
    const watch = {
      load: (/** @type {any} */ memo, /** @type {any} */ state) => figures.load(memo, state), note: (/** @type {Event} */ e) => figures.note(e), save: () => figures.save(),
    };
    const counts = new Counts();
    for (const seq of [3000, 1200, 1201, 2500, 17, 2999]) {
      const state = past.seek(seq, watch);
      for (const window of /** @type {const} */ (['change', 'run'])) {
        counts.follow(past, figures, window, state);
        assert.ok(counts.whole);
        const { share, logouts } = figures.of(state, window);
        const { welcome } = counts.stats;
        assert.equal(welcome === undefined ? undefined : Math.round(100 * welcome), share, `run ${seed}, position ${seq}, ${window}`);
        assert.equal(counts.stats.total.logouts, logouts);
      }
    }
  }
});
