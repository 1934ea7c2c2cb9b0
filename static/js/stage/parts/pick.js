// One among many: where visitors are dots, a dot can be clicked, and a name can
// be looked for.

import { opener } from '../../controls/controls.js';

/** @typedef {import('../geometry.js').Geometry} Geometry */

/** A click this near (px) means the dot. */
const REACH = 14;

export class Pick {
  #stage;
  #find = opener('people', 'find', 'dialog', 'people.find');
  /** @type {Geometry | undefined} */
  #geometry;
  #dirty = true;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.#stage = stage;
    // Before the stage looks at what was clicked.
    stage.addEventListener('click', (event) => this.#click(event), true);
  }

  renew() { this.#dirty = true; }

  recolour() {}

  /** @param {import('../../run/model.js').Event} e */
  note(e) {
    if (e.kind.startsWith('visitor.')) this.#dirty = true;
  }

  /**
   * @param {import('../../run/model.js').State} _state @param {number} _moment @param {boolean} _rest @param {Geometry} geometry
   */
  draw(_state, _moment, _rest, geometry) {
    this.#geometry = geometry;
    if (!this.#dirty) return;
    this.#dirty = false;
    const crowd = this.#stage.querySelector('.crowd');
    if (crowd && this.#find.parentElement !== crowd) crowd.append(this.#find);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const floor = target.closest('.dots')?.closest('.floor');
    if (!floor || !this.#geometry) return;
    const { left, top } = floor.getBoundingClientRect();
    let which = '';
    let least = REACH;
    for (const [name, path] of this.#geometry.visitors) {
      const [x, y] = path.at(0);
      const far = Math.hypot(x - (event.clientX - left), y - (event.clientY - top));
      if (far >= least) continue;
      least = far;
      which = name;
    }
    if (!which) return;
    event.stopPropagation();
    // The menu stands beside the dot; the focus goes back to something that can have it.
    const anchor = { getBoundingClientRect: () => new DOMRect(event.clientX, event.clientY, 0, 0), focus: () => this.#find.focus() };
    this.#stage.dispatchEvent(new CustomEvent('menu', { bubbles: true, detail: { what: 'visitor', which, anchor } }));
  }
}
