// More visitors than have room for a face: each is a dot in the hue of the
// memory that issued the cookie; a ring without filling was asked to log in again.

import { h, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { write } from './palette.js';
import { dotInk } from './ring.js';

/** @typedef {import('../run/model.js').State} State */

/** x, y: where it is within the canvas, px; open: it is a ring; last: the mark of the last answer, empty before the first. @typedef {{x: number, y: number, open: boolean, ink: string, last: string}} Dot */

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
  /** @type {Map<string, Dot>} */
  #dots = new Map();
  #size = { width: 0, height: 0, pitch: 0 };
  /** No dot is painted yet. */
  #blank = true;
  /** How many were welcome at last, and how many were not. */
  #count = { in: 0, out: 0 };

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
    this.#dots.clear();
    this.#count = { in: 0, out: 0 };
    this.#blank = true;
    if (this.#canvas.parentElement) this.#canvas.parentElement.dataset.pitch = String(pitch);
    let i = 0;
    for (const name of state.visitors.keys()) {
      this.#dots.set(name, { x: (i % columns + 0.5) * pitch, y: top + (Math.floor(i / columns) + 0.5) * pitch, open: true, ink: '', last: '' });
      i++;
    }
  }

  /** Where a visitor's dot is within the canvas. @param {string} name */
  place(name) { return this.#dots.get(name); }

  get canvas() { return this.#canvas; }

  /** The colours are others now. */
  repaint() { this.#blank = true; }

  /**
   * Draws those who look otherwise than before.
   * @param {State} state @param {(ink: string) => string} colour @param {Iterable<string>} [names] of those who may; without it everybody may
   */
  show(state, colour, names = state.visitors.keys()) {
    /** @type {[string, Dot][]} */
    const changed = [];
    for (const name of names) {
      const v = state.visitors.get(name);
      const dot = this.#dots.get(name);
      if (v && dot && this.#look(dot, v, state)) changed.push([name, dot]);
    }
    const scale = window.devicePixelRatio || 1;
    if (this.#canvas.width !== Math.round(this.#size.width * scale) || this.#canvas.height !== Math.round(this.#size.height * scale)) {
      this.#canvas.width = Math.round(this.#size.width * scale);
      this.#canvas.height = Math.round(this.#size.height * scale);
      this.#blank = true;
    }
    const c = this.#canvas.getContext('2d');
    if (!c) return;
    c.setTransform(scale, 0, 0, scale, 0, 0);
    // On a page that was made smaller, neighbours share pixels.
    if (this.#blank || scale < 1) {
      c.clearRect(0, 0, this.#size.width, this.#size.height);
      this.#paint(c, [...this.#dots], colour);
      this.#blank = false;
    } else if (changed.length) {
      for (const [, dot] of changed) this.#wipe(c, dot, scale);
      this.#paint(c, changed, colour);
    }
    this.#tell(state.visitors.size);
  }

  /** Looks how a dot is now. @param {Dot} dot @param {import('../run/model.js').Visitor} v @param {State} state @returns {boolean} whether it was otherwise */
  #look(dot, v, state) {
    const last = v.strip.at(-1)?.mark ?? '';
    const open = !last || last === '-' || last === '!' || last === '4' || last === '5'; // the last answer was no welcome
    const ink = dotInk(state, v.made, v.sid);
    if (dot.last) this.#count[dot.open ? 'out' : 'in']--;
    if (last) this.#count[open ? 'out' : 'in']++;
    dot.last = last;
    if (dot.open === open && dot.ink === ink) return false;
    dot.open = open;
    dot.ink = ink;
    return true;
  }

  /** Takes a dot away, in whole pixels. @param {CanvasRenderingContext2D} c @param {Dot} dot @param {number} scale */
  #wipe(c, { x, y }, scale) {
    const r = this.#radius;
    const reach = Math.max(r, r - 0.75 + this.#line / 2);
    const left = Math.floor((x - reach) * scale) / scale;
    const top = Math.floor((y - reach) * scale) / scale;
    c.clearRect(left, top, Math.ceil((x + reach) * scale) / scale - left, Math.ceil((y + reach) * scale) / scale - top);
  }

  get #radius() { return Math.max(1.5, this.#size.pitch * 0.34); }

  /** The width of a ring. */
  get #line() { return Math.max(1.5, this.#radius * 0.16); }

  /** @param {CanvasRenderingContext2D} c @param {[string, Dot][]} dots @param {(ink: string) => string} colour */
  #paint(c, dots, colour) {
    const r = this.#radius;
    const lettered = r >= READABLE; // there is room for letters
    c.lineWidth = this.#line;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    if (lettered) write(c, 650, Math.round(r * 0.95));
    // One by one: in one path with others the browser would round its edge otherwise.
    for (const [name, { x, y, open, ink }] of dots) {
      c.beginPath();
      c.arc(x, y, open ? r - 0.75 : r, 0, 7);
      if (open) {
        c.strokeStyle = colour(ink);
        c.stroke();
      } else {
        c.fillStyle = colour(ink);
        c.fill();
      }
      if (!lettered) continue;
      c.fillStyle = colour(open ? 'muted' : 'card');
      c.fillText(this.letters.get(name) ?? '', x, y + r * 0.06);
    }
  }

  /** @param {number} n visitors */
  #tell(n) {
    const { in: welcome, out } = this.#count;
    setText(this.#all, t('crowd', { n }));
    setText(this.#in, t('crowd.in', { n: welcome }));
    setText(this.#out, t('crowd.out', { n: out }));
    this.#inBar.style.inlineSize = `${(100 * welcome) / n}%`;
    this.#outBar.style.inlineSize = `${(100 * out) / n}%`;
    this.element.dataset.welcome = String(welcome);
    this.element.dataset.out = String(out);
  }
}
