// The stage: visitors, balancer, processes, store. It is told of each event and
// draws the moment that is shown. The DOM changes only where the model did, and
// geometry is read only after a change of size or structure.

import { h, setAttr, setChildren, setHidden, setText } from '../dom/dom.js';
import { styles } from '../dom/styles.js';
import { t } from '../words/text.js';
import { Flights } from './flights.js';
import { EMPTY, measure } from './geometry.js';
import { colour, forgetColours } from './palette.js';
import { pidOf } from '../run/memory.js';
import { ProcessView } from './process.js';
import { initials } from './ring.js';
import { StoreView } from './store.js';
import { Traces } from './traces.js';
import { VisitorView } from './visitor.js';
import { Wires } from './wires.js';

/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('../run/model.js').Event} Event */

/** More visitors than this become a crowd. */
const FACES = 36;

/** The least width (rem) at which all stands side by side with room between, and closer together; below it one is below the other. @type {Record<string, number[]>} */
const WIDTHS = { local: [51, 36], cookie: [51, 36], threads: [54, 39], store: [59, 45] };

/** More threads than this sit in two columns, where it is low, and need more width, rem. */
const DESKS = 5;
const TWO = 7;

/** A rem that sizes are reckoned with, px: text is at least 12 px high. */
const LEAST_REM = 13;

/** On a window that is higher than wide, a stage below this width (rem) goes from top to bottom. */
const UPRIGHT = 60;

/** The least width of a process that stands beside others on a narrow stage, rem. */
const ROOM = 13;

/** A crowd is drawn anew at most this often, ms: nobody can follow every dot. */
const CROWD_PAUSE = 120;

/** So many requests that wait at the balancer are seen without being counted. */
const FEW = 3;

/** The height of a row of small faces, rem. */
const ROW = 2.9;

/** The width of a mark in a strip, and of what else a face has in its row, by density, rem. @type {Record<string, number[]>} */
const MARK = { roomy: [1.32, 6.1], snug: [1.15, 5.2], pairs: [1, 3.6], tight: [1, 3.6], crowd: [1, 0] };

/** So many sessions are shown before it is read how much room there is. */
const CHIPS = 3;

/** The type of a chip, rem. */
const CHIP = 0.92;

/** @type {import('./chips.js').Fold} */
const first = (all) => ({ shown: all.slice(-CHIPS), ghosts: [], more: Math.max(0, all.length - CHIPS) });

/** A store on a stage from top to bottom has the room that it needs, rem. */
const FREE = 24;

/** Kinds after which the picture has other things in it. */
const STRUCTURE = new Set(['visitor.joined', 'visitor.left', 'worker.starting', 'worker.crashed', 'worker.stopped', 'scenario.set']);

export class StageElement extends HTMLElement {
  #headline = h('h1');
  #lead = h('p', { class: 'lead' });
  #note = h('p', { class: 'note', role: 'note', hidden: true, click: () => this.#note.toggleAttribute('data-whole') });
  #caption = h('div', { class: 'caption' }, this.#headline, this.#lead, this.#note);
  /** In place of the stage's own words; "none": nothing is. */
  #own = { headline: '', note: '' };
  /** What the stage itself says of the picture. @type {{key: string, values: Record<string, string | number>} | undefined} */
  #remark;
  #visitors = h('div', { class: 'visitors', role: 'group' });
  #balancerName = h('b');
  #balancerWord = h('span');
  #waiting = h('span', { class: 'waiting', hidden: true });
  #balancer = h('div', { class: 'balancer' }, this.#balancerName, this.#balancerWord, this.#waiting);
  #processes = h('div', { class: 'processes', role: 'group' });
  #store = new StoreView();
  #wires = new Wires();
  #flights = new Flights();
  /** More visitors than have room for a face; loads when there are so many. @type {import('./crowd.js').CrowdView | undefined} */
  #crowd;
  #floor = h('div', { class: 'floor' });
  #key = h('div', { class: 'key' });
  /** @type {HTMLElement | undefined} */
  #views;
  /** What lingers; whoever plays the run tells it of the events. */
  traces = new Traces();
  /** What loads after the first picture. @type {import('./parts/parts.js').Part[]} */
  #parts = [];

  /** @type {Map<string, VisitorView>} */
  #faces = new Map();
  /** @type {Map<number, ProcessView>} */
  #rooms = new Map();
  /** @type {Map<string, string>} */
  #letters = new Map();
  #geometry = EMPTY;
  #structure = true; // something came or went
  #measure = true; // geometry must be read again
  #dirtyAll = true;
  /** Who and what was there when another moment was last looked at. */
  #cast = '';
  /** @type {Set<string>} */
  #dirtyVisitors = new Set();
  /** @type {Set<number>} */
  #dirtyRooms = new Set();
  #crowdAt = 0; // wall ms
  #dirtyWires = true;
  #dirtyStore = true;
  #density = { strip: 12, keys: 8 };
  /** What a process has room for. @type {import('./parts/rooms.js').Space} */
  #space = { chips: first, column: () => first, lookup: (command, result) => command && `${command} → ${result}`, em: CHIP };
  #resize = new ResizeObserver(() => {
    this.#measure = true;
    this.#structure = true;
    this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
  });

  /** Where things stand one below the other, one that grows moves the others. */
  #shift = new ResizeObserver(() => {
    this.#measure = true;
    this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
  });

  /** Desks and memories whose size has been seen: a lock that is taken makes a desk higher. @type {WeakSet<Element>} */
  #watched = new WeakSet();

  connectedCallback() {
    if (this.childElementCount === 0) this.#build();
    this.#resize.observe(this);
    for (const part of [this.#visitors, this.#processes, this.#store.element]) this.#shift.observe(part);
  }

  disconnectedCallback() {
    this.#resize.disconnect();
    this.#shift.disconnect();
  }

  #build() {
    setAttr(this.#visitors, 'aria-label', t('visitors'));
    setAttr(this.#processes, 'aria-label', t('processes'));
    this.#floor.append(this.#wires.element, this.#visitors, this.#balancer, this.#processes, this.#store.element, this.#wires.upper, this.#flights.element);
    this.#key.append(
      h('span', {}, h('i', { class: 'ring' }), t('key.ring')),
      h('span', {}, h('i', { class: 'ring gone' }), t('key.gone')),
      h('span', {}, h('i', { class: 'under' }), t('key.under')),
    );
    this.append(this.#caption, this.#floor, this.#key);
    if (this.#views) this.#key.append(this.#views);
    this.addEventListener('moved', () => {
      this.#structure = true;
      this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
    });
    this.addEventListener('lit', (event) => {
      const { detail } = /** @type {CustomEvent<string[]>} */ (event);
      this.#flights.lit = new Set(detail.filter((s) => s.startsWith('request:')).map((s) => Number(s.slice('request:'.length))));
      this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
    });
    this.addEventListener('click', (event) => {
      const target = /** @type {Element} */ (event.target);
      const flying = this.#flyingAt(event);
      if (flying) {
        this.#ask(`request:${flying}`, this);
        return;
      }
      const why = target.closest('[data-why]');
      if (why && !String(getSelection() ?? '')) {
        this.#ask(why.getAttribute('data-why') ?? '', why);
        return;
      }
      const visitor = target.closest('[data-visitor]');
      const worker = target.closest('[data-worker]');
      const store = target.closest('.store .head');
      if (visitor) this.#open('visitor', visitor.getAttribute('data-visitor') ?? '', visitor);
      else if (store) this.#open('store', '', store);
      else if (worker && !String(getSelection() ?? '')) {
        this.#open('worker', worker.getAttribute('data-worker') ?? '', worker.querySelector('button') ?? worker);
      }
    });
  }

  /** The request in flight that was clicked, 0 for none. @param {MouseEvent} event */
  #flyingAt(event) {
    if (!event.detail) return 0; // the keyboard clicks the middle of things
    const { left, top } = this.#floor.getBoundingClientRect();
    return this.#flights.at(event.clientX - left, event.clientY - top, this.#geometry.radius * 1.4);
  }

  /** Somebody wants to know why. @param {string} subject @param {Element} anchor */
  #ask(subject, anchor) {
    this.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name: 'why', anchor, about: subject } }));
  }

  /** @param {'visitor' | 'worker' | 'store'} what @param {string} which @param {Element} anchor */
  #open(what, which, anchor) {
    this.dispatchEvent(new CustomEvent('menu', { bubbles: true, detail: { what, which, anchor } }));
  }

  /** Marks on the stage whom the sentence is about, while it is told. @param {Event | undefined} e */
  tell(e) {
    const told = [this.#faces.get(e?.visitor ?? '')?.element, this.#rooms.get(e?.pid ?? 0)?.element];
    for (const element of this.querySelectorAll('[data-told]')) if (!told.includes(/** @type {any} */ (element))) setAttr(element, 'data-told', undefined);
    for (const element of told) if (element) setAttr(element, 'data-told', '');
    const sid = e?.sid ?? '';
    if (sid === this.traces.told) return;
    this.traces.told = sid;
    this.#dirtyAll = true;
    this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
  }

  /** Movement is not wanted. @param {boolean} value */
  set still(value) { this.#flights.still = value; }

  /** Other ways to look at the run, offered below it. @param {HTMLElement} element */
  set views(element) {
    this.#views = element;
    if (this.childElementCount) this.#key.append(element);
  }

  /** Parts that were loaded after the first picture. @param {import('./parts/parts.js').Part[]} parts @param {State} state @param {Event[]} recent what happened just before it */
  extend(parts, state, recent) {
    this.#parts.push(...parts);
    this.#bring(parts, state, recent);
    this.#structure = true;
    this.#flights.parts = this.#parts;
    this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
  }

  /** @param {string} address */
  set storeAddress(address) { this.#store.address = address; }

  /**
   * Says why the picture looks as it does, where it could mislead.
   * @param {{key: string, values: Record<string, string | number>} | undefined} note
   */
  remark(note) {
    this.#remark = note;
    const own = this.#own.note;
    const gone = own ? own === 'none' : !note;
    if ((this.#note.hidden || this.#note.dataset.gone === '') !== gone) {
      // Once there it keeps its place in a low window: else all below it would jump whenever there is nothing to remark on.
      this.#note.hidden = false;
      setAttr(this.#note, 'data-gone', gone ? '' : undefined);
      this.#caption.toggleAttribute('data-noted', !gone);
      this.dispatchEvent(new CustomEvent('room', { bubbles: true }));
    }
    if (own) {
      setAttr(this.#note, 'data-note', 'own');
      setText(this.#note, own);
    } else if (note) {
      setAttr(this.#note, 'data-note', note.key.replace(/^note\./, ''));
      setText(this.#note, t(note.key, note.values));
    }
  }

  /**
   * Words of whoever shows the stage, in place of its own; "none": nothing is to be seen there, empty: its own.
   * @param {string} headline @param {string} note
   */
  caption(headline, note) {
    if (headline === this.#own.headline && note === this.#own.note) return;
    this.#own = { headline, note };
    setAttr(this.#caption, 'data-own', ['headline', 'note'].filter((name) => !['', 'none'].includes(this.#own[/** @type {'headline' | 'note'} */ (name)])).join(' ') || undefined);
    this.#structure = true;
    this.remark(this.#remark);
    this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
  }

  /** The theme changed. */
  recolour() {
    forgetColours();
    this.#flights.repaint();
    this.#crowd?.repaint();
    for (const part of this.#parts) part.recolour();
    this.#dirtyAll = true;
  }

  /** Another run: everything is new. follow comes next. */
  renew() {
    this.#note.hidden ||= this.#note.dataset.gone === '';
    this.#structure = true;
    this.#dirtyAll = true;
  }

  /**
   * Another moment of the same run: what is there may differ, and mostly does not.
   * @param {State} state @param {Event[]} recent what happened just before it
   */
  follow(state, recent) {
    const { mode, balancer, cores } = state.scenario;
    const cast = [mode, balancer, cores, ...state.visitors.keys(), ...state.workers.map((w) => `${w.pid} ${w.state} ${w.threads}`)].join('\n');
    this.#structure ||= cast !== this.#cast;
    this.#cast = cast;
    this.#dirtyAll = true;
    this.#dirtyWires = true;
    this.#bring(this.#parts, state, recent);
  }

  /** @param {import('./parts/parts.js').Part[]} parts @param {State} state @param {Event[]} recent */
  #bring(parts, state, recent) {
    for (const part of parts) {
      if (part.follow) part.follow(state, recent);
      else part.renew(state);
    }
  }

  /**
   * An event has just been applied to the state.
   * @param {Event} e @param {State} state
   */
  note(e, state) {
    for (const part of this.#parts) part.note(e);
    if (STRUCTURE.has(e.kind)) {
      this.#cast = '';
      this.#structure = true;
      this.#dirtyAll = true;
      return;
    }
    const noun = e.kind.slice(0, e.kind.indexOf('.'));
    if (e.pid) this.#dirtyRooms.add(e.pid);
    switch (noun) {
      case 'request':
        if (e.kind === 'request.done' && e.visitor) this.#dirtyVisitors.add(e.visitor);
        break;
      case 'session':
        this.#dirtyStore = true;
        // A session that went or came changes the ring of the one who holds its id.
        if (e.visitor) this.#dirtyVisitors.add(e.visitor);
        if (e.home) this.#dirtyRooms.add(pidOf(e.home)); // where it is shown that it is there
        if (e.kind === 'session.expired') this.#dirtyAll = true;
        break;
      case 'store':
        this.#dirtyStore = true;
        if (e.kind === 'store.down') this.#dirtyAll = true;
        break;
      case 'conn':
        this.#dirtyWires = true;
        break;
      case 'core':
        for (const worker of state.workers) this.#dirtyRooms.add(worker.pid);
        break;
      case 'counter': case 'value':
        this.#dirtyStore = true;
        break;
      case 'socket': case 'chat':
        if (e.visitor) this.#dirtyVisitors.add(e.visitor);
        break;
      case 'worker':
        this.#dirtyAll = true;
        break;
    }
  }

  /**
   * Draws the state as it is at a moment.
   * @param {State} state @param {number} moment virtual µs
   * @param {boolean} rest no other moment follows soon
   */
  draw(state, moment, rest) {
    this.traces.expire(moment);
    if (this.traces.went()) {
      for (const worker of state.workers) this.#dirtyRooms.add(worker.pid);
      this.#dirtyStore = true;
    }
    if (this.#structure) this.#arrange(state);
    this.#update(state, rest);
    if (this.#measure) this.#read(state);
    for (const part of this.#parts) part.draw(state, moment, rest, this.#geometry);
    const waiting = this.#flights.draw(state, moment, this.#geometry);
    setHidden(this.#waiting, waiting < FEW);
    if (waiting >= FEW) setText(this.#waiting, t('balancer.waiting', { n: waiting }));
  }

  /** Puts things that came and went in their places. @param {State} state */
  #arrange(state) {
    this.#structure = false;
    this.#measure = true;
    this.#dirtyAll = true;
    // In a small frame no text is smaller for it.
    const rem = Math.max(LEAST_REM, parseFloat(getComputedStyle(document.documentElement).fontSize));
    const width = this.clientWidth / rem;
    const { mode } = state.scenario;
    const crowd = state.visitors.size > FACES;
    const n = state.visitors.size;
    const rooms = state.workers.length;
    const [wide, close] = WIDTHS[mode];
    const many = mode === 'threads' && (state.workers[0]?.threads ?? 1) > DESKS;
    const more = (n > 8 ? 2 : 0) + (many ? TWO : 0); // two faces, or desks, in a row
    const narrow = width < close + more || (width < UPRIGHT && innerHeight > innerWidth);
    setAttr(this, 'data-flow', narrow ? 'down' : 'across');
    setAttr(this, 'data-room', !narrow && width < wide ? 'close' : undefined);
    setAttr(this, 'data-mode', mode);
    setAttr(this, 'data-crowd', crowd ? '' : undefined);
    setAttr(this, 'data-many', many ? '' : undefined);
    const { least, comfort } = needs(crowd ? 0 : n, mode, mode === 'threads' ? state.workers[0]?.threads ?? 1 : rooms);
    this.#floor.style.setProperty('--least', `${least * rem}px`);
    this.#floor.style.setProperty('--comfort', `${comfort * rem}px`);
    // The page makes room first.
    this.dispatchEvent(new CustomEvent('room', { bubbles: true }));

    // How much room a face has.
    const height = this.#floor.clientHeight / rem;
    const faces = crowd ? 'crowd' : narrow
      ? (n <= 3 ? 'roomy' : n <= 8 ? 'snug' : 'tight')
      : height / n >= 6 ? 'roomy' : height / n >= (n > 3 ? 3.6 : 3.2) ? 'snug' : height / Math.ceil(n / 2) >= 3.4 ? 'pairs' : 'tight';
    setAttr(this.#visitors, 'data-density', faces);
    const columns = Math.min(4, Math.max(2, Math.ceil((n * ROW) / height)));
    this.#visitors.style.setProperty('--columns', String(columns));
    setAttr(this, 'data-crowded', narrow ? (n > 3 ? '' : undefined) : mode !== 'store' && n > 8 && (columns > 2 || crowd) ? '' : undefined);

    const beside = Math.max(3, Math.floor(width / ROOM));
    const stacked = narrow && rooms > beside;
    const each = narrow ? (stacked ? 3 : 20) : height / Math.max(1, rooms);
    const boxes = mode === 'threads' || each >= 9.6 ? 'roomy' : each >= 7.9 ? 'snug' : each >= 4.9 ? 'slim' : 'tight';
    setAttr(this.#processes, 'data-density', boxes);
    setAttr(this.#processes, 'data-unnamed', boxes === 'slim' && each < 6.2 ? '' : undefined);
    setAttr(this.#processes, 'data-stacked', stacked ? '' : undefined);
    setAttr(this.#processes, 'data-alone', rooms === 1 && mode !== 'threads' ? '' : undefined);
    this.#processes.style.setProperty('--rooms', String(narrow && !stacked ? Math.max(1, rooms) : 1));
    const [mark, rest] = MARK[faces];
    const strip = Math.floor((this.#visitors.clientWidth / rem / (faces === 'pairs' || faces === 'tight' ? columns : 1) - rest) / mark);
    this.#density = {
      keys: narrow ? FREE : height,
      strip: narrow ? /** @type {Record<string, number>} */ ({ roomy: Math.max(2, Math.min(6, Math.floor((this.#visitors.clientWidth / rem / n - 0.3) / 1.12))), snug: 5, tight: 4 })[faces] ?? 0 : Math.max(2, Math.min(10, strip)),
    };

    this.#letters = initials(state.visitors.keys());
    this.#flights.letters = this.#letters;
    if (crowd) {
      this.#faces.clear();
      setChildren(this.#visitors, this.#crowd ? [this.#crowd.element] : []);
      if (this.#crowd) this.#crowd.letters = this.#letters;
      else void this.#gather();
    } else {
      /** @type {Map<string, VisitorView>} */
      const next = new Map();
      for (const name of state.visitors.keys()) next.set(name, this.#faces.get(name) ?? new VisitorView(name));
      this.#faces = next;
      setChildren(this.#visitors, [...next.values()].map((v) => v.element));
    }

    /** @type {Map<number, ProcessView>} */
    const boxesNext = new Map();
    for (const worker of state.workers) {
      const view = this.#rooms.get(worker.pid) ?? new ProcessView(worker.pid);
      setAttr(view.element, 'data-threads', mode === 'threads' ? String(worker.threads) : undefined);
      setAttr(view.element, 'data-desks', mode === 'threads' ? desks(worker.threads, narrow ? 0 : height) : undefined);
      boxesNext.set(worker.pid, view);
    }
    this.#rooms = boxesNext;
    setChildren(this.#processes, [...boxesNext.values()].map((v) => v.element));
    this.#store.element.hidden = mode !== 'store';
    for (const part of this.#parts) this.#space = part.space?.(this.#processes, mode, narrow, height, rem) ?? this.#space;

    const copies = t('numbers').split(' ')[rooms] ?? String(rooms);
    const name = state.visitors.keys().next().value ?? '';
    const own = this.#own.headline;
    this.#headline.classList.toggle('aloud', own === 'none');
    setText(this.#headline, own && own !== 'none' ? own : t(`headline.${mode}`, { n: rooms, copies, name }));
    setText(this.#lead, t(`lead.${mode}`));
    const alone = mode === 'threads' || state.workers.length === 1;
    this.#balancer.classList.toggle('alone', alone);
    setText(this.#balancerName, t('balancer'));
    const how = state.scenario.balancer;
    setText(this.#balancerWord, alone ? t('balancer.alone') : t(`balancer.${how}`));
    setAttr(this.#balancer, 'data-is', alone ? undefined : t(`balancer.${how}.why`));
  }

  /** Loads what draws a crowd. */
  async #gather() {
    const { CrowdView } = await import('./crowd.js');
    await styles('crowd');
    this.#crowd ??= new CrowdView();
    this.#structure = true;
    this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
  }

  /** @param {State} state @param {boolean} rest */
  #update(state, rest) {
    const all = this.#dirtyAll;
    let pause = false; // in a crowd nobody can follow every change
    if (state.visitors.size > FACES) {
      const wall = performance.now();
      pause = !all && !rest && wall - this.#crowdAt <= CROWD_PAUSE;
      if (!pause) {
        if (all) this.#crowd?.show(state, colour);
        else if (this.#dirtyVisitors.size) this.#crowd?.show(state, colour, this.#dirtyVisitors);
        this.#crowdAt = wall;
      }
    } else {
      for (const name of all ? this.#faces.keys() : this.#dirtyVisitors) {
        const visitor = state.visitors.get(name);
        if (visitor) this.#faces.get(name)?.show(visitor, state, this.#letters.get(name) ?? '', this.#density.strip, this.traces.spared(name));
      }
    }
    const rooms = all ? this.#rooms.keys() : pause ? [] : this.#dirtyRooms;
    for (const pid of rooms) {
      const worker = state.workers.find((w) => w.pid === pid);
      if (worker) this.#rooms.get(pid)?.show(worker, state, this.traces, this.#space);
    }
    setAttr(this, 'data-store', state.store.state);
    if ((all || (this.#dirtyStore && !pause)) && !this.#store.element.hidden) this.#store.show(state, this.traces, this.#density.keys, this.#space);
    if (this.#dirtyWires && !this.#measure) this.#wires.show(state);
    this.#dirtyAll = false;
    this.#dirtyWires = false;
    if (pause) return;
    this.#dirtyVisitors.clear();
    this.#dirtyRooms.clear();
    this.#dirtyStore = false;
  }

  /** Reads where everything is now. @param {State} state */
  #read(state) {
    this.#measure = false;
    const crowd = state.visitors.size > FACES ? this.#crowd : undefined;
    crowd?.measure(state);
    crowd?.show(state, colour);
    const vertical = this.getAttribute('data-flow') === 'down';
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const dense = state.visitors.size > 12 || state.workers.length > 8;
    this.#geometry = measure({
      stage: this.#floor,
      visitors: new Map([...this.#faces].map(([name, view]) => [name, view.disc])),
      crowd: crowd && { element: crowd.canvas, place: (name) => crowd.place(name), names: state.visitors.keys() },
      balancer: this.#balancer,
      processes: [...this.#rooms.values()],
      store: this.#store.element.hidden ? undefined : this.#store.element,
      vertical,
      stacked: this.#processes.hasAttribute('data-stacked'),
      radius: rem * (dense ? 0.66 : 0.86),
    });
    this.#wires.draw(this.#geometry);
    this.#wires.show(state);
    this.#flights.fit(this.#geometry);
    // Many desks are all alike, and always change.
    for (const part of this.#processes.querySelectorAll('.threaded:not([data-desks]) :is(.threads > li, .memory)')) {
      if (this.#watched.has(part)) continue;
      this.#watched.add(part);
      this.#shift.observe(part);
    }
  }
}

/**
 * The height (rem) at which a floor is legible, and at which it is at ease, when all stands side by side.
 * @param {number} faces 0: a crowd @param {string} mode @param {number} rooms processes, or threads of the one
 */
function needs(faces, mode, rooms) {
  const [least, comfort] = !faces ? [12, 18] : faces <= 3 ? [3.5 * faces, 6 * faces] : [Math.ceil(faces / (faces > 12 ? 4 : 2)) * ROW, Math.min(3.6 * faces, 24)];
  const [lowest, easy] = mode === 'threads' ? [5.5 + 1.9 * Math.ceil(rooms > DESKS ? rooms / 2 : rooms), 8 + Math.min(2.8 * rooms, 18)]
    : rooms <= 3 ? [rooms < 3 ? 6 * rooms : 15.6, 10 * rooms] : [2.1 * rooms, Math.max(2.1 * rooms, 25)];
  const store = mode === 'store' ? [12.6, 19] : [0, 0];
  const both = Math.max(least, lowest, store[0]);
  return { least: both, comfort: Math.max(both, comfort, easy, store[1]) };
}

/**
 * How the desks of threads stand: undefined with room for two lines each, low, or in two columns.
 * @param {number} threads @param {number} height of the floor, rem; 0: what they need
 */
function desks(threads, height) {
  if (!height) return threads > 6 ? 'two' : undefined;
  const each = (height - 7) / threads;
  return each >= 2.9 ? undefined : each >= 1.9 ? 'low' : 'two';
}
