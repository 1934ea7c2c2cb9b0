import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Past } from '../js/history/history.js';
import { apply, create, toSnapshot } from '../js/run/model.js';
import { Memory } from '../js/run/memo.js';
import { randomRun } from './random-run.js';

/** @typedef {import('../js/run/model.js').Event} Event */

/** Everything that is shown of a moment. @param {Past} past @param {number} seq @param {number} moment */
function shown(past, seq, moment) {
  const memory = new Memory();
  const state = past.seek(seq, memory);
  return { state: toSnapshot(state), memory, figures: [memory.figures.of(state), memory.figures.of(state, 'run')], told: memory.teller.at(moment, false)?.seq, last: memory.teller.at(moment, true)?.seq };
}

test('a link to a moment, a reload there and playing there show the same', () => {
  for (let seed = 1; seed <= 25; seed++) {
    const events = randomRun(seed, 2400);
    const live = new Past(create());
    const memory = new Memory();
    for (let i = 0; i < events.length; i += 37) {
      live.append(events.slice(i, i + 37));
      live.seek(live.last, memory);
    }
    for (const at of [40, 611, 1800]) {
      // Opened there, with what came before fetched afterwards.
      const state = create();
      for (const e of events.slice(0, at)) apply(state, e);
      const opened = new Past(state);
      opened.append(events.slice(at));
      opened.seek(opened.last, new Memory());
      const before = new Past(create());
      before.append(events.slice(0, at));
      before.seek(at, new Memory());
      const whole = opened.after(before);
      for (const seq of [at, at + 200, 2400]) {
        const moment = events[seq - 1].ts;
        live.rewind();
        const want = shown(live, seq, moment);
        whole.rewind();
        const got = shown(whole, seq, moment);
        assert.deepEqual([got.state, got.figures, got.told, got.last], [want.state, want.figures, want.told, want.last], `run ${seed}, opened at ${at}, position ${seq}`);
      }
      assert.deepEqual(whole.marks.whats, live.marks.whats);
    }
  }
});
