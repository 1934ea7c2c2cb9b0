// The machine below the stage: a lane for each core with who was on it in the
// last ten seconds, and those who wait for one. Folded, it is a line.

import { h, setAttr, setChildren, setInk, setText } from '../../dom/dom.js';
import { t } from '../../words/text.js';
import { colour, write } from '../palette.js';
import { Lanes, WINDOW } from './lanes.js';

/** @typedef {import('../../run/model.js').State} State */

/** Drawn anew at most this often, wall ms: a lane moves slowly. */
const PAUSE = 60;

/** The height of a lane, folded and not, rem; with many cores they share what there is. */
const LINE = 0.55;
const LANE = 1.25;
const LINES_MOST = 1.6;
const LANES_MOST = 7;

/** A bar of this height (px) has room for a number. */
const READABLE = 9;

/** So many that wait are shown one by one. */
const WAITING = 8;

/** Whether this reader unfolded the lanes; in a frame that is for its page to say. */
const STORED = typeof document !== 'undefined' && 'embed' in document.documentElement.dataset ? 'procession-machine-framed' : 'procession-machine';

/** What is stretched and what is left out is one click away from the time line of the cores. */
function truth() {
  const button = h('button', {
    type: 'button', class: 'truth-link', 'data-panel': 'truth', 'aria-haspopup': 'dialog', title: t('hint', { word: t('panel.truth.why'), key: t('key.truth') }),
    click: () => button.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name: 'truth', anchor: button } })),
  }, t('panel.truth'));
  return button;
}

export class Machine {
  #lanes = new Lanes();
  #canvas = h('canvas', { 'aria-hidden': 'true' });
  #busy = h('span', { class: 'busy' });
  #head = h('button', { type: 'button', class: 'machine-head', 'data-panel': 'machine', click: () => this.toggle() }, h('b', {}, t('machine')), this.#busy);
  #now = h('ol', { class: 'now' });
  #ready = h('ol', { class: 'ready' });
  #readyWord = h('div', { class: 'ready-word' }, h('span', {}, t('machine.ready')), this.#ready);
  element = h('section', { class: 'machine', 'aria-label': t('machine.label') }, this.#head, h('div', { class: 'lanes' }, this.#canvas), this.#now, this.#readyWord, truth());
  /** @type {{element: HTMLElement, who: HTMLElement}[]} */
  #cores = [];
  #open = false;
  #dirty = true;
  #drawn = 0; // wall ms
  #shown = -1; // the moment that is drawn
  #fit = true; // the size must be read again
  #size = { width: 0, lane: 0, scale: 1 };
  #resize = new ResizeObserver(() => { this.#fit = true; });

  /** @param {HTMLElement} stage */
  constructor(stage) {
    setAttr(this.#head, 'title', t('hint', { word: t('machine.why'), key: t('key.machine') }));
    stage.append(this.element);
    stage.closest('procession-app')?.addEventListener('machine', () => this.toggle());
    this.#resize.observe(this.element);
    try {
      this.#open = localStorage.getItem(STORED) === 'open';
    } catch {
      // Folded then.
    }
    this.#fold();
  }

  toggle() {
    this.#open = !this.#open;
    try {
      localStorage.setItem(STORED, this.#open ? 'open' : 'folded');
    } catch {
      // Not remembered then.
    }
    this.#fold();
    this.element.parentElement?.dispatchEvent(new CustomEvent('moved')); // the floor is higher or lower
    this.element.dispatchEvent(new CustomEvent('lanes', { bubbles: true, detail: this.#open }));
  }

  #fold() {
    setAttr(this.#head, 'aria-expanded', String(this.#open));
    setAttr(this.element, 'data-open', this.#open ? '' : undefined);
    this.#fit = true;
    this.#dirty = true;
  }

  /** @param {State} state */
  renew(state) {
    this.#lanes.begin(state);
    this.#dirty = true;
  }

  /** @param {State} state @param {import('../../run/model.js').Event[]} recent */
  follow(state, recent) {
    this.#lanes.follow(state, recent);
    this.#dirty = true;
    this.#shown = -1;
  }

  recolour() { this.#shown = -1; }

  /** @param {import('../../run/model.js').Event} e */
  note(e) {
    this.#lanes.note(e);
    if (/^(core|thread|worker|scenario)\./.test(e.kind)) this.#dirty = true;
  }

  /** @param {State} state @param {number} moment @param {boolean} rest */
  draw(state, moment, rest) {
    const wall = performance.now();
    if (!this.#fit && !rest && wall - this.#drawn < PAUSE) return;
    if (!this.#fit && !this.#dirty && moment === this.#shown) return;
    this.#drawn = wall;
    const count = Number(state.scenario.cores) || state.cores.length || 1;
    if (this.#dirty) this.#tell(state, count);
    this.#dirty = false;
    this.#lanes.trim(moment);
    let busy = 0;
    for (let core = 1; core <= count; core++) busy += this.#lanes.busy(core, moment) / count;
    setText(this.#busy, t('machine.busy', { n: Math.round(busy * 100) }));
    if (this.#fit) this.#measure(count);
    this.#paint(count, moment, state.scenario.mode === 'threads');
    this.#shown = moment;
  }

  /** Who is where, in words. @param {State} state @param {number} count */
  #tell(state, count) {
    if (this.#cores.length !== count) {
      this.#cores = Array.from({ length: count }, (_, i) => {
        const who = h('span');
        return { element: h('li', { 'data-core': i + 1 }, h('button', { type: 'button', class: 'core-name', 'data-why': `core:${i + 1}` }, t('machine.core', { core: i + 1 })), who), who };
      });
      setChildren(this.#now, this.#cores.map((c) => c.element));
      this.#fit = true;
    }
    const threads = state.scenario.mode === 'threads';
    this.#cores.forEach(({ element, who }, i) => {
      const core = state.cores.find((c) => c.core === i + 1);
      const on = core?.pid ? core : undefined;
      setAttr(element, 'data-on', on ? `${on.pid}:${on.tid}` : undefined);
      setInk(element, on ? `p${on.pid}` : 'none');
      setText(who, !on ? t('core.none') : threads ? t('thread.n', { tid: on.tid }) : t('process.n', { pid: on.pid }));
    });
    const waiting = state.ready.slice(0, WAITING).map(({ pid, tid }) => {
      const item = h('li', {}, threads ? t('thread.n', { tid }) : t('process.n', { pid }));
      setInk(item, `p${pid}`);
      return item;
    });
    if (state.ready.length > WAITING) waiting.push(h('li', { class: 'rest' }, t('session.more', { n: state.ready.length - WAITING })));
    setAttr(this.#readyWord, 'data-ready', String(state.ready.length));
    this.#ready.replaceChildren(...(waiting.length ? waiting : [h('li', { class: 'rest' }, t('machine.nobody'))]));
  }

  /** @param {number} count of cores */
  #measure(count) {
    this.#fit = false;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const lane = rem * (this.#open ? Math.min(LANE, LANES_MOST / count) : Math.min(LINE, LINES_MOST / count));
    this.element.style.setProperty('--lane', `${lane}px`);
    const width = this.#canvas.parentElement?.clientWidth ?? 0;
    const scale = Math.min(2, window.devicePixelRatio || 1);
    this.#size = { width, lane, scale };
    const size = { width: Math.round(width * scale), height: Math.round(lane * count * scale) };
    // A canvas that is given its own size again would forget everything.
    if (this.#canvas.width !== size.width || this.#canvas.height !== size.height) Object.assign(this.#canvas, size);
  }

  /** @param {number} count @param {number} moment @param {boolean} threads */
  #paint(count, moment, threads) {
    const c = this.#canvas.getContext('2d');
    const { width, lane, scale } = this.#size;
    if (!c || !width) return;
    c.setTransform(scale, 0, 0, scale, 0, 0);
    c.clearRect(0, 0, width, lane * count);
    const begin = moment - WINDOW;
    const pace = width / WINDOW;
    const bar = Math.max(2, lane * 0.72);
    if (bar > READABLE) write(c, 650, Math.round(bar * 0.78));
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    for (let core = 1; core <= count; core++) {
      const middle = (core - 0.5) * lane;
      // Idle is a line with nothing on it.
      c.fillStyle = colour('hair');
      c.fillRect(Math.max(0, -begin * pace), middle - 0.5, width, 1);
      let painted = 0; // px: what ends in a pixel that is painted is not seen
      for (const span of this.#lanes.of(core)) {
        const x = Math.max(0, (span.from - begin) * pace);
        const end = (Math.min(span.to, moment) - begin) * pace;
        if (end < painted) continue;
        painted = Math.ceil(end);
        // The switch before it: time in which nobody works.
        if (span.from > span.at) {
          const left = Math.max(0, (span.at - begin) * pace);
          c.fillStyle = colour('muted');
          c.fillRect(left, middle - 1, Math.max(0.5, Math.min(x, end) - left), 2);
        }
        if (end <= x) continue;
        c.fillStyle = colour(`p${span.pid}`);
        // Threads of one process have one hue: every other one is paler.
        c.globalAlpha = threads && span.tid % 2 === 0 ? 0.62 : 1;
        c.fillRect(x, middle - bar / 2, Math.max(1, end - x), bar);
        c.globalAlpha = 1;
        if (bar > READABLE && end - x > bar * 0.9) {
          c.fillStyle = colour('card');
          c.fillText(String(threads ? span.tid : span.pid), x + (end - x) / 2, middle + 0.5);
        }
      }
    }
  }
}
