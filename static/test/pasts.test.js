import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Memory } from '../js/run/memo.js';
import { apply, create } from '../js/run/model.js';

/** What the server's pictures show after each event of some runs. */
const golden = readFileSync(new URL('../../server/figure/testdata/pasts.ndjson', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

test('what lingers on the stage, and what is told at rest, is what the pictures of the server show', () => {
  let run = -1;
  let state = create({});
  let memory = new Memory();
  for (const { run: of, event, ghosts, lookups, told } of golden) {
    if (of !== run) {
      run = of;
      state = create({ mode: 'local', workers: '2' });
      memory = new Memory();
    }
    apply(state, event);
    memory.note(event, state);
    const where = `run ${run}, event ${event.seq}`;
    const places = Array.from({ length: 17 }, (_, pid) => pid);
    assert.deepEqual(Object.fromEntries(places.filter((p) => memory.traces.ghosts(p).length).map((p) => [p, memory.traces.ghosts(p).map((g) => g.sid)])), ghosts, where);
    assert.deepEqual(Object.fromEntries(places.flatMap((p) => {
      const found = memory.traces.lookup(p);
      return found ? [[p, `${found.command} → ${found.result}`]] : [];
    })), lookups, where);
    assert.equal(memory.teller.at(event.ts, true)?.seq ?? 0, told, where);
  }
});
