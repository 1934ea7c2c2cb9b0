// A way on the stage along which things travel at an even pace.

/** How finely a curve is measured. */
const STEPS = 24;

export class Path {
  /** @type {number[]} x, y, x, y, … */
  #points;
  /** @type {number[]} length from the beginning to each point */
  #lengths = [0];

  /** @param {number[]} points x, y, x, y, … at least one point */
  constructor(points) {
    this.#points = points;
    for (let i = 2; i < points.length; i += 2) {
      const d = Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1]);
      this.#lengths.push(this.#lengths[this.#lengths.length - 1] + d);
    }
  }

  get length() { return this.#lengths[this.#lengths.length - 1]; }

  /** @param {number} share 0 at the beginning, 1 at the end @returns {[number, number]} */
  at(share) {
    const p = this.#points;
    const want = Math.min(1, Math.max(0, share)) * this.length;
    if (this.#lengths.length === 1) return [p[0], p[1]];
    let i = 1;
    for (let high = this.#lengths.length - 1; i < high;) {
      const middle = (i + high) >> 1;
      if (this.#lengths[middle] < want) i = middle + 1;
      else high = middle;
    }
    const from = this.#lengths[i - 1];
    const span = this.#lengths[i] - from;
    const k = span ? (want - from) / span : 0;
    return [p[2 * i - 2] + (p[2 * i] - p[2 * i - 2]) * k, p[2 * i - 1] + (p[2 * i + 1] - p[2 * i - 1]) * k];
  }

  /** As SVG path data. */
  toString() {
    let d = '';
    for (let i = 0; i < this.#points.length; i += 2) {
      d += `${i ? 'L' : 'M'}${this.#points[i].toFixed(1)} ${this.#points[i + 1].toFixed(1)}`;
    }
    return d;
  }

  /** Draws it into a canvas. @param {CanvasRenderingContext2D} c */
  trace(c) {
    const p = this.#points;
    c.moveTo(p[0], p[1]);
    for (let i = 2; i < p.length; i += 2) c.lineTo(p[i], p[i + 1]);
  }
}

/** @typedef {{x: number, y: number}} Point */

/**
 * A soft curve from one point to another that leaves and arrives along one axis.
 * @param {Point} a @param {Point} b @param {boolean} vertical
 */
export function curve(a, b, vertical) {
  const bend = 0.5;
  const c1 = vertical ? { x: a.x, y: a.y + (b.y - a.y) * bend } : { x: a.x + (b.x - a.x) * bend, y: a.y };
  const c2 = vertical ? { x: b.x, y: b.y - (b.y - a.y) * bend } : { x: b.x - (b.x - a.x) * bend, y: b.y };
  const points = [];
  for (let i = 0; i <= STEPS; i++) {
    const t = i / STEPS;
    const u = 1 - t;
    points.push(
      u * u * u * a.x + 3 * u * u * t * c1.x + 3 * u * t * t * c2.x + t * t * t * b.x,
      u * u * u * a.y + 3 * u * u * t * c1.y + 3 * u * t * t * c2.y + t * t * t * b.y,
    );
  }
  return new Path(points);
}

/** A way through corners. @param {...Point} points */
export const corners = (...points) => new Path(points.flatMap((p) => [p.x, p.y]));
