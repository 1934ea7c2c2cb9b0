// The locks in the memory that threads share: who holds each, who waits, and
// the circle in which nobody can go on.

import { h, s, setAttr, setChildren, setText } from '../../dom/dom.js';
import { t } from '../../words/text.js';
import { circle } from './circle.js';

/** @typedef {import('../../run/model.js').State} State */
/** @typedef {import('../../run/model.js').Worker} Worker */

/** The circle, in units of its picture: wide, so that names of locks have room. */
const WIDTH = 200;
const ACROSS = 78;
const DISC = 15;
const PLATE = { width: 78, height: 24 };

/** How high it is for each thread in it. */
const STEP = 18;

export class Locks {
  #list = h('ul', { class: 'lock-list' });
  #picture = h('figure', { class: 'deadlock', hidden: true });
  element = h('div', { class: 'locks', hidden: true }, this.#list, this.#picture);
  /** @type {Map<string, {element: HTMLElement, holder: HTMLElement, waiting: HTMLElement}>} */
  #items = new Map();
  #drawn = '';
  #stage;
  #dirty = true;

  /** @param {HTMLElement} stage */
  constructor(stage) { this.#stage = stage; }

  renew() { this.#dirty = true; }

  recolour() {}

  /** @param {import('../../run/model.js').Event} e */
  note(e) {
    if (/^(lock|worker|scenario)\./.test(e.kind)) this.#dirty = true;
  }

  /** @param {State} state */
  draw(state) {
    if (!this.#dirty) return;
    this.#dirty = false;
    const worker = state.scenario.mode === 'threads' ? state.workers[0] : undefined;
    const memory = worker && this.#stage.querySelector(`[data-worker="${worker.pid}"] .memory`);
    this.element.hidden = !memory || worker.locks.length === 0;
    if (!memory || !worker) return;
    if (this.element.parentElement !== memory) memory.append(this.element);
    this.#show(worker);
  }

  /** @param {Worker} worker */
  #show({ locks, pid }) {
    const round = circle(locks);
    setChildren(this.#list, locks.map((lock) => {
      let item = this.#items.get(lock.name);
      if (!item) {
        const holder = h('span', { class: 'holder' });
        const waiting = h('span', { class: 'queue' });
        item = { element: h('li', { 'data-lock': lock.name, 'data-why': `lock:${pid}:${lock.name}` }, h('button', { type: 'button' }, padlock(), lock.name), holder, waiting), holder, waiting };
        this.#items.set(lock.name, item);
      }
      setAttr(item.element, 'data-holder', lock.holder ? String(lock.holder) : undefined);
      setAttr(item.element, 'data-waiting', lock.waiting.join(' ') || undefined);
      setText(item.holder, lock.holder ? t('lock.held', { tid: lock.holder }) : t('lock.free'));
      setText(item.waiting, lock.waiting.length ? t('lock.waiting', { n: lock.waiting.length, tids: lock.waiting.join(', ') }) : '');
      return item.element;
    }));
    const key = round.map((step) => `${step.tid}>${step.lock}`).join(' ');
    this.#picture.hidden = !key;
    setAttr(this.#picture, 'data-deadlock', key || undefined);
    if (!key || key === this.#drawn) return;
    this.#drawn = key;
    const words = round.map((step, i) => t('deadlock.step', { tid: step.tid, lock: step.lock, next: round[(i + 1) % round.length].tid })).join(' ');
    this.#picture.replaceChildren(draw(round, words), h('figcaption', {}, t('deadlock')));
  }
}

/** @param {{tid: number, lock: string}[]} round @param {string} words */
function draw(round, words) {
  const n = round.length;
  const high = n * STEP;
  const height = 2 * (high + DISC + 2);
  /** @param {number} share of the circle, from the left, as a clock goes @returns {[number, number]} */
  const at = (share) => [WIDTH / 2 - ACROSS * Math.cos(share * 2 * Math.PI), height / 2 - high * Math.sin(share * 2 * Math.PI)];
  /** Where the circle leaves a thing, forwards or back. @param {number} share @param {number} way @param {number} w @param {number} h half its size */
  const rim = (share, way, w, h) => {
    const [x, y] = at(share);
    let out = share;
    for (let [u, v] = [x, y]; Math.abs(u - x) < w && Math.abs(v - y) < h; [u, v] = at(out)) out += way / 500;
    return at(out).map((c) => c.toFixed(1)).join(' ');
  };
  const disc = /** @type {const} */ ([DISC + 3, DISC + 3]);
  const plate = /** @type {const} */ ([PLATE.width / 2 + 3, PLATE.height / 2 + 3]);
  /** @param {string} from @param {string} to @param {string} kind */
  const arrow = (from, to, kind) => s('path', { class: kind, d: `M${from}A${ACROSS} ${high} 0 0 1 ${to}`, 'marker-end': 'url(#deadlock-tip)' });
  const nodes = round.flatMap((step, i) => {
    const thread = i / n;
    const lock = (i + 0.5) / n;
    const next = (i + 1) / n;
    const [x, y] = at(thread);
    const [u, v] = at(lock);
    return [
      arrow(rim(thread, 1, ...disc), rim(lock, -1, ...plate), 'wants'), arrow(rim(lock, 1, ...plate), rim(next, -1, ...disc), 'held'),
      s('circle', { cx: x, cy: y, r: DISC }), s('text', { x, y: y + 1 }, String(step.tid)),
      s('rect', { x: u - PLATE.width / 2, y: v - PLATE.height / 2, width: PLATE.width, height: PLATE.height, rx: 6 }),
      s('text', { x: u, y: v + 1, class: 'lock-name' }, step.lock),
    ];
  });
  return s('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': words },
    s('defs', {}, s('marker', { id: 'deadlock-tip', viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 6, markerHeight: 6, orient: 'auto' }, s('path', { d: 'M0 0L8 4L0 8z' }))),
    ...nodes);
}

function padlock() {
  return s('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: 'M3.6 7.4h8.8v6H3.6zM5.4 7.4V5.2a2.6 2.6 0 0 1 5.2 0v2.2' }));
}
