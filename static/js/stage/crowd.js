// More visitors than have room for a face: each is a dot in the hue of the
// memory that issued the cookie; a ring without filling was asked to log in again.

import { h, setText } from '../dom.js';
import { t } from '../text.js';
import { ringOf } from './ring.js';

/** @typedef {import('../model.js').State} State */

export class CrowdView {
  #canvas = h('canvas', { 'aria-hidden': 'true' });
  #words = h('p');
  element = h('div', { class: 'crowd' }, this.#words, h('div', { class: 'dots' }, this.#canvas));
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
    let pitch = 22;
    while (pitch > 4 && Math.floor(width / pitch) * Math.floor(height / pitch) < n) pitch--;
    const columns = Math.max(1, Math.floor(width / pitch));
    const rows = Math.ceil(n / columns);
    const top = Math.max(0, (height - rows * pitch) / 2);
    this.#size = { width, height, pitch };
    this.#places.clear();
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
    let answered = 0;
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
    for (const v of state.visitors.values()) {
      const at = this.#places.get(v.name);
      if (!at) continue;
      const last = v.strip.at(-1)?.mark;
      const bad = last === '-' || last === '!' || last === '5';
      if (last) answered++;
      if (last && !bad) welcome++;
      const ring = ringOf(state, v.made, v.sid);
      const ink = colour(ring.gone ? 'none' : ring.ink);
      c.beginPath();
      c.arc(at.x, at.y, bad ? r - 0.75 : r, 0, 7);
      if (bad || !last) {
        c.strokeStyle = ink;
        c.lineWidth = 1.5;
        c.stroke();
      } else {
        c.fillStyle = ink;
        c.fill();
      }
    }
    setText(this.#words, t('crowd', { n: state.visitors.size, welcome, answered }));
  }
}
