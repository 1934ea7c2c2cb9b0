// The wires between visitors, balancer, processes and store, drawn once for a layout.

import { s, setChildren, setInk } from '../dom/dom.js';

export class Wires {
  element = s('svg', { class: 'wires', 'aria-hidden': 'true' });
  /** Those within a box, above its ground. */
  upper = s('svg', { class: 'wires upper', 'aria-hidden': 'true' });
  /** @type {Map<string, SVGPathElement>} */
  #visitors = new Map();

  /** @param {import('./geometry.js').Geometry} g */
  draw(g) {
    /** @param {import('./path.js').Path} path @param {string} classes */
    const line = (path, classes) => s('path', { d: path.toString(), class: classes });
    this.#visitors.clear();
    const nodes = [];
    const inner = [];
    for (const [name, path] of g.visitors) {
      if (!g.wired) break; // a crowd: one bundle instead of a thicket
      const node = line(path, 'wire');
      this.#visitors.set(name, node);
      nodes.push(node);
    }
    if (g.bundle) nodes.push(line(g.bundle, 'wire bundle'));
    for (const place of g.processes.values()) {
      nodes.push(line(place.wire, 'wire'));
      if (place.store) nodes.push(line(place.store, 'wire to-store'));
      for (const path of place.inner) inner.push(line(path, 'wire inner'));
    }
    setChildren(this.element, nodes);
    setChildren(this.upper, inner);
  }

  /**
   * A kept connection gives its wire the hue of its process: one sees who is tied to whom.
   * @param {import('../run/model.js').State} state
   */
  show(state) {
    const kept = state.scenario.connection !== 'per-request';
    /** @type {Map<string, number>} */
    const pids = new Map();
    if (kept) for (const conn of state.conns.values()) if (conn.pid) pids.set(conn.visitor, conn.pid);
    for (const [name, node] of this.#visitors) {
      const pid = pids.get(name);
      setInk(node, pid ? `p${pid}` : 'none');
      node.classList.toggle('kept', Boolean(pid));
    }
  }
}
