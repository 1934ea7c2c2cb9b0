// What a change of mode does by itself, told as that and never as chance: held
// against the simulator's events of every change of one mode to another.
// modes.ndjson has two runs, in which the changes fall between and into visits
// and logins. They are "procession run --format ndjson" of
//   visitors=3&do=5.30s set mode=store; 8.40s set mode=local; 11.50s set mode=threads; and so on through
//   local, cookie, store, threads, store, cookie, threads, cookie, local; the first each 3.1 s, the second from 4.2 s on each 6.37 s,
// without what no test here asks for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Counts } from '../js/run/counts.js';
import { Memory } from '../js/run/memo.js';
import { JAR, STORE } from '../js/run/memory.js';
import { create, apply } from '../js/run/model.js';
import { Past } from '../js/history/history.js';
import { isPale } from '../js/stage/strip.js';
import { story } from '../js/why/story.js';
import { tell } from '../js/why/sentences.js';
import { Heard } from '../js/words/heard.js';
import { noteOn } from '../js/words/notes.js';
import '../js/words/remarks.js';
import { Narrator } from '../js/words/narrate.js';

/** @typedef {import('../js/run/model.js').Event} Event */

const catalogue = JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8')).narrate;

/** @type {Event[][]} */
const runs = [[], []];
for (const line of readFileSync(new URL('modes.ndjson', import.meta.url), 'utf8').trim().split('\n')) {
  const { run, ...e } = JSON.parse(line);
  runs[run - 1].push({ seq: runs[run - 1].length + 1, ...e });
}

/**
 * Each visit that was asked to log in out of the blue, and whether the change before it did that: its session was made in a
 * memory of an earlier mode, and was looked for after the change.
 * @param {Event[]} events
 */
function logouts(events) {
  let mode = 'local';
  let period = 0;
  /** Of each memory of a process, the period in which it began. @type {Map<number, number>} */
  const begun = new Map();
  /** @type {Map<string, number>} */
  const made = new Map();
  /** @type {Map<number, boolean>} */
  const missed = new Map();
  const found = [];
  for (const e of events) {
    if (e.kind === 'scenario.set') {
      found.push({ pair: `${mode} to ${e.text?.slice(5)}`, period: ++period });
      mode = e.text?.slice(5) ?? '';
    }
    if (e.kind === 'worker.starting') begun.set(e.mem ?? 0, period);
    const mem = e.kind === 'session.saved' ? e.mem : e.kind === 'request.answered' && e.cookie === 'set' && e.made === JAR ? JAR : undefined;
    // The shared store and the jar are of the mode that uses them; what a stopped process still writes is of that before.
    if (mem !== undefined && !made.has(e.sid ?? '')) made.set(e.sid ?? '', mem > 0 ? begun.get(mem) ?? 0 : mode === (mem === STORE ? 'store' : 'cookie') ? period : period - 1);
    if (e.kind === 'session.read') missed.set(e.req ?? 0, (made.get(e.sid ?? '') ?? 0) < period);
    if (e.kind === 'request.done' && e.chance) found.push({ e, changed: missed.get(e.req ?? 0) ?? false });
  }
  return found;
}

test('the runs have every change of one mode to another, each of which logs somebody out', () => {
  for (const events of runs) {
    const found = logouts(events);
    const pairs = new Set(found.flatMap((f) => f.pair ?? []));
    assert.equal(pairs.size, 12);
  }
  assert.ok(logouts(runs[1]).filter((f) => f.changed).length > 24);
  assert.ok(logouts(runs[0]).some((f) => f.e && !f.changed), 'others are by chance');
});

for (const [i, events] of runs.entries()) {
  test(`a logout by a change of mode is never by chance: mark, sentence, story and figures of run ${i + 1}`, () => {
    const state = create({ mode: 'local' });
    const memory = new Memory();
    const heard = new Heard(catalogue);
    const past = new Past(create({ mode: 'local' }));
    past.append(events);
    while (!heard.follow(past));
    const said = new Map(heard.until(Infinity).lines.map((l) => [l.seq, l.parts.map((p) => p.text).join('')]));
    const expected = new Map(logouts(events).flatMap((f) => (f.e ? [[f.e.seq, f]] : [])));
    let pair = '';
    let mode = 'local';
    let logged = 0;
    for (const e of events) {
      const before = memory.figures.of(state).logouts;
      apply(state, e);
      memory.note(e, state);
      if (e.kind === 'scenario.set') {
        pair = `${mode} to ${e.text?.slice(5)}`;
        mode = e.text?.slice(5) ?? '';
        continue;
      }
      const logout = expected.get(e.seq);
      if (!logout) continue;
      logged++;
      const { changed } = logout;
      const where = `${e.visitor}, request ${e.req}, after ${pair || 'no change'}`;
      const cell = state.visitors.get(e.visitor ?? '')?.strip.at(-1);
      assert.equal(cell && isPale(cell, memory.traces.spared(e.visitor ?? '')), changed, `mark: ${where}`);
      if (changed) assert.equal(memory.figures.of(state).logouts, before, `figures: ${where}`);
      assert.equal(/by the change of mode/.test(said.get(e.seq) ?? ''), changed, `transcript: ${where}: ${said.get(e.seq)}`);
      const told = story(events.slice(0, e.seq), `visitor:${e.visitor}`).lines.find((l) => l.seq === e.seq);
      assert.deepEqual([told?.key, told?.tone], changed ? ['did.changed', ''] : ['did.chance', 'bad'], `story: ${where}`);
      const request = story(events.slice(0, e.seq), `request:${e.req}`);
      assert.equal(request.lines.some((l) => l.key === 'so.changed'), changed, `moral: ${where}`);
      const words = tell(request.lines, events.slice(0, e.seq), catalogue).map((parts) => parts.map((p) => p.text).join('')).join(' ');
      assert.equal(/by the change of mode/.test(words), changed, `Why: ${where}: ${words}`);
    }
    assert.ok(logged > 15);
  });

  test(`no share as long as somebody has not come back, in footer, charts and side by side: run ${i + 1}`, () => {
    const past = new Past(create({ mode: 'local' }));
    past.append(events);
    const memory = new Memory();
    const counts = new Counts();
    const watch = { load: memory.load.bind(memory), note: memory.note.bind(memory), save: memory.save.bind(memory) };
    let shares = 0;
    let out = new Set();
    for (const e of events) {
      const state = past.seek(e.seq, watch);
      if (e.kind === 'scenario.set') out = new Set([...state.visitors.values()].filter((v) => v.believes).map((v) => v.name));
      const home = state.scenario.mode === 'store' ? STORE : state.scenario.mode === 'cookie' ? JAR : 1;
      const there = (/** @type {number} */ made) => (home === 1 ? state.workers.some((w) => w.mem === made) : made === home);
      if (e.kind === 'request.done' && e.op === 'login' && e.status === 200 && there(e.made ?? 0)) out.delete(e.visitor);
      // A session of the store is there again when the store is.
      if (e.kind === 'request.done' && e.op === 'visit' && e.status === 200 && there(e.made ?? 0)) out.delete(e.visitor);
      const { share } = memory.figures.of(state);
      if (out.size) assert.equal(share, undefined, `${[...out].join()} at ${e.ts}`);
      counts.follow(past, memory.figures, 'change', state);
      const { welcome } = counts.stats;
      assert.equal(welcome === undefined ? undefined : Math.round(welcome * 100), share);
      if (share !== undefined && state.scenario.mode !== 'local') assert.ok(share === 100, `${share} at ${e.ts}`);
      if (share !== undefined) shares++;
    }
    assert.ok(shares > (i ? 20 : 0)); // in the first run hardly anybody has the time
  });
}

test('nobody is told to log visitors in whom a change of mode logged out: they do so by themselves', () => {
  const [, events] = runs;
  const state = create({ mode: 'local', traffic: 'auto', relogin: 'false' });
  const memory = new Memory();
  let died = 0;
  for (const e of events) {
    apply(state, e);
    memory.note(e, state);
    if (noteOn(state)?.key === 'note.died') died++;
    assert.notEqual(noteOn(state, memory.figures.waits(state, 'change'))?.key, 'note.died', `at ${e.ts}`);
  }
  assert.ok(died > 0, 'their sessions look as if they had died with a process');
});

test('what a change of mode says holds for every mode before it', () => {
  for (const [mode, sentence] of ['local', 'store', 'threads', 'cookie'].map((m) => [m, catalogue[`scenario.set.mode.${m}`]])) {
    assert.doesNotMatch(sentence.replace(/^[^.]*\./, ''), /memory|store|cookie|stays/, mode);
  }
});

test('what charts leave out is counted: the cookies whose sessions a change of mode ended', () => {
  const [, events] = runs;
  const past = new Past(create({ mode: 'local' }));
  past.append(events);
  const memory = new Memory();
  const watch = { load: memory.load.bind(memory), note: memory.note.bind(memory), save: memory.save.bind(memory) };
  const counts = new Counts();
  const first = events.findIndex((e) => e.kind === 'scenario.set');
  const second = events.findIndex((e, i) => i > first && e.kind === 'scenario.set');
  const state = past.seek(events[second - 1].seq, watch);
  counts.follow(past, memory.figures, 'change', state);
  const missed = events.slice(first, second).filter((e) => e.kind === 'request.done' && e.session === 'miss' && e.why !== 'elsewhere').length; // that one a process of before still answered
  assert.ok(missed > 0);
  assert.equal(counts.stats.spared, missed);
  counts.follow(past, memory.figures, 'run', state);
  assert.equal(counts.stats.spared, 0, 'of the whole run nothing is left out');
});

test('the sentence of a logout by a change of mode has no colour of something bad', () => {
  const e = /** @type {Event} */ (runs[1].find((x) => x.chance));
  const narrator = new Narrator(catalogue);
  assert.ok(narrator.parts(e).some((p) => p.ink === 'miss'));
  assert.deepEqual(narrator.parts(e, true).map((p) => p.ink), ['']);
});
