// One process: a room with a memory of its own. Under threads it is the only
// room, with a desk for each thread around the one memory.

import { h, setAttr, setChildren, setHidden, setInk, setText } from '../dom/dom.js';
import { lifeOf } from '../run/memory.js';
import { t } from '../words/text.js';
import { Chips } from './chips.js';
import { keeps, threadState } from './brief.js';
import { short } from './ring.js';

/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('../run/model.js').Worker} Worker */

/** What a thread does, by the phase of its request. @type {Record<string, string>} */
const DOING = { started: 'works', storing: 'waitsStore', returning: 'waitsStore', failed: 'works', waiting: 'waitsLock', locked: 'works', unlocked: 'works', routed: 'works' };

export class ProcessView {
  #title = h('b');
  #life = h('span', { class: 'life' });
  #core = h('span', { class: 'core', hidden: true });
  #button = h('button', { class: 'head', type: 'button', 'aria-haspopup': 'menu' }, this.#title, this.#life);
  #label = h('span', { class: 'label' });
  #chips = new Chips();
  #lookup = h('code', { class: 'lookup' });
  #state = h('p', { class: 'trouble', hidden: true });
  #threads = h('ol', { class: 'threads', hidden: true });
  /** @type {{element: HTMLElement, doing: HTMLElement, holds: HTMLElement}[]} */
  #slots = [];
  #memory = h('div', { class: 'memory' }, this.#label, this.#chips.element);
  element;

  /** @param {number} pid */
  constructor(pid) {
    this.pid = pid;
    this.element = h('section', { class: 'process', 'data-worker': pid },
      h('header', {}, this.#button, this.#core), this.#threads, this.#memory, this.#lookup, this.#state);
    setInk(this.element, `p${pid}`);
    setText(this.#title, t('process.n', { pid }));
  }

  get button() { return this.#button; }

  /** The thread's desk, where its request sits. @param {number} tid */
  slot(tid) { return this.#slots[tid - 1]?.element; }

  get memory() { return this.#memory; }

  get lookup() { return this.#lookup; }

  /**
   * @param {Worker} worker @param {State} state @param {import('./traces.js').Traces} traces
   * @param {import('./parts/rooms.js').Space} space
   */
  show(worker, state, traces, space) {
    const mode = state.scenario.mode;
    setAttr(this.element, 'data-state', worker.state);
    const life = lifeOf(worker.mem);
    setText(this.#life, worker.leaving ? t('process.leaving', { life, old: lifeOf(worker.leaving) }) : life > 1 ? t('process.life', { life }) : '');

    const threads = mode === 'threads';
    this.element.classList.toggle('threaded', threads);
    setHidden(this.#threads, !threads);
    if (threads) this.#showThreads(worker, state);

    const core = state.cores.find((c) => c.pid === worker.pid);
    setHidden(this.#core, threads);
    this.#core.classList.toggle('on', Boolean(core));
    setText(this.#core, core ? t('core.n', { core: core.core }) : t(restOf(worker, state)));

    const trouble = worker.state === 'up' ? '' : t(`process.${worker.state}`);
    setHidden(this.#state, !trouble);
    setText(this.#state, trouble);

    const shared = mode === 'store';
    const memory = t(threads ? 'memory.one' : shared ? 'memory.none' : mode === 'cookie' ? 'memory.jar' : 'memory.own');
    setText(this.#label, keeps(memory, worker));
    setAttr(this.#label, 'data-keeps', worker.count || worker.jobs || worker.values.length ? '' : undefined);
    this.#chips.show(worker.sessions, traces, worker.pid, space.chips);
    this.#showLookup(traces.lookup(worker.pid), worker, space);
  }

  /** @param {import('./traces.js').Lookup | undefined} lookup @param {Worker} worker @param {import('./parts/rooms.js').Space} space */
  #showLookup(lookup, worker, space) {
    const shown = worker.state === 'up' ? lookup : undefined;
    setText(this.#lookup, shown ? space.lookup(shown.command, shown.result) : '');
    this.#lookup.classList.toggle('hit', Boolean(shown?.found));
    this.#lookup.classList.toggle('miss', Boolean(shown?.command) && !shown?.found);
  }

  /** @param {Worker} worker @param {State} state */
  #showThreads(worker, state) {
    while (this.#slots.length > worker.threads) this.#slots.pop();
    while (this.#slots.length < worker.threads) {
      const doing = h('span');
      const holds = h('span', { class: 'holds' });
      const tid = this.#slots.length + 1;
      this.#slots.push({ element: h('li', { 'data-thread': tid, 'data-why': `thread:${this.pid}:${tid}` }, h('b', {}, t('thread.n', { tid })), holds, doing), doing, holds });
    }
    setChildren(this.#threads, this.#slots.map((s) => s.element));
    /** @type {Map<number, import('../run/model.js').Request>} */
    const busy = new Map();
    for (const r of state.requests.values()) {
      if (r.pid === worker.pid && r.tid && r.phase in DOING) busy.set(r.tid, r);
    }
    this.#slots.forEach((slot, i) => {
      const r = busy.get(i + 1);
      const { name, values } = threadState(worker, i + 1, state, r && DOING[r.phase]);
      const holds = worker.locks.filter((l) => l.holder === i + 1).map((l) => l.name).join(', ');
      setAttr(slot.element, 'data-doing', name);
      slot.element.classList.toggle('busy', name !== 'idle');
      slot.element.classList.toggle('waits', name === 'waitsLock');
      setText(slot.doing, t(`thread.${name}`, { visitor: r?.visitor ?? '', lock: short(r?.sid ?? ''), ...values }));
      setText(slot.holds, holds && t('thread.holds', { locks: holds }));
    });
  }
}

/** Why no core has a process: a key of the catalogue. @param {Worker} worker @param {State} state */
export function restOf({ pid }, { ready, requests, scenario }) {
  if (ready.some((r) => r.pid === pid)) return 'core.ready';
  if (scenario.mode === 'store') for (const r of requests.values()) if (r.pid === pid && (r.phase === 'storing' || r.phase === 'returning')) return 'core.store';
  return 'core.none';
}
