// Where everything is, in pixels of the stage: read once after a change of size
// or structure, and used for every frame until the next.

import { corners, curve } from './path.js';

/** @typedef {import('./path.js').Path} Path */
/** @typedef {import('./path.js').Point} Point */

/**
 * A place where requests stand: one object, however many stand there.
 * @typedef {[number, number]} Stand
 */

/**
 * wire: from the balancer to the process; line: where requests that have arrived
 * wait, one behind the other; seats: where those that are worked on sit, inside the box; desks: the same for each thread;
 * store: from the process to the store; inner: wires inside the box.
 * @typedef {{wire: Path, line: Stand[], seats: Stand[], desks: Stand[], enter: Path[], store: Path | undefined, inner: Path[]}} Place
 */

/**
 * visitors: from each to the balancer; gate: where these end; hall: the middle of the balancer. wired: each has a wire of its own to be drawn.
 * @typedef {{width: number, height: number, vertical: boolean, radius: number, gate: Stand, hall: Stand, visitors: Map<string, Path>,
 *   wired: boolean, bundle: Path | undefined, processes: Map<number, Place>, store: Point | undefined}} Geometry
 */

/** How many wait in line, or sit at a desk, one beside the other; the rest stand behind the last. */
const IN_LINE = 5;
const AT_DESK = 3;

/** @type {Geometry} */
export const EMPTY = {
  width: 0, height: 0, vertical: false, radius: 12, gate: [0, 0], hall: [0, 0], visitors: new Map(), wired: false,
  bundle: undefined, processes: new Map(), store: undefined,
};

/**
 * @param {{
 *   stage: HTMLElement,
 *   visitors: Map<string, HTMLElement>,
 *   crowd: {element: HTMLElement, place: (name: string) => Point | undefined, names: Iterable<string>} | undefined,
 *   balancer: HTMLElement,
 *   processes: import('./process.js').ProcessView[],
 *   store: HTMLElement | undefined,
 *   vertical: boolean,
 *   stacked: boolean,
 *   radius: number,
 * }} parts the discs of the visitors, and the boxes
 * @returns {Geometry}
 */
export function measure(parts) {
  const origin = parts.stage.getBoundingClientRect();
  const { vertical, radius } = parts;
  /** @param {Element} element */
  const box = (element) => {
    const r = element.getBoundingClientRect();
    const x = r.left - origin.left;
    const y = r.top - origin.top;
    return { left: x, top: y, right: x + r.width, bottom: y + r.height, x: x + r.width / 2, y: y + r.height / 2, width: r.width };
  };
  const balancer = box(parts.balancer);
  const into = vertical ? { x: balancer.x, y: balancer.top } : { x: balancer.left, y: balancer.y };
  const outof = vertical ? { x: balancer.x, y: balancer.bottom } : { x: balancer.right, y: balancer.y };

  /** @type {Map<string, Path>} */
  const visitors = new Map();
  /** @type {Path | undefined} */
  let bundle;
  if (parts.crowd) {
    const area = box(parts.crowd.element);
    const gate = vertical ? { x: area.x, y: area.bottom } : { x: area.right, y: area.y };
    bundle = curve(gate, into, vertical);
    for (const name of parts.crowd.names) {
      const at = parts.crowd.place(name);
      if (at) visitors.set(name, curve({ x: area.left + at.x, y: area.top + at.y }, into, vertical));
    }
  } else {
    for (const [name, element] of parts.visitors) {
      const disc = box(element);
      const button = box(/** @type {Element} */ (element.parentElement));
      const from = vertical ? { x: button.x, y: button.bottom } : { x: disc.right, y: disc.y };
      visitors.set(name, curve(from, into, vertical));
    }
  }

  const storeBox = parts.store && box(parts.store);
  const store = storeBox && (vertical ? { x: storeBox.x, y: storeBox.top } : { x: storeBox.left, y: storeBox.y });
  /** @type {Map<number, Place>} */
  const processes = new Map();
  for (const view of parts.processes) {
    const b = box(view.element);
    const inset = radius + 8;
    const port = parts.stacked || !vertical ? { x: b.left, y: b.y } : { x: b.x, y: b.top };
    let wire = curve(outof, port, vertical);
    if (parts.stacked) {
      // Rows one below the other: down a gutter at the left, then into the row.
      const gutter = b.left - radius - 6;
      wire = corners({ x: balancer.left, y: balancer.y }, { x: gutter, y: balancer.y }, { x: gutter, y: b.y }, port);
    }
    // Where nothing is kept free for it below, it sits above, beside the name.
    const low = view.lookup.getClientRects().length > 0 && parseFloat(getComputedStyle(view.element).paddingBottom) < radius * 2;
    const desk = parts.stacked || !vertical ? { x: b.left + inset, y: b.y } : { x: b.right - inset, y: low ? b.top + inset : b.bottom - inset };
    const line = Array.from({ length: IN_LINE + 1 }, (_, n) => wire.at(1 - Math.min(0.9, (n * radius * 1.5) / Math.max(1, wire.length))));
    const seats = Array.from({ length: AT_DESK }, (_, n) => /** @type {Stand} */ ([desk.x + (vertical && !parts.stacked ? -n : n) * radius * 0.8, desk.y + (n % 2 ? -1 : n ? 1 : 0) * radius * 0.9]));
    /** @type {Stand[]} */
    const desks = [];
    /** @type {Path[]} */
    const enter = [];
    /** @type {Path[]} */
    const inner = [];
    for (let tid = 1; ; tid++) {
      const slot = view.slot(tid);
      if (!slot || view.element.dataset.threads === undefined) break;
      const at = box(slot);
      const seat = { x: at.left + inset - 2, y: at.y };
      desks.push([seat.x, seat.y]);
      enter.push(curve(port, seat, vertical));
      // Desks stand in rows there, and wires would cross them; who is away has no memory.
      if (vertical || view.element.dataset.desks === 'two' || !view.memory.getClientRects().length) continue;
      inner.push(curve(port, { x: at.left, y: at.y }, false));
      const memory = box(view.memory);
      inner.push(curve({ x: at.right, y: at.y }, { x: memory.left, y: memory.y }, false));
    }
    let toStore;
    if (storeBox && store) {
      if (!vertical) toStore = curve({ x: b.right, y: b.y }, store, false);
      else if (parts.stacked) toStore = corners({ x: b.right, y: b.y }, { x: b.right + radius + 2, y: b.y }, { x: b.right + radius + 2, y: store.y });
      else toStore = curve({ x: b.x, y: b.bottom }, store, true);
    }
    processes.set(view.pid, { wire, line, seats, desks, enter, inner, store: toStore });
  }
  return {
    width: origin.width, height: origin.height, vertical, radius, visitors, wired: !parts.crowd, bundle,
    gate: [into.x, into.y], hall: [balancer.x, balancer.y], processes, store,
  };
}
