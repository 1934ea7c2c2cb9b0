// Chat messages on their way: small envelopes from a process to those whose
// websocket it holds. Who is not reached sees nothing come.

import { colour } from '../palette.js';

/** @typedef {import('../../run/model.js').State} State */
/** @typedef {import('../geometry.js').Geometry} Geometry */

/** How long (virtual µs) a message that did not come is marked. */
const MISSED = 900_000;

export class Letters {
  /** @type {{visitor: string, pid: number, since: number, until: number, missed: boolean}[]} */
  #letters = [];

  renew() { this.#letters = []; }

  /** @param {State} _state @param {import('../../run/model.js').Event[]} recent */
  follow(_state, recent) {
    this.#letters = [];
    for (const e of recent) this.note(e);
  }

  recolour() {}

  /** @param {import('../../run/model.js').Event} e */
  note(e) {
    if (e.kind === 'chat.delivered') this.#letters.push({ visitor: e.visitor ?? '', pid: e.pid ?? 0, since: e.ts, until: e.until ?? e.ts, missed: false });
    if (e.kind === 'chat.missed') this.#letters.push({ visitor: e.visitor ?? '', pid: e.pid ?? 0, since: e.ts, until: e.ts + MISSED, missed: true });
  }

  draw() {}

  /** Whether there is anything to be drawn above the stage. */
  get flying() { return this.#letters.length > 0; }

  /**
   * @param {CanvasRenderingContext2D} c @param {number} moment @param {Geometry} g @param {boolean} still
   */
  fly(c, moment, g, still) {
    this.#letters = this.#letters.filter((l) => l.until > moment);
    for (const l of this.#letters) {
      const home = g.visitors.get(l.visitor);
      const room = g.processes.get(l.pid);
      if (!home || !room) continue;
      const share = still ? 0.5 : Math.min(1, Math.max(0, (moment - l.since) / (l.until - l.since || 1)));
      if (l.missed) {
        // It stays within another process: a crossed envelope at this one's door.
        const [x, y] = room.wire.at(1 - 0.06);
        envelope(c, x, y, g.radius, colour('miss'), true, 1 - share * 0.7);
        continue;
      }
      const first = room.wire.length;
      const gone = share * (first + home.length);
      const [x, y] = gone < first ? room.wire.at(1 - gone / first) : home.at(1 - (gone - first) / (home.length || 1));
      envelope(c, x, y, g.radius, colour(`p${l.pid}`), false, 1);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} c @param {number} x @param {number} y @param {number} radius @param {string} ink
 * @param {boolean} crossed @param {number} alpha
 */
function envelope(c, x, y, radius, ink, crossed, alpha) {
  const w = radius * 0.95;
  const d = radius * 0.64;
  c.save();
  c.globalAlpha = alpha;
  c.translate(x, y);
  c.fillStyle = colour('card');
  c.strokeStyle = ink;
  c.lineWidth = 2;
  c.lineJoin = 'round';
  c.beginPath();
  c.rect(-w, -d, 2 * w, 2 * d);
  c.fill();
  c.moveTo(-w, -d);
  c.lineTo(0, d * 0.2);
  c.lineTo(w, -d);
  if (crossed) {
    c.moveTo(-w * 1.2, d * 1.4);
    c.lineTo(w * 1.2, -d * 1.4);
  }
  c.stroke();
  c.restore();
}
