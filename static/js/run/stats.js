// What a run comes to: how long requests took, how often a session was found,
// what it all costs. Fed with every event of a run, in order, it counts as the
// command line's summary does. Pure.

import { broke, loggedOut, outcome } from './outcome.js';
import { Renewal } from './renewal.js';

/** @typedef {import('./model.js').Event} Event */

/** What a copy of the app takes, KB; and a thread. The source is in sim/stats. */
const COPY_KB = 58_000;
const THREAD_KB = 24;

/** A slice of time at first, virtual µs; and how many there are before two become one. */
const SLICE = 1_000_000;
const MOST_SLICES = 240;

/**
 * @typedef {{requests: number, hits: number, misses: number, welcome: number, denied: number, logouts: number}} Counts
 * @typedef {Counts & {pid: number, crashes: number}} WorkerCounts
 * @typedef {{from: number, to: number, n: number}} Bin durations from (included) to (not), µs; and how many
 */

/** @returns {Counts} */
const nothing = () => ({ requests: 0, hits: 0, misses: 0, welcome: 0, denied: 0, logouts: 0 });

export class Stats {
  /** The last event that was counted. */
  seq = 0;
  /** Its moment, virtual µs. */
  now = 0;
  /** The moment from which on it counts, virtual µs. */
  since = 0;
  total = { ...nothing(), errors: 0, resets: 0, commands: 0, crashes: 0, lost: 0, bereft: 0 };
  /** Cookies whose sessions the change of mode had ended: they are not among those that found none. */
  spared = 0;
  /** By pid. @type {Map<number, WorkerCounts>} */
  workers = new Map();
  /** What happened in each slice of time, the first from `since` on. @type {Counts[]} */
  slices = [];
  /** How long a slice is, virtual µs. */
  slice = SLICE;
  /** Of the app, when they took most of memory. */
  peak = { copies: 0, threads: 0 };
  /** How many requests took so many µs. @type {Map<number, number>} */
  #durations = new Map();
  /** Threads of the processes that there are, by memory. @type {Map<number, number>} */
  #alive = new Map();
  /** What the set-up brought is not known yet, so that it has no shares. */
  waits = false;
  /** Whose answers tell of a change of mode; undefined: all are counted. @type {Renewal | undefined} */
  #renewal;

  /**
   * Counts from a picture on.
   * @param {import('./model.js').State} state
   */
  begin(state) {
    this.seq = state.seq;
    this.since = this.now = state.ts;
    for (const w of state.workers) {
      if (w.state !== 'down') this.#alive.set(w.mem, w.threads);
      if (w.leaving) this.#alive.set(w.leaving, 1);
      this.#worker(w.pid);
    }
    this.#weigh();
  }

  /** What a change of mode did by itself is not counted. @param {import('./renewal.js').Kept} kept who was logged out by the last one */
  spare(kept) {
    this.#renewal = new Renewal();
    this.#renewal.load(kept);
  }

  /** @param {Event} e the next of the run */
  add(e) {
    this.seq = e.seq;
    this.now = e.ts;
    const spared = this.#renewal?.note(e);
    switch (e.kind) {
      case 'worker.starting':
        this.#alive.set(e.mem ?? 0, e.threads ?? 0);
        this.#worker(e.pid ?? 0);
        this.#weigh();
        break;
      case 'worker.crashed':
        this.total.crashes++;
        this.#worker(e.pid ?? 0).crashes++;
        this.#alive.delete(e.mem ?? 0);
        break;
      case 'worker.stopped': this.#alive.delete(e.mem ?? 0); break;
      case 'store.executed': this.total.commands++; break;
      case 'update.lost': this.total.lost++; break;
      case 'request.done': this.#done(e, spared); break;
    }
  }

  /** @param {Event} e @param {import('./renewal.js').Telling} [spared] it does not tell of the set-up as it is */
  #done(e, spared) {
    const all = [this.total, this.#slice(e.ts)];
    if (e.pid) all.push(this.#worker(e.pid));
    const came = outcome(e);
    if (spared === 'change') this.spared++;
    for (const counts of all) {
      counts.requests++;
      if (spared) continue;
      if (e.session === 'hit') counts.hits++;
      if (e.session === 'miss') counts.misses++;
      if (came === 'welcome') counts.welcome++;
      if (loggedOut(came)) counts.denied++;
      if (came === 'chance') counts.logouts++;
    }
    if (came === 'reset') this.total.resets++;
    else if (broke(came)) this.total.errors++;
    const took = e.dur ?? 0;
    this.#durations.set(took, (this.#durations.get(took) ?? 0) + 1);
  }

  /** @param {number} pid */
  #worker(pid) {
    let worker = this.workers.get(pid);
    if (!worker) {
      worker = { pid, crashes: 0, ...nothing() };
      this.workers.set(pid, worker);
    }
    return worker;
  }

  /** The slice of a moment; when there are too many, each becomes twice as long. @param {number} ts */
  #slice(ts) {
    const passed = ts - this.since;
    while (passed / this.slice >= MOST_SLICES) {
      const longer = [];
      for (let i = 0; i < this.slices.length; i += 2) longer.push(sum(this.slices[i], this.slices[i + 1]));
      this.slices = longer;
      this.slice *= 2;
    }
    const at = Math.floor(passed / this.slice);
    while (this.slices.length <= at) this.slices.push(nothing());
    return this.slices[at];
  }

  #weigh() {
    const copies = this.#alive.size;
    let threads = 0;
    for (const n of this.#alive.values()) threads += n;
    if (resident(copies, threads) > resident(this.peak.copies, this.peak.threads)) this.peak = { copies, threads };
  }

  /** Resident memory of the app when it took most, KB. */
  get memory() { return resident(this.peak.copies, this.peak.threads); }

  /** Hits among hits and misses; undefined without any. */
  get hitRatio() { return this.waits ? undefined : ratio(this.total.hits, this.total.misses); }

  /** Of visits, those that met a logged-in page; undefined without any. */
  get welcome() { return this.waits ? undefined : ratio(this.total.welcome, this.total.denied); }

  /** Requests that were over in a second, in the mean of the run. */
  get throughput() { return this.now > this.since ? (this.total.requests * 1e6) / (this.now - this.since) : 0; }

  /** So long, in µs, 50, 95 and 99 of a hundred requests took at most (nearest rank). */
  latency() {
    const sorted = [...this.#durations].sort((a, b) => a[0] - b[0]);
    const timed = sorted.reduce((n, [, count]) => n + count, 0);
    /** @param {number} percent */
    const rank = (percent) => {
      let want = Math.floor((timed * percent + 99) / 100);
      for (const [took, n] of sorted) {
        want -= n;
        if (want <= 0) return took;
      }
      return 0;
    };
    return { p50: rank(50), p95: rank(95), p99: rank(99) };
  }

  /**
   * How many requests took how long, in about so many bins of a round width.
   * @param {number} [about]
   * @returns {Bin[]}
   */
  histogram(about = 14) {
    let most = 0;
    let least = Infinity;
    for (const took of this.#durations.keys()) {
      if (took > most) most = took;
      if (took < least) least = took;
    }
    if (!Number.isFinite(least)) return [];
    const width = roundUp((most - Math.min(least, most / 2) + 1) / about);
    const first = Math.floor(Math.min(least, most / 2) / width);
    const bins = Array.from({ length: Math.floor(most / width) - first + 1 }, (_, i) => ({ from: (first + i) * width, to: (first + i + 1) * width, n: 0 }));
    for (const [took, n] of this.#durations) bins[Math.floor(took / width) - first].n += n;
    return bins;
  }
}

/** @param {number} copies @param {number} threads */
const resident = (copies, threads) => copies * COPY_KB + threads * THREAD_KB;

/** @param {number} good @param {number} bad */
const ratio = (good, bad) => (good + bad ? good / (good + bad) : undefined);

/** @param {Counts} a @param {Counts | undefined} b */
function sum(a, b) {
  if (!b) return a;
  const both = nothing();
  for (const key of /** @type {(keyof Counts)[]} */ (Object.keys(both))) both[key] = a[key] + b[key];
  return both;
}

/** The next of 1, 2, 5, 10, 20, … that is not less. @param {number} n at least 1 */
export function roundUp(n) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, n)));
  const [step] = [1, 2, 5, 10].filter((s) => s * power >= n * (1 - 1e-9));
  return step * power;
}
