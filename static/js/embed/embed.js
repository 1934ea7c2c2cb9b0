// The stage as a frame in another page: it begins, stops and points as the
// fragment of its address or the page around it says, and what may not be
// touched there cannot be touched.
//
// Only a page of the same origin is obeyed. To whoever is around, the frame
// tells how high it is and where the run stands; it needs no storage.

import { h, setAttr, setHidden, setText } from '../dom/dom.js';
import { linkOf } from '../address/address.js';
import { withMoment } from '../address/hash.js';
import { moment as inSeconds } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { anyOpen } from '../dom/layers.js';
import { Pointer } from './pointer.js';
import { CONTROLS, mayChange, permits, permitsKey, permitsPanel } from './rules.js';
import { themeOf, wishesIn, wishesOf } from './wishes.js';

/** @typedef {import('../room/room.js').Order} Order */

/** While time goes on, the page around is told so often, ms. */
const PAUSE = 500;

/** Keys that the page around may have a use for, where the frame has none. */
const FORWARDED = new Set(['PageUp', 'PageDown', '?', 'f']);

/** Of so many visitors all answers are said. */
const FEW = 2;

/** Parents of what comes and goes. */
const CHANGING = '.visitors, .processes, .now, .worlds, procession-stage, procession-app';

/** What may be scrolled in a low frame. */
const SCROLLED = 'procession-stage, procession-compare, .worlds';

/** What a locked thing is not. */
const LOCKED = '.visitor, .process .head, .machine-head, .machine .truth-link, .machine .core-name';

/**
 * Dispatches at the page what it wants of it: "order", "travel" (time travel is wanted), "refused" (a wish was not granted), "introduce" (says
 * something before anything has happened), "colours" (there are others), "stale" (there is more to be drawn), and "panel", "machine".
 */
export class Embed {
  #page;
  #room;
  #views;
  #wishes = wishesOf(location.hash);
  /** The run as it was opened, for a restart. */
  #first = '';
  /** Number of the last message that opened a run. */
  #id = 0;
  #limit = Infinity; // virtual µs
  /** The run stands where it was to stop by itself. */
  #stopped = false;
  /** Orders for after a run has been opened anew; undefined: none is being opened. @type {Order[] | undefined} */
  #then;
  #pointer;
  /** The page around shows nothing else. */
  #presents = false;
  #family = false;
  #height = 0;
  #told = '';
  #toldMoment = -1; // virtual µs
  #toldAt = -Infinity; // wall ms
  #word = h('p', { class: 'stopped', role: 'status' });
  /** What in the address is no option of a frame. */
  #mistaken = h('p', { class: 'mistaken', role: 'status', hidden: true });
  #link = h('a', { class: 'whole', target: '_blank', rel: 'noopener' });
  /** Titles of what is locked. @type {WeakMap<Element, string>} */
  #titles = new WeakMap();
  /** Whose words for handlers are spoken. @type {unknown} */
  #own;
  #opened = false; // the panel that is to be open has been asked for
  #letting = false; // the frame itself opens something

  /** @param {HTMLElement} page @param {import('../room/room.js').Room} room @param {import('../page/views.js').Views} views */
  constructor(page, room, views) {
    this.#page = page;
    this.#room = room;
    this.#views = views;
    room.place = placeOf(this.#wishes);
    this.#pointer = new Pointer(page);
    try {
      this.#family = parent !== self && self.origin !== 'null' && parent.location.origin === self.origin;
    } catch {
      // Another site around it.
    }
    const theme = themeOf(location.hash);
    if (theme) this.#dress(theme);
    this.#build();
    this.#apply();
    addEventListener('message', (event) => this.#receive(event));
    addEventListener('keydown', (event) => this.#key(event), true);
    for (const name of ['panel', 'menu', 'machine']) page.addEventListener(name, (event) => this.#guard(/** @type {CustomEvent} */ (event)), true);
    page.addEventListener('begin', (event) => {
      event.preventDefault();
      this.#begin(/** @type {CustomEvent} */ (event).detail.query);
    });
    addEventListener('hashchange', () => this.#follow());
    new ResizeObserver(() => this.#measure()).observe(page);
    new MutationObserver((changes) => {
      if (changes.some((c) => /** @type {Element} */ (c.target).matches(CHANGING))) this.#settle();
    }).observe(page, { childList: true, subtree: true });
  }

  /** How the run stands. shown: the moment on the screen; reached: how far the server is, both virtual µs. */
  get #now() {
    const { ready, clock, world, link, wanted } = this.#room;
    return { ready, shown: clock.shown, reached: clock.reached, ended: world.state.ended, query: link.query, ...wanted.pace };
  }

  /** @param {string} what @param {unknown} [detail] */
  #ask(what, detail) { this.#page.dispatchEvent(new CustomEvent(what, { detail })); }

  #build() {
    const page = this.#page;
    setText(this.#link, t('embed.open'));
    setAttr(this.#link, 'title', t('embed.open.why'));
    page.querySelector('.bar')?.prepend(page.querySelector('procession-controls') ?? '');
    page.append(h('div', { class: 'embed-foot', role: 'region', 'aria-label': t('embed.time') }, page.querySelector('procession-transport'), this.#word, this.#link, this.#mistaken));
    page.querySelector('.pace')?.before(page.querySelector('.go') ?? ''); // what is pressed most comes first
    void this.#check();
  }

  /** Says what in the address is no option of a frame. A lesson writes the addresses of its own. */
  async #check() {
    const { hash } = location;
    const { world: { state }, link } = this.#room;
    const words = hash && !this.#family ? (await import('./mistakes.js')).told(hash, this.#now.ready ? { ...state, query: link.query } : undefined) : '';
    if (hash !== location.hash) return; // another one came meanwhile
    setHidden(this.#mistaken, !words);
    setText(this.#mistaken, words);
  }

  /** Makes the page as it is wished. */
  #apply() {
    const { controls, point, until, at, wait } = this.#wishes;
    const { dataset } = document.documentElement;
    document.documentElement.toggleAttribute('data-wait', Boolean(wait));
    dataset.controls = [...controls].join(' ');
    this.#leave();
    this.#pointer.words = point;
    if (controls.has('timeline') && this.#now.ready) this.#ask('travel');
    this.#stopAt(until > at ? until : Infinity);
    void this.#speak();
    this.#settle();
  }

  /** Tells of handlers in the words of whoever wrote them. */
  async #speak() {
    const { own } = this.#wishes;
    if (!own && !this.#own) return;
    this.#own = own;
    (await import('../words/own.js')).use(own);
    this.#ask('stale');
  }

  /** What it leaves to the page around: where nothing can be changed that tells, and when it likes. */
  #leave() {
    const { controls, point } = this.#wishes;
    document.documentElement.toggleAttribute('data-told', this.#family && !mayChange(controls));
    document.documentElement.toggleAttribute('data-around', this.#family);
    document.documentElement.toggleAttribute('data-figures', this.#presents || point.includes('figures') || controls.size > CONTROLS.length);
  }

  /** Something came or went: rings, locks, and what is to be open. */
  #settle() {
    this.#pointer.refresh();
    this.#lock();
    this.#measure();
    const machine = this.#page.querySelector('.machine');
    if (machine && machine.hasAttribute('data-open') !== (this.#wishes.open === 'machine') && !this.#opened) {
      this.#let(() => this.#ask('machine'));
      this.#opened = true;
    } else if (machine) {
      this.#opened = true; // from here on it is the reader's
    }
  }

  /** Things that cannot be asked anything are no buttons. */
  #lock() {
    const { controls } = this.#wishes;
    for (const element of this.#page.querySelectorAll(LOCKED)) {
      const free = element.matches('.visitor') ? controls.has('visitors') || controls.has('why')
        : element.matches('.store .head') ? controls.has('store') || controls.has('why')
          : element.matches('.head') ? controls.has('processes') || controls.has('why')
            : element.matches('.core-name') ? controls.has('why') : controls.has('machine');
      if (free === !element.hasAttribute('aria-disabled')) continue;
      setAttr(element, 'aria-disabled', free ? undefined : 'true');
      setAttr(element, 'tabindex', free ? undefined : '-1');
      if (!free) this.#titles.set(element, element.getAttribute('title') ?? '');
      setAttr(element, 'title', (free && this.#titles.get(element)) || undefined);
    }
  }

  // ---- what the reader wants

  /**
   * An order; true: it is not for the page, or only later.
   * @param {Order} order
   */
  takes(order) {
    if (!permits(this.#wishes.controls, order)) {
      this.#ask('refused');
      return true;
    }
    if (this.#wishes.wait) {
      // The page around knows what comes first.
      if (order.time !== 'pause') this.#post({ procession: 'wish', time: order.time ?? 'do' });
      return order.time !== 'pause';
    }
    if (order.time === 'reset') {
      this.restart();
      return true;
    }
    if (this.#then) {
      this.#then.push(order);
      return true;
    }
    if (!this.#stopped || order.time === 'pause') return false;
    const { query, shown, reached, speed } = this.#now;
    this.#stopAt(Infinity);
    if (order.time === 'play' || reached <= shown) return false;
    // The server is a little further than the picture. The order is for what is seen.
    this.#then = [order];
    this.#room.reopen(query, shown, false, speed);
    return true;
  }

  /** The run as it was opened, from where it began. */
  restart() {
    const { at, until } = this.#wishes;
    this.#then = [];
    this.#stopAt(until > at ? until : Infinity);
    this.#room.reopen(this.#first, at, true, this.#now.speed);
  }

  /** Another run, which the reader has set up. @param {string} query */
  #begin(query) {
    this.#first = query;
    this.restart();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || permitsKey(this.#wishes.controls, event.key, event.shiftKey)) {
      if (event.key === 'Escape' && this.#family && !anyOpen()) this.#forward(event);
      return;
    }
    const target = /** @type {Element} */ (event.target);
    if (target.matches('input, select, textarea') || target.closest('[role="menu"], dialog')) return; // it is theirs
    event.stopImmediatePropagation();
    if (this.#family && FORWARDED.has(event.key)) this.#forward(event);
  }

  /** @param {KeyboardEvent} event */
  #forward(event) {
    event.preventDefault();
    this.#post({ procession: 'key', key: event.key });
  }

  /** Something wants to open. @param {CustomEvent} event */
  #guard(event) {
    const { controls } = this.#wishes;
    const { type, detail } = event;
    const free = type === 'machine' ? controls.has('machine')
      : type === 'panel' ? permitsPanel(controls, detail.name)
        : detail.what === 'store' ? controls.has('store') || controls.has('why')
          : detail.what === 'visitor' ? controls.has('visitors') || controls.has('why') : controls.has('processes') || (detail.what === 'worker' && controls.has('why'));
    if (!free && !this.#letting) event.stopImmediatePropagation();
  }

  /** Which entries a menu may have. @param {string} verb */
  offers(verb) {
    return verb === 'why' ? this.#wishes.controls.has('why') : permits(this.#wishes.controls, { do: verb });
  }

  // ---- what the page around wants

  /** @param {MessageEvent} event */
  #receive({ source, origin, data, ports }) {
    if (!this.#family || source !== parent || origin !== self.origin) return;
    switch (data?.procession) {
      case 'open': void this.#open(data); break;
      case 'play': case 'pause': case 'step': this.#ask('order', { time: data.procession }); break;
      case 'restart': this.#ask('order', { time: 'reset' }); break;
      case 'present': this.#presents = data.on === true; this.#leave(); break;
      case 'theme': this.#dress(String(data.theme)); break;
      case 'keep': this.#ask('keep', { port: ports[0], kind: data.kind, address: String(data.address) }); break;
    }
  }

  /** The fragment was changed: the run as it was opened, and other wishes. */
  #follow() {
    const theme = themeOf(location.hash);
    if (theme) this.#dress(theme);
    void this.#check();
    void this.#begun(this.#first, wishesOf(location.hash), this.#id);
  }

  /** @param {Record<string, unknown>} message */
  #open(message) { return this.#begun(String(message.query ?? ''), wishesIn(message), Number(message.id) || 0); }

  /** @param {string} query @param {import('./wishes.js').Wishes} wishes @param {number} id */
  async #begun(query, wishes, id) {
    const before = this.#wishes;
    this.#id = id;
    this.#wishes = wishes;
    this.#room.place = placeOf(wishes);
    const { at, playing, speed, worlds, open } = wishes;
    const { ready, query: had, shown, reached, speed: pace } = this.#now;
    // The server may be further than the picture: what stands, stands here.
    const same = ready && query === had && at === Math.round(shown) && (playing || reached <= shown) && speed === pace && worlds.join('|') === before.worlds.join('|');
    this.#first = query;
    this.#opened = false;
    if (!same) this.#then = [];
    this.#apply();
    this.#panel(before.open === open ? '' : open, before.open);
    if (!same) {
      await this.#views.turn(worlds);
      if (id !== this.#id) return; // another one came meanwhile
      this.#room.reopen(query, at, playing, speed);
      // What was scrolled to was there in the run before.
      for (const part of [this.#page, ...this.#page.querySelectorAll(SCROLLED)]) part.scrollTo(0, 0);
    } else if (playing !== this.#now.playing) {
      if (before.wait && !wishes.wait) this.#greet();
      this.#ask('order', { time: playing ? 'play' : 'pause' });
    }
    this.#ask('stale');
  }

  /** The run that was asked for is on the screen. */
  opened() {
    if (!this.#first && !this.#id) {
      this.#first = this.#now.query;
      void this.#check(); // who is there is known
      this.#panel(this.#wishes.open, '');
    }
    if (this.#wishes.controls.has('timeline')) this.#ask('travel');
    const { shown, playing } = this.#now;
    if (this.#wishes.wait || (shown > 0 && !playing)) this.#greet();
    const orders = this.#then ?? [];
    this.#then = undefined;
    for (const order of orders) this.#ask('order', order);
    this.tell();
  }

  /** Says what one looks at, until something happens. */
  #greet() {
    const { shown } = this.#now;
    this.#ask('introduce', this.#wishes.wait ? t('embed.wait') : shown > 0 ? t('embed.at', { moment: inSeconds(Math.round(shown), language) }) : t('intro'));
  }

  /** Opens a panel, and closes another; neither takes the focus. @param {string} name @param {string} before */
  #panel(name, before) {
    const there = /** @type {HTMLElement | null} */ (this.#page.querySelector('.sheet:not([hidden]) > header .tool'));
    if (before && before !== 'machine' && before !== this.#wishes.open) there?.click();
    if (name !== 'code' && name !== 'charts') return;
    // What is inert cannot have the focus: that stays where the reader is, perhaps in the page around.
    document.body.inert = true;
    document.addEventListener('sheet', () => setTimeout(() => { document.body.inert = false; }), { once: true });
    if (name === 'charts') this.#views.key('g');
    else this.#let(() => this.#ask('panel', { name, anchor: this.#page }));
  }

  /** Does what the reader may not. @param {() => void} act */
  #let(act) {
    this.#letting = true;
    act();
    this.#letting = false;
  }

  /** @param {string} theme */
  #dress(theme) {
    const { dataset } = document.documentElement;
    if (theme === 'auto') delete dataset.theme;
    else dataset.theme = theme;
    this.#ask('colours');
  }

  // ---- what it tells

  /** A picture was drawn. */
  tell() {
    this.#caption();
    const { ready, shown, playing, ended, query, speed } = this.#now;
    const { until } = this.#wishes;
    if (ready && !this.#then && !this.#stopped && shown >= this.#limit) {
      this.#stop(true);
      if (playing) this.#room.order({ time: 'pause' }); // nobody asked for it, so nobody is told of that
    }
    const state = { procession: 'state', until, playing: playing && !this.#stopped, stopped: this.#stopped, ended, query, speed, id: this.#id, ready: ready && !this.#then };
    const told = JSON.stringify(state);
    const moment = Math.round(shown);
    const wall = performance.now();
    if (told === this.#told && (this.#toldMoment === moment || (state.playing && wall - this.#toldAt < PAUSE))) return;
    this.#told = told;
    this.#toldMoment = moment;
    this.#toldAt = wall;
    this.#post({ ...state, now: moment });
    setAttr(this.#link, 'href', linkOf(query, location.search, '/', withMoment('', moment)));
  }

  /** The words over the stage: those of whoever made the run, until the reader makes another one of it. */
  #caption() {
    const stage = /** @type {import('../stage/stage.js').StageElement | null} */ (this.#page.querySelector(':scope > procession-stage'));
    const { headline, note } = this.#wishes;
    const own = this.#now.query === this.#first;
    stage?.caption(own || headline === 'none' ? headline : '', own || note === 'none' ? note : '');
  }

  /** The run is to stop by itself. @param {number} limit virtual µs; Infinity: nowhere */
  #stopAt(limit) {
    this.#limit = limit;
    this.#room.clock.until = limit;
    this.#stop(false);
  }

  /** Says how high the page would like to be, CSS pixels. */
  #measure() {
    const height = Math.ceil(this.#page.scrollHeight);
    if (height === this.#height) return;
    this.#height = height;
    this.#post({ procession: 'height', height });
  }

  /** @param {boolean} stopped */
  #stop(stopped) {
    this.#stopped = stopped;
    document.documentElement.toggleAttribute('data-stopped', stopped);
    if (stopped) void this.#sum();
    else setText(this.#word, '');
  }

  /**
   * Says that the run stands. Who hears it is told all answers of whoever it is about, since of those that went by
   * only some were said; all in one message.
   */
  async #sum() {
    const { said } = await import('../stage/parts/spoken.js').catch(() => ({ said: undefined }));
    if (!this.#stopped) return;
    const { visitors } = this.#room.world.state;
    const few = said && visitors.size <= FEW ? [...visitors.values()].filter(({ strip }) => strip.length) : [];
    const answers = few.map(({ name, strip }) => t('voice.strip', { name, answers: strip.map(said ?? String).join(', ') }));
    this.#word.replaceChildren(t('embed.stopped'), ...answers.map((text) => h('span', { class: 'aloud' }, ` ${text}`)));
  }

  /** @param {object} message */
  #post(message) {
    if (parent !== self) parent.postMessage(message, this.#family ? self.origin : '*');
  }
}

/** Where the first run begins. @param {import('./wishes.js').Wishes} wishes */
const placeOf = ({ at, playing, speed }) => ({ at, playing, speed });
