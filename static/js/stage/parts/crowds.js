// What a crowd does: how much flows to which process, as bands whose width is
// the number of answers, and a spark for everybody who is sent away.

import { h, s, setAttr, setChildren, setInk, setText } from '../../dom/dom.js';
import { t } from '../../words/text.js';
import { answers, Flow, share } from '../flow.js';
import { colour } from '../palette.js';

/** @typedef {import('../../run/model.js').State} State */
/** @typedef {import('../geometry.js').Geometry} Geometry */

/** The widest band, px, and the narrowest that still is one. */
const WIDEST = 26;
const NARROWEST = 1.5;

/** Bands and numbers change at most this often, wall ms. */
const PAUSE = 140;

/** Sparks are drawn in so many ages, each in one go. */
const AGES = 5;

export class Crowds {
  #stage;
  #flow = new Flow();
  #svg = s('svg', { class: 'wires flows', 'aria-hidden': 'true' });
  /** @type {Map<number, {all: SVGPathElement, good: SVGPathElement, store: SVGPathElement | undefined}>} */
  #bands = new Map();
  /** @type {SVGPathElement | undefined} */
  #bundle;
  /** @type {Map<number, {element: HTMLElement, sessions: HTMLElement, flow: HTMLElement, found: HTMLElement}>} */
  #rooms = new Map();
  /** @type {Geometry | undefined} */
  #geometry;
  #shown = -Infinity; // wall ms
  /** @type {State | undefined} */
  #state;
  #crowd = false;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.#stage = stage;
    stage.querySelector('.floor')?.prepend(this.#svg);
  }

  get flying() { return this.#crowd; }

  /** @param {State} state */
  renew(state) {
    this.#flow.begin(state.ts);
    this.#shown = -Infinity;
  }

  recolour() {
    this.#shown = -Infinity;
  }

  /** @param {import('../../run/model.js').Event} e */
  note(e) {
    if (this.#crowd) this.#flow.note(e);
  }

  /** @param {State} state @param {number} moment @param {boolean} rest */
  draw(state, moment, rest) {
    const crowd = this.#stage.hasAttribute('data-crowd');
    if (crowd !== this.#crowd) {
      this.#crowd = crowd;
      this.#flow.begin(moment);
      if (!crowd) this.#clear();
    }
    this.#state = state;
    if (!crowd) return;
    const wall = performance.now();
    if (!rest && wall - this.#shown < PAUSE) return;
    this.#shown = wall;
    this.#showFlows(state, moment);
  }

  #clear() {
    for (const room of this.#rooms.values()) room.element.remove();
    this.#rooms.clear();
    this.#geometry = undefined;
    setChildren(this.#svg, []);
  }

  /** @param {State} state @param {number} moment */
  #showFlows(state, moment) {
    const rates = this.#flow.rates(moment);
    let most = 1;
    for (const r of rates.values()) most = Math.max(most, answers(r), r.store);
    let all = 0;
    for (const worker of state.workers) {
      const r = rates.get(worker.pid);
      const n = r ? answers(r) : 0;
      all += n;
      const band = this.#bands.get(worker.pid);
      const known = r ? share(r) : undefined;
      if (band) {
        const width = broad(n / most);
        setAttr(band.all, 'stroke-width', width.toFixed(1));
        setAttr(band.good, 'stroke-width', (n ? (width * ((r?.found ?? 0) + (r?.other ?? 0))) / n : 0).toFixed(1));
        if (band.store) setAttr(band.store, 'stroke-width', broad((r?.store ?? 0) / most).toFixed(1));
      }
      const room = this.#roomOf(worker.pid);
      if (!room) continue;
      const own = worker.sessions.size;
      const { mode } = state.scenario;
      setText(room.sessions, mode === 'local' || mode === 'threads' ? t('crowd.sessions', { n: own }) : t(`crowd.sessions.${mode}`));
      setText(room.flow, t('crowd.flow', { n: rate(n) }));
      setText(room.found, known === undefined ? '' : known > 0.995 ? t('crowd.found.all') : t('crowd.lost', { share: Math.round((1 - known) * 100) }));
      setAttr(room.found, 'data-verdict', known === undefined ? undefined : known > 0.995 ? 'good' : 'bad');
      setAttr(room.element, 'data-flow', String(Math.round(n)));
    }
    if (this.#bundle) setAttr(this.#bundle, 'stroke-width', Math.min(WIDEST * 1.4, broad(all / most)).toFixed(1));
  }

  /** The figures in a process's box. @param {number} pid */
  #roomOf(pid) {
    const memory = this.#stage.querySelector(`[data-worker="${pid}"] .memory`);
    if (!memory) return undefined;
    let room = this.#rooms.get(pid);
    if (!room) {
      const sessions = h('b');
      const flow = h('span');
      const found = h('span', { class: 'found' });
      room = { element: h('p', { class: 'crowd-room' }, sessions, flow, found), sessions, flow, found };
      this.#rooms.set(pid, room);
    }
    if (room.element.parentNode !== memory) memory.append(room.element);
    return room;
  }

  /**
   * @param {CanvasRenderingContext2D} c @param {number} moment @param {Geometry} g @param {boolean} still
   */
  fly(c, moment, g, still) {
    if (g !== this.#geometry) this.#lay(g);
    const sparks = this.#flow.sparks(moment);
    if (!sparks.length) return;
    const size = Math.max(1.8, Math.min(8, this.#pitch() * 0.3));
    /** @type {Path2D[]} */
    const byAge = Array.from({ length: AGES }, () => new Path2D());
    for (const { visitor, age } of sparks) {
      const at = g.visitors.get(visitor)?.at(0);
      if (!at || age >= 1) continue;
      const path = byAge[Math.floor(age * AGES)];
      const r = still ? size : size * (0.6 + age * 0.9);
      for (const [dx, dy] of [[1, 1], [1, -1], [-1, -1], [-1, 1]]) {
        // Four rays that fly apart: for a moment a cross.
        const near = still ? 0 : r * age * 0.8;
        path.moveTo(at[0] + dx * near, at[1] + dy * near);
        path.lineTo(at[0] + dx * r, at[1] + dy * r);
      }
    }
    c.save();
    c.strokeStyle = colour('miss');
    c.lineWidth = size > 3 ? 1.8 : 1.2;
    c.lineCap = size > 4 ? 'round' : 'butt'; // round ones are dear, and not seen when they are small
    byAge.forEach((path, age) => {
      c.globalAlpha = still ? 1 : 1 - age / AGES;
      c.stroke(path);
    });
    c.restore();
  }

  /** How far the dots are from each other, px. */
  #pitch() {
    return Number(/** @type {HTMLElement | null} */ (this.#stage.querySelector('.dots'))?.dataset.pitch ?? 20);
  }

  /** Puts the bands where the ways are. @param {Geometry} g */
  #lay(g) {
    this.#geometry = g;
    this.#bands.clear();
    /** @param {import('../path.js').Path} path @param {string} kind @param {string} [ink] */
    const band = (path, kind, ink) => {
      const node = s('path', { d: path.toString(), class: `flow ${kind}`, 'stroke-width': 0 });
      if (ink) setInk(node, ink);
      return node;
    };
    const nodes = [];
    this.#bundle = g.bundle && band(g.bundle, 'bundle');
    if (this.#bundle) nodes.push(this.#bundle);
    for (const [pid, place] of g.processes) {
      const all = band(place.wire, 'lost');
      const good = band(place.wire, 'found', `p${pid}`);
      const store = place.store && band(place.store, 'to-store', 'store');
      this.#bands.set(pid, { all, good, store });
      nodes.push(all, good, ...(store ? [store] : []));
    }
    setChildren(this.#svg, nodes);
    this.#shown = -Infinity;
    if (this.#state) this.draw(this.#state, this.#state.ts, true);
  }
}

/** @param {number} part 0 to 1 of the most */
const broad = (part) => (part > 0 ? Math.max(NARROWEST, part * WIDEST) : 0);

/** So many a second, as people say it. @param {number} n */
const rate = (n) => (n >= 10 ? Math.round(n) : Math.round(n * 10) / 10);
