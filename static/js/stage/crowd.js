// More visitors than have room for a face: each is a dot in the hue of the
// memory that issued the cookie; a ring without filling was asked to log in again.

import { h, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { write } from './palette.js';
import { ringOf } from './ring.js';

/** @typedef {import('../run/model.js').State} State */

/** The most room for one, px, and the least. */
const WIDE = 46;
const TIGHT = 4;

/** A dot of this radius (px) has room for letters. */
const READABLE = 10;

export class CrowdView {
  #canvas = h('canvas', { 'aria-hidden': 'true' });
  #all = h('b');
  #in = h('span', { class: 'in-words' });
  #out = h('span', { class: 'out-words' });
  #inBar = h('i', { class: 'in' });
  #outBar = h('i', { class: 'out' });
  element = h('div', { class: 'crowd' }, h('p', {}, this.#all, this.#in, this.#out),
    h('div', { class: 'share', 'aria-hidden': 'true' }, this.#inBar, this.#outBar), h('div', { class: 'dots' }, this.#canvas));
  /** Letters of those who have room for them. @type {Map<string, string>} */
  letters = new Map();
  /** @type {Map<string, {x: number, y: number}>} */
  #places = new Map();
  #size = { width: 0, height: 0, pitch: 0 };

  /**
   * Finds a place for everybody. Reads geometry.
   * @param {State} state
   */
  measure(state) {
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    const n = state.visitors.size;
    let pitch = WIDE;
    while (pitch > TIGHT && Math.floor(width / pitch) * Math.floor(height / pitch) < n) pitch--;
    const columns = Math.max(1, Math.floor(width / pitch));
    const rows = Math.ceil(n / columns);
    const top = Math.max(0, (height - rows * pitch) / 2);
    this.#size = { width, height, pitch };
    this.#places.clear();
    if (this.#canvas.parentElement) this.#canvas.parentElement.dataset.pitch = String(pitch);
    let i = 0;
    for (const name of state.visitors.keys()) {
      this.#places.set(name, { x: (i % columns + 0.5) * pitch, y: top + (Math.floor(i / columns) + 0.5) * pitch });
      i++;
    }
  }

  /** Where a visitor's dot is within the canvas. @param {string} name */
  place(name) { return this.#places.get(name); }

  get canvas() { return this.#canvas; }

  /** @param {State} state @param {(ink: string) => string} colour */
  show(state, colour) {
    let out = 0;
    let welcome = 0;
    const { width, height, pitch } = this.#size;
    const scale = window.devicePixelRatio || 1;
    if (this.#canvas.width !== Math.round(width * scale) || this.#canvas.height !== Math.round(height * scale)) {
      this.#canvas.width = Math.round(width * scale);
      this.#canvas.height = Math.round(height * scale);
    }
    const c = this.#canvas.getContext('2d');
    if (!c) return;
    c.setTransform(scale, 0, 0, scale, 0, 0);
    c.clearRect(0, 0, width, height);
    const r = Math.max(1.5, pitch * 0.34);
    /** By whether they are rings, and their colour. @type {Map<string, Path2D>} */
    const dots = new Map();
    for (const v of state.visitors.values()) {
      const at = this.#places.get(v.name);
      if (!at) continue;
      const last = v.strip.at(-1)?.mark;
      const open = isOpen(v);
      if (open && last) out++;
      else if (last) welcome++;
      const ring = ringOf(state, v.made, v.sid);
      const ink = colour(ring.gone ? 'none' : ring.ink);
      const path = dots.get(`${open} ${ink}`) ?? new Path2D();
      dots.set(`${open} ${ink}`, path);
      const radius = open ? r - 0.75 : r;
      path.moveTo(at.x + radius, at.y);
      path.arc(at.x, at.y, radius, 0, 7);
    }
    c.lineWidth = Math.max(1.5, r * 0.16);
    // All dots of a kind in one go: a thousand one by one would take too long.
    for (const [key, path] of dots) {
      const [open, ink] = key.split(' ', 2);
      if (open === 'true') {
        c.strokeStyle = ink;
        c.stroke(path);
      } else {
        c.fillStyle = ink;
        c.fill(path);
      }
    }
    if (r >= READABLE) this.#write(c, state, r, colour);
    const n = state.visitors.size;
    setText(this.#all, t('crowd', { n }));
    setText(this.#in, t('crowd.in', { n: welcome }));
    setText(this.#out, t('crowd.out', { n: out }));
    this.#inBar.style.inlineSize = `${(100 * welcome) / n}%`;
    this.#outBar.style.inlineSize = `${(100 * out) / n}%`;
    this.element.dataset.welcome = String(welcome);
    this.element.dataset.out = String(out);
  }

  /** Letters, where there is room. @param {CanvasRenderingContext2D} c @param {State} state @param {number} r @param {(ink: string) => string} colour */
  #write(c, state, r, colour) {
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    write(c, 650, Math.round(r * 0.95));
    for (const v of state.visitors.values()) {
      const at = this.#places.get(v.name);
      if (!at) continue;
      c.fillStyle = colour(isOpen(v) ? 'muted' : 'card');
      c.fillText(this.letters.get(v.name) ?? '', at.x, at.y + r * 0.06);
    }
  }
}

/** Whether the last answer was no welcome. @param {import('../run/model.js').Visitor} v */
function isOpen(v) {
  const last = v.strip.at(-1)?.mark;
  return !last || last === '-' || last === '!' || last === '5';
}
