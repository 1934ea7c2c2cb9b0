// What moves: requests and replies, on one canvas above the stage. Where each
// is follows from the virtual moment alone, so that any moment can be drawn.

import { h } from '../dom/dom.js';
import { markPath } from '../dom/icons.js';
import { mark, outlook, well } from '../run/outcome.js';
import { colour, typeface } from './palette.js';
import { dotInk, ringOf } from './ring.js';

/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('../run/model.js').Request} Request */
/** @typedef {import('./geometry.js').Geometry} Geometry */
/** @typedef {import('./geometry.js').Stand} Stand */

/** More in flight than this are drawn as plain dots. */
const MANY = 120;

/** A request steps from the door of a process to its desk in this time, virtual µs. */
const ENTER = 90_000;

export class Flights {
  element = h('canvas', { class: 'flights', 'aria-hidden': 'true' });
  #context = this.element.getContext('2d');
  /** @type {Map<string, HTMLCanvasElement>} */
  #sprites = new Map();
  #scale = 1;
  #radius = 0;
  #empty = true;
  /** @type {Map<number, number>} */
  #lines = new Map();
  /** @type {Map<number, number>} */
  #desks = new Map();
  /** Where each request was drawn last: its number, x, y, and so on. @type {number[]} */
  #drawn = [];
  /** Dots of one kind, which are drawn in one go, and where they are. @type {Map<string, {path: Path2D, there: Set<Stand>}>} */
  #dots = new Map();
  /** Requests that are lit. @type {Set<number>} */
  lit = new Set();
  /** Draw ways instead of movement. */
  still = false;
  /** @type {Map<string, string>} */
  letters = new Map();
  /** Others that have something in flight. @type {import('./parts/parts.js').Part[]} */
  parts = [];

  /** @param {Geometry} g */
  fit(g) {
    const scale = Math.min(2, window.devicePixelRatio || 1);
    if (scale !== this.#scale || g.radius !== this.#radius) this.repaint();
    this.#scale = scale;
    this.#radius = g.radius;
    const width = Math.round(g.width * this.#scale);
    const height = Math.round(g.height * this.#scale);
    if (this.element.width !== width) this.element.width = width;
    if (this.element.height !== height) this.element.height = height;
    this.#empty = false;
  }

  /** Colours or sizes changed: draw the discs anew. */
  repaint() {
    this.#sprites.clear();
    this.#empty = false; // an empty picture, too, is drawn once more
  }

  /**
   * Draws the moment, and says how many requests wait at the balancer for a process.
   * @param {State} state @param {number} moment virtual µs @param {Geometry} g
   */
  draw(state, moment, g) {
    const c = this.#context;
    let waiting = 0;
    const others = this.parts.some((part) => part.flying);
    const none = state.requests.size + state.saving.size === 0 && !others;
    if (!c || (this.#empty && none)) return waiting;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, this.element.width, this.element.height);
    c.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
    this.#empty = none;
    this.#lines.clear();
    this.#desks.clear();
    this.#drawn.length = 0;
    const many = state.requests.size > MANY;
    for (const r of state.requests.values()) {
      if (r.phase === 'sent' && moment > r.until) waiting++;
      const at = this.#place(r, moment, g);
      if (!at) continue;
      this.#drawn.push(r.req, at[0], at[1]);
      if (this.lit.has(r.req)) this.#light(c, at, g.radius);
      if (many) this.#dot(state, r, at, g.radius);
      else this.#disc(c, state, r, at, g.radius);
      if (r.phase === 'storing' || r.phase === 'returning') this.#command(c, r, moment, g);
    }
    for (const r of state.saving.values()) this.#command(c, r, moment, g);
    if (many) this.#fill(c);
    for (const part of this.parts) if (part.flying) part.fly?.(c, moment, g, this.still);
    return waiting;
  }

  /** The request that was drawn at a point, 0 for none. @param {number} x @param {number} y @param {number} reach px */
  at(x, y, reach) {
    let nearest = 0;
    let least = reach;
    for (let i = 0; i < this.#drawn.length; i += 3) {
      const far = Math.hypot(this.#drawn[i + 1] - x, this.#drawn[i + 2] - y);
      if (far > least) continue;
      least = far;
      nearest = this.#drawn[i];
    }
    return nearest;
  }

  /** @param {CanvasRenderingContext2D} c @param {[number, number]} at @param {number} radius */
  #light(c, [x, y], radius) {
    c.beginPath();
    c.arc(x, y, radius * 1.7, 0, 7);
    c.lineWidth = 3;
    c.strokeStyle = colour('ink');
    c.stroke();
  }

  /**
   * Who does not move is at a place of the geometry.
   * @param {Request} r @param {number} moment @param {Geometry} g
   * @returns {Stand | undefined}
   */
  #place(r, moment, g) {
    const whole = r.until > r.since ? (moment - r.since) / (r.until - r.since) : 1;
    const share = this.still ? 1 : Math.min(1, Math.max(0, whole));
    const home = g.visitors.get(r.visitor);
    const room = g.processes.get(r.pid);
    switch (r.phase) {
      case 'sent':
        if (this.still && home) this.#way(home, r);
        return share < 1 ? home?.at(share) : home && g.gate;
      case 'routed': {
        if (!room) return g.hall;
        if (share < 1) return room.wire.at(share);
        if (this.still) this.#way(room.wire, r);
        // Arrived, and waiting until a thread has time.
        return next(room.line, this.#lines, r.pid);
      }
      case 'answered':
      case 'reset': {
        const first = room?.wire.length ?? 0;
        const second = home?.length ?? 0;
        const gone = share * (first + second);
        if (this.still && room) this.#way(room.wire, r);
        if (this.still && home) this.#way(home, r);
        if (room && gone < first) return room.wire.at(1 - gone / first);
        return home?.at(1 - (gone - first) / (second || 1));
      }
    }
    if (!room) return g.hall;
    const desk = room.desks[r.tid - 1];
    if (desk) {
      const since = r.phase === 'started' && !this.still ? (moment - r.since) / ENTER : 1;
      return since < 1 ? room.enter[r.tid - 1].at(since) : desk;
    }
    return next(room.seats, this.#desks, r.pid);
  }

  /** A way that was gone, for those who want no movement. @param {import('./path.js').Path} path @param {Request} r */
  #way(path, r) {
    const c = this.#context;
    if (!c) return;
    c.save();
    c.globalAlpha = 0.55;
    c.lineWidth = 3;
    c.strokeStyle = r.phase === 'answered' ? colour(good(r) ? 'hit' : 'miss') : colour('ink');
    c.beginPath();
    path.trace(c);
    c.stroke();
    c.restore();
  }

  /** Puts a dot with those of its kind. @param {State} state @param {Request} r @param {Stand} at @param {number} radius */
  #dot(state, r, at, radius) {
    const back = r.phase === 'answered' || r.phase === 'reset';
    let kind = dotInk(state, r.made, r.sid);
    if (back) kind = good(r) ? `${kind} hit` : 'card miss';
    let dots = this.#dots.get(kind);
    if (!dots) {
      dots = { path: new Path2D(), there: new Set() };
      this.#dots.set(kind, dots);
    }
    // Most of a crowd waits, and where many of a kind stand one dot is seen.
    if (dots.there.has(at)) return;
    dots.there.add(at);
    const size = Math.max(2.5, radius / 3);
    dots.path.moveTo(at[0] + size, at[1]);
    dots.path.arc(at[0], at[1], size, 0, 7);
  }

  /** Draws the dots: hundreds one by one would take too long. @param {CanvasRenderingContext2D} c */
  #fill(c) {
    c.lineWidth = 1.5;
    for (const [kind, { path }] of this.#dots) {
      const [inside, edge] = kind.split(' ');
      c.fillStyle = colour(inside);
      c.fill(path);
      if (!edge) continue;
      c.strokeStyle = colour(edge);
      c.stroke(path);
    }
    this.#dots.clear();
  }

  /** @param {CanvasRenderingContext2D} c @param {State} state @param {Request} r @param {[number, number]} at @param {number} radius */
  #disc(c, state, r, at, radius) {
    const ring = ringOf(state, r.made, r.sid);
    const letter = this.letters.get(r.visitor) ?? r.visitor.slice(0, 1);
    const badge = mark(outlook(r), r.op);
    const key = `${letter}|${ring.ink}|${ring.gone}|${badge}|${good(r)}`;
    let sprite = this.#sprites.get(key);
    if (!sprite) {
      sprite = this.#paint(letter, ring, badge, good(r), radius);
      this.#sprites.set(key, sprite);
    }
    const size = sprite.width / this.#scale;
    c.drawImage(sprite, at[0] - size / 2, at[1] - size / 2, size, size);
  }

  /**
   * @param {string} letter @param {import('./ring.js').Ring} ring @param {string} badge @param {boolean} well @param {number} radius
   */
  #paint(letter, ring, badge, well, radius) {
    const half = radius * 1.9;
    const sprite = h('canvas', { width: Math.ceil(half * 2 * this.#scale), height: Math.ceil(half * 2 * this.#scale) });
    const c = sprite.getContext('2d');
    if (!c) return sprite;
    c.scale(this.#scale, this.#scale);
    c.translate(half, half);
    const line = radius * (ring.ink === 'none' ? 0.14 : 0.32);
    c.beginPath();
    c.arc(0, 0, radius, 0, 7);
    c.fillStyle = colour('card');
    c.fill();
    c.lineWidth = line;
    c.strokeStyle = colour(ring.gone ? 'none' : ring.ink === 'none' ? 'muted' : ring.ink);
    if (ring.gone) c.setLineDash([radius * 0.5, radius * 0.34]);
    c.beginPath();
    c.arc(0, 0, radius - line / 2, 0, 7);
    c.stroke();
    c.setLineDash([]);
    c.fillStyle = colour('ink');
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.font = `700 ${radius * (letter.length > 2 ? 0.62 : letter.length > 1 ? 0.78 : 0.98)}px ${typeface()}`;
    c.fillText(letter, 0, radius * 0.06);
    if (badge) this.#badge(c, badge, well, radius);
    return sprite;
  }

  /** The shape of the answer. @param {CanvasRenderingContext2D} c @param {string} badge @param {boolean} well @param {number} radius */
  #badge(c, badge, well, radius) {
    const size = radius * 0.68;
    c.save();
    c.translate(radius * 0.86, -radius * 0.86);
    c.fillStyle = colour('paper');
    c.beginPath();
    c.arc(0, 0, size + 1.5, 0, 7);
    c.fill();
    c.fillStyle = colour(well ? 'hit' : 'miss');
    c.beginPath();
    c.arc(0, 0, size, 0, 7);
    c.fill();
    c.scale(size / 7.5, size / 7.5);
    c.translate(-6, -6);
    c.strokeStyle = colour('card');
    c.lineWidth = 1.9;
    c.lineCap = 'round';
    c.lineJoin = 'round';
    // A visit that was welcome and a login both say yes; letters are for the strip.
    c.stroke(markPath(badge === '-' || badge === '!' || badge === '4' || badge === '5' ? badge : well ? '+' : '-'));
    c.restore();
  }

  /** A command on its way to the store, or its reply. @param {CanvasRenderingContext2D} c @param {import('../run/model.js').Saving} r @param {number} moment @param {Geometry} g */
  #command(c, r, moment, g) {
    const path = g.processes.get(r.pid)?.store;
    if (!path) return;
    const whole = r.until > r.since ? (moment - r.since) / (r.until - r.since) : 1;
    const share = this.still ? 0.5 : Math.min(1, Math.max(0, whole));
    if (r.phase === 'returning' && share === 1) return;
    const [x, y] = path.at(r.phase === 'storing' ? share : 1 - share);
    const letter = this.letters.get(r.visitor) ?? '';
    const back = r.phase === 'returning';
    const key = `command|${letter}|${back}`;
    let sprite = this.#sprites.get(key);
    if (!sprite) {
      sprite = this.#card(letter, back, g.radius);
      this.#sprites.set(key, sprite);
    }
    const size = sprite.width / this.#scale;
    c.drawImage(sprite, x - size / 2, y - size / 2, size, size);
  }

  /** @param {string} letter @param {boolean} back it is a reply @param {number} radius */
  #card(letter, back, radius) {
    const half = radius * 0.62;
    const side = Math.ceil((half + 2) * 2 * this.#scale);
    const sprite = h('canvas', { width: side, height: side });
    const c = sprite.getContext('2d');
    if (!c) return sprite;
    c.scale(this.#scale, this.#scale);
    c.translate(side / 2 / this.#scale, side / 2 / this.#scale);
    c.beginPath();
    c.rect(-half, -half, half * 2, half * 2);
    c.fillStyle = colour(back ? 'store' : 'card');
    c.fill();
    c.lineWidth = 2;
    c.strokeStyle = colour('store');
    c.stroke();
    c.fillStyle = colour(back ? 'card' : 'ink');
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.font = `700 ${radius * 0.72}px ${typeface()}`;
    c.fillText(letter, 0, 0.5);
    return sprite;
  }
}

/** Whether the visitor is pleased with the answer. @param {Request} r */
const good = (r) => well(outlook(r));

/** The next place that is free; behind the last one there is room for all. @param {Stand[]} places @param {Map<number, number>} taken @param {number} pid */
function next(places, taken, pid) {
  const n = taken.get(pid) ?? 0;
  taken.set(pid, n + 1);
  return places[Math.min(n, places.length - 1)];
}
