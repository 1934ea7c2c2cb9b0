// Who was on which core, for the last while. Pure: times are virtual µs.

/** @typedef {import('../../run/model.js').State} State */
/** @typedef {import('../../run/model.js').Event} Event */

/**
 * A thread on a core: at: the core turned to it; from: it really ran, after the switch; to: it went, Infinity while it is there.
 * @typedef {{at: number, from: number, to: number, pid: number, tid: number}} Span
 */

/** How far back the lanes reach. */
export const WINDOW = 10_000_000;

/** So many spans of a core are kept apart; then neighbours that no eye could tell apart become one. */
const MANY = 600;

/** No eye tells apart what is closer than this. */
const CLOSE = WINDOW / 500;

export class Lanes {
  /** By core. @type {Map<number, Span[]>} */
  #spans = new Map();

  /** Begins with a picture: what is on the cores now. @param {State} state */
  begin(state) {
    this.#spans.clear();
    for (const { core, pid, tid } of state.cores) {
      this.#spans.set(core, pid ? [{ at: state.ts, from: state.ts, to: Infinity, pid, tid }] : []);
    }
  }

  /** Goes to another moment of the run. @param {State} state @param {Event[]} recent what happened just before it */
  follow(state, recent) {
    this.#spans.clear();
    for (const e of recent) this.note(e);
    const begin = recent[0]?.ts ?? state.ts;
    for (const { core, pid, tid } of state.cores) {
      // Who was there all the while, or nobody.
      if (!this.#spans.has(core)) this.#spans.set(core, pid ? [{ at: begin, from: begin, to: Infinity, pid, tid }] : []);
    }
  }

  /** @param {Event} e */
  note(e) {
    if (e.kind !== 'core.switch' && e.kind !== 'core.idle') return;
    const core = e.core ?? 0;
    let spans = this.#spans.get(core);
    if (!spans) this.#spans.set(core, spans = []);
    const last = spans.at(-1);
    if (last?.to === Infinity) last.to = e.ts;
    if (e.kind === 'core.idle') return;
    if (spans.length >= MANY) this.#spans.set(core, spans = thin(spans));
    spans.push({ at: e.ts, from: Math.max(e.ts, e.until ?? 0), to: Infinity, pid: e.pid ?? 0, tid: e.tid ?? 0 });
  }

  /** Lets go of what is further back than the window. @param {number} moment */
  trim(moment) {
    for (const spans of this.#spans.values()) {
      let old = 0;
      while (old < spans.length && spans[old].to < moment - WINDOW) old++;
      if (old) spans.splice(0, old);
    }
  }

  /** @param {number} core */
  of(core) { return this.#spans.get(core) ?? []; }

  /**
   * How much of the window (or of the run, while it is shorter) a core was busy, 0 to 1; switches are no work.
   * @param {number} core @param {number} moment
   */
  busy(core, moment) {
    const begin = Math.max(0, moment - WINDOW);
    if (moment <= begin) return 0;
    let sum = 0;
    for (const s of this.of(core)) sum += Math.max(0, Math.min(s.to, moment) - Math.max(s.from, begin));
    return sum / (moment - begin);
  }
}

/** Makes one of two neighbours where they are close: the longer one lends its name. @param {Span[]} spans */
function thin(spans) {
  /** @type {Span[]} */
  const fewer = [];
  for (const span of spans) {
    const last = fewer.at(-1);
    if (!last || span.at - last.to > CLOSE || span.to - last.at > 4 * CLOSE) {
      fewer.push(span);
      continue;
    }
    const longer = span.to - span.from > last.to - last.from ? span : last;
    fewer[fewer.length - 1] = { at: last.at, from: last.from, to: span.to, pid: longer.pid, tid: longer.tid };
  }
  // All far apart: the oldest go.
  return fewer.length < MANY ? fewer : fewer.slice(MANY / 2);
}
