// The page: one world of its own, a room that tells it what happens, and the
// moment that is shown. Everything on the screen is drawn from that world at
// that moment, be it now, in the past, or where a link leads.

import { Banners } from './banners.js';
import { MODES } from './controls/controls.js';
import { themeButton } from './controls/theme.js';
import { h, setAttr } from './dom.js';
import { Fit } from './fit.js';
import { icon } from './icons.js';
import { Keys } from './keys.js';
import { addressOf } from './language.js';
import { Link } from './link.js';
import { noteOn } from './notes.js';
import { Panels } from './panels/panels.js';
import { styles } from './panels/styles.js';
import { Room } from './room.js';
import { t } from './text.js';
import { storage } from './url.js';
import { Views } from './views.js';
import { World } from './world.js';

/** @typedef {import('./model.js').Event} Event */

/** How often (ms) a playing page notes its place for a reload. */
const NOTE = 1000;

/** How often (ms) the moment is written into the document for those who read attributes. */
const STAMP = 200;

/** Between pictures (ms) for those who want no movement. */
const STILL_PAUSE = 120;

/** What is not needed for the first picture waits so long, ms. */
const SETTLED = 250;

/** Where a browser keeps that it has been here. */
const VISITED = 'procession-visited';

/** Keys of time. @type {Record<string, string>} */
const TIMES = { ArrowRight: 'step', '.': 'step', '-': 'slower', '+': 'faster', '=': 'faster', r: 'reset' };

/** The page is a frame in another one. */
const FRAMED = 'embed' in document.documentElement.dataset;

export class AppElement extends HTMLElement {
  #root = document.documentElement;
  #controls = /** @type {import('./controls/controls.js').ControlsElement} */ (document.createElement('procession-controls'));
  #transport = /** @type {import('./controls/transport.js').TransportElement} */ (document.createElement('procession-transport'));
  #stage = /** @type {import('./stage/stage.js').StageElement} */ (document.createElement('procession-stage'));
  #footer = /** @type {import('./footer.js').FooterElement} */ (document.createElement('procession-footer'));
  /** What can be done to a visitor or a process; once it was asked for. @type {import('./controls/menu.js').MenuElement | undefined} */
  #menu;
  /** @type {import('./controls/help.js').HelpElement | undefined} */
  #help;
  #more = /** @type {import('./controls/more.js').MoreElement} */ (document.createElement('procession-more'));
  #present = /** @type {import('./controls/present.js').PresentElement} */ (document.createElement('procession-present'));
  #banners = new Banners();
  #theme = themeButton(() => this.#recolour());
  #panels = new Panels(this);
  #world = new World(this.#stage);
  #link = new Link(this.dataset.version);
  #views = new Views({
    page: this, world: this.#world, reconnect: () => this.#room.reconnect(), wake: () => this.#wake(),
    now: () => ({ state: this.#world.state, shown: this.#room.clock.shown, query: this.#link.shared }),
  });
  #room = new Room(this.#link, this.#world, {
    framed: FRAMED, place: () => this.#embed?.place, worlds: () => this.#views.worlds, beside: (n) => this.#views.world(n),
  });
  /** The page's part as a frame in another page. @type {import('./embed/embed.js').Embed | undefined} */
  #embed;
  /** Time travel, once it has loaded. @type {import('./travel/travel.js').Travel | undefined} */
  #travel;
  /** @type {import('./travel/timeline.js').TimelineElement | undefined} */
  #timeline;
  /** The first visit, while it builds the picture up. @type {import('./opening.js').Opening | undefined} */
  #opening;
  /** @type {Promise<void> | undefined} */
  #learned;

  /** What is counted. @type {import('./figures.js').Window} */
  #window = 'change';
  /** The event that the footer tells; undefined: it introduces. @type {Event | undefined} */
  #told;
  /** Somebody has just gone to another moment, and wants to hear about that. */
  #asked = false;
  #frame = 0;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #onScreen = true;
  #noted = 0;
  #stamped = 0;
  #shownSeq = -1;
  /** Something changed while time stands still. */
  #stale = true;

  connectedCallback() {
    if (this.#root.dataset.connection) return;
    this.#build();
    this.#listen();
    this.#motion();
    this.#root.dataset.connection = 'connecting';
    this.#footer.introduce(t('connecting'));
    // Without its opening the page begins as it does for who was here before.
    const first = this.#first().catch(() => {});
    void Promise.all([this.#views.ready(), this.#join(), first]).then(() => this.#room.open());
  }

  /** The first visit to the untouched page builds the picture up. */
  async #first() {
    const untouched = !FRAMED && !this.#link.query && !location.hash;
    if (!untouched || storage('local')?.getItem(VISITED) !== null) return;
    storage('local')?.setItem(VISITED, 'true');
    await styles('opening');
    const { Opening, RUN } = await import('./opening.js');
    this.#link.turn(RUN, true);
    this.#opening = new Opening({
      page: this, still: this.#still.matches,
      pause: () => this.#room.order({ time: 'pause' }),
      show: (at) => this.#room.reopen(RUN, at, false, 1, true),
      end: (command) => {
        this.#opening = undefined;
        this.#room.reopen('', 0, true, 1);
        if (command) this.#order({ do: command });
      },
    });
  }

  #build() {
    setAttr(this.#stage, 'role', 'main');
    const help = h('button', { type: 'button', class: 'tool', 'aria-label': t('help'), title: t('hint', { word: t('help'), key: t('key.help') }), click: () => void this.#openHelp() }, icon('help'));
    this.replaceChildren(
      h('header', { class: 'bar' },
        h('a', { class: 'brand', href: addressOf('', location.search), title: t('brand.why') }, h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' }), h('span', {}, t('brand'))),
        this.#controls.setUp,
        h('span', { class: 'tools' }, h('a', { class: 'to-lessons', href: addressOf('', location.search, '/lessons') }, t('lessons')), this.#more)),
      this.#banners.element, this.#stage, this.#footer,
    );
    this.#footer.append(h('div', { class: 'deck' }, this.#controls, this.#transport));
    this.#more.fill(FRAMED ? [] : [this.#views.element], [this.#present, this.#theme.button, help]);
    this.#banners.version(this.#link.made, this.dataset.version ?? '');
    if (!FRAMED) new Fit(this).now();
  }

  #listen() {
    const room = this.#room;
    const detail = (/** @type {globalThis.Event} */ event) => /** @type {CustomEvent} */ (event).detail;
    room.addEventListener('picture', (event) => this.#renew(detail(event)));
    room.addEventListener('grown', () => this.#travel?.grow());
    room.addEventListener('pace', (event) => {
      if (detail(event)?.playing) this.#travel?.goOn();
      this.#refresh();
    });
    room.addEventListener('condition', (event) => this.#connected(detail(event)));
    room.addEventListener('problem', (event) => void this.#refused(detail(event)));
    room.addEventListener('unheard', (event) => this.#banners.complain(detail(event), t(`connection.${detail(event)}`)));
    room.addEventListener('progress', (event) => this.#banners.progress(detail(event)));
    room.addEventListener('heard', () => this.#wake());
    this.#world.onEvent = (e, state) => this.#panels.note(e, state);
    this.#world.addEventListener('change', () => {
      this.#banners.progress(this.#world.progress);
      this.#refresh();
    });
    this.addEventListener('order', (event) => this.#order(detail(event)));
    this.addEventListener('menu', (event) => void this.#openMenu(detail(event)));
    this.addEventListener('moment', (event) => {
      const { seq, ts } = detail(event);
      void this.#learnToTravel().then(() => (seq === undefined ? this.#travel?.to(ts) : this.#travel?.toEvent(seq)));
    });
    this.addEventListener('window', (event) => {
      this.#window = detail(event);
      this.#views.window = this.#window;
      this.#refresh();
    });
    this.addEventListener('stale', () => this.#wake());
    new Keys((event) => this.#key(event));
    document.addEventListener('visibilitychange', () => this.#look());
    addEventListener('pagehide', () => room.note());
    addEventListener('online', () => room.hurry());
    this.#still.addEventListener('change', () => this.#motion());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#recolour());
    new IntersectionObserver((entries) => {
      this.#onScreen = entries[entries.length - 1].isIntersecting;
      this.#look();
    }).observe(this);
  }

  /** Where the page is a frame in another one, it learns what is wanted of it. */
  async #join() {
    if (!FRAMED) return;
    const { Embed } = await import('./embed/embed.js');
    const room = this.#room;
    this.#embed = new Embed({
      page: this,
      now: () => ({ ready: room.ready, shown: room.clock.shown, reached: room.clock.reached, ended: this.#world.state.ended, query: this.#link.query, ...room.wanted.pace }),
      order: (order) => this.#order(order),
      reopen: (query, at, playing, speed) => this.#reopen(query, at, playing, speed),
      limit: (until) => { room.clock.until = until; },
      turn: (worlds) => this.#views.turn(worlds),
      charts: () => this.#views.key('g'),
      travel: () => void this.#learnToTravel(),
      forget: () => this.#controls.forgetWishes(),
      introduce: (text) => this.#introduce(text),
      recolour: () => this.#recolour(),
      wake: () => this.#wake(),
    });
  }

  // ---- what the server says

  /** @param {{message: import('./wire.js').Snapshot, known: boolean}} picture */
  #renew({ known }) {
    this.#banners.progress(undefined);
    this.#controls.forgetWishes();
    this.#stage.storeAddress = this.#room.storeAddress;
    if (!known && !this.#opening) this.#introduce(t('intro'));
    this.#travel?.renew(known);
    this.#stale = true;
    this.#draw(performance.now());
    this.#panels.renew();
    this.#embed?.opened();
    if (this.#root.dataset.ready) return; // another run in the same page
    if (!FRAMED) setTimeout(() => void this.#learnToTravel(), SETTLED);
    this.#root.dataset.ready = 'true';
    performance.mark('ready'); // the first load ends here; the rest comes when there is time
    void import('./controls/present.js').then(() => { this.#present.world = this.#world; }).catch(() => {}); // then nobody presents
    void styles('overlay');
    void import('./later.js').then(() => this.#wake()).catch(() => {}); // then nothing is told
    void import('./stage/later/later.js').then(async ({ parts }) => this.#stage.extend(await parts(this.#stage), this.#world.state, this.#world.recent(this.#room.clock.shown)));
  }

  /** Says why something was refused, in the reader's language. @param {import('./wire.js').Problem} message */
  async #refused(message) {
    this.#travel?.refused();
    this.#controls.forgetWishes();
    this.#views.refused(message);
    const text = await import('./problems.js').then(({ told }) => told(message, document.documentElement.lang), () => message.text);
    if (!this.#panels.refuse(message.key, text)) this.#banners.complain(message.code, text);
  }

  /** @param {import('./connection.js').Condition} condition */
  #connected(condition) {
    this.#banners.connection(condition);
    if (condition === 'open') this.#banners.calm();
    else if (!this.#room.listens) this.#menu?.close(true);
    this.#controls.disabled = !this.#room.listens;
    this.#stale = true;
    this.#draw(performance.now()); // where the clock stands
    this.#root.dataset.connection = condition;
    this.#wake();
  }

  // ---- what people ask for

  /** @param {import('./room.js').Order} order */
  #order(order) {
    this.#banners.calm();
    this.#asked = true;
    if (this.#embed?.takes(order)) return;
    const apart = order.do && this.#views.apart(order.do);
    if (apart) {
      this.#banners.complain('apart', t('beside.apart', { key: t(apart) }));
      this.#controls.forgetWishes();
      return;
    }
    if (!this.#travel?.order(order)) this.#room.order(order);
  }

  /** What a key means; false: nothing. @param {KeyboardEvent} event */
  #key(event) {
    const { key } = event;
    if (this.#timeline?.key(event)) return true;
    const mode = MODES[Number(key) - 1];
    const time = TIMES[key];
    if (key === '?') void this.#openHelp();
    else if (key === 'e') this.#more.all();
    else if (mode) this.#choose(mode);
    else if (this.#present.key?.(key) || this.#panels.key(key) || this.#views.key(key)) return true;
    else if (key === ' ') this.#order({ time: this.#room.wanted.playing ? 'pause' : 'play' });
    else if (time) this.#order({ time });
    else return false;
    return true;
  }

  /** @param {string} mode */
  #choose(mode) {
    if (this.#room.listens) this.#controls.choose(mode);
  }

  /** @param {{what: 'visitor' | 'worker' | 'workers', which: string, anchor: HTMLElement}} about */
  async #openMenu({ what, which, anchor }) {
    const { MenuElement } = await import('./controls/menu.js');
    await styles('overlay');
    if (!this.#menu) this.append(this.#menu = new MenuElement());
    this.#menu.offers = (verb) => this.#embed?.offers(verb) ?? true;
    if (this.#room.listens) this.#menu.open(what, which, anchor, this.#world.state);
  }

  async #openHelp() {
    const { HelpElement } = await import('./controls/help.js');
    await styles('overlay');
    if (!this.#help) this.append(this.#help = new HelpElement());
    void this.#help.open();
  }

  // ---- time

  get #away() { return document.hidden || !this.#onScreen; }

  /** Somebody looks at the page, or nobody does any more. */
  #look() {
    this.#room.away = this.#away;
    this.#refresh();
  }

  #motion() {
    this.#stage.still = this.#still.matches;
    this.#views.still = this.#still.matches;
    this.#refresh();
  }

  /** Draws everything anew, soon. */
  #refresh() {
    this.#stale = true;
    this.#wake();
  }

  /** Draws soon, and goes on as long as time does. */
  #wake() {
    if (this.#frame || this.#away) return;
    this.#frame = this.#still.matches
      ? Number(setTimeout(() => this.#tick(), STILL_PAUSE))
      : requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    this.#frame = 0;
    this.#draw(performance.now());
    if (!this.#room.clock.settled || this.#travel?.playing) this.#wake();
  }

  /** Draws the world as it is at the moment that is shown. @param {number} wall */
  #draw(wall) {
    const { clock, wanted, listens, ready } = this.#room;
    if (!ready) return;
    const place = this.#travel?.advance(wall);
    const shown = place?.moment ?? clock.advance(wall);
    const playing = place ? Boolean(this.#travel?.playing) : clock.playing;
    const rest = place ? !playing : !playing && clock.settled;
    this.#world.seek(shown, place?.seq);
    const { state } = this.#world;
    const fresh = this.#stale || state.seq !== this.#shownSeq;
    this.#shownSeq = state.seq;
    this.#stage.draw(state, shown, rest);
    this.#panels.draw(state, shown);
    this.#views.draw(shown, rest, wall);
    this.#tell(shown, rest, place?.event ? this.#world.past?.event(place.seq) : undefined);
    if (fresh || this.#controls.waiting || this.#panels.waiting) {
      this.#controls.show(state);
      this.#panels.show(state, !listens);
    }
    if (fresh) {
      this.#footer.figures(this.#world.figures, state, this.#window, shown);
      this.#stage.remark(noteOn(state));
    }
    if (this.#stale) {
      this.#transport.show({ playing: place ? playing : wanted.playing, speed: wanted.speed, speeds: this.#room.speeds, ended: this.#world.ended && !place, disabled: !listens });
    }
    this.#transport.tell(shown, rest);
    this.#timeline?.show({ moment: shown, now: clock.reached, rest, ended: this.#world.ended, sentence: () => this.#footer.told, later: this.#link.later(clock.reached) });
    if (rest || fresh || wall - this.#stamped > STAMP) this.#stamp(wall, shown, playing, rest);
    if (wall - this.#noted > NOTE || (rest && !place)) {
      this.#noted = wall;
      this.#room.note();
    }
    this.#stale = false;
    this.#embed?.tell();
  }

  /** The sentence of the moment. @param {number} shown @param {boolean} rest @param {Event} [exact] the event that somebody went to */
  #tell(shown, rest, exact) {
    if (this.#opening) return this.#story(this.#opening);
    const e = exact ?? this.#world.told(shown, rest, this.#room.wanted.speed);
    // Who lets time go on again is not told what came before what was told already.
    if (e === this.#told || (!rest && e && this.#told && e.seq < this.#told.seq && this.#told.seq <= this.#world.state.seq)) return;
    if (!e && !this.#told) return;
    this.#told = e;
    if (e) this.#footer.say(this.#world.parts(e), e, this.#asked);
    else this.#footer.introduce(t('intro'));
    this.#stage.tell(e);
    if (rest) this.#asked = false;
  }

  /** What the opening says of the picture. @param {import('./opening.js').Opening} opening */
  #story(opening) {
    const words = opening.words(this.#world.state);
    if (words === this.#footer.told) return;
    const out = this.#world.told(this.#room.clock.shown, true, 1);
    if (this.#world.state.totals.logouts && out) this.#footer.say([{ text: words, ink: '' }], out, true);
    else this.#footer.introduce(words);
  }

  /** Words before anything has happened. @param {string} text */
  #introduce(text) {
    this.#told = undefined;
    this.#footer.introduce(text);
    this.#stage.tell(undefined);
  }

  // ---- the past

  /** What this browser knows of the run; undefined before the first picture. */
  get past() { return this.#world.past; }

  /** The run from its first event; what never came here is fetched. */
  whole() { return this.#world.whole(); }

  /** Loads what time travel needs. */
  #learnToTravel() {
    this.#learned ??= import('./travel/mount.js').then(async ({ mount }) => {
      const { clock, wanted } = this.#room;
      const { travel, timeline } = await mount({
        world: this.#world,
        present: () => ({ moment: clock.reached, shown: clock.shown, seq: this.#world.state.seq, ...wanted.pace, query: this.#link.query, link: this.#link.shared, later: this.#link.later(clock.reached).length > 0 }),
        send: (text) => this.#room.send(text),
        wake: () => this.#wake(),
        reopen: (query, at) => this.#reopen(query, at),
        fail: (text) => this.#banners.complain('past', text ?? t('travel.gone')),
      }, this.#footer.querySelector('.travel') ?? this.#footer);
      this.#travel = travel;
      this.#timeline = timeline;
      travel.addEventListener('change', () => {
        this.#asked ||= Boolean(travel.place);
        this.#refresh();
      });
      // Back in the present, which goes on from where the server is.
      travel.addEventListener('present', () => {
        clock.seek({ now: clock.reached, ...wanted.pace }, performance.now());
        if (this.#away) clock.hold();
      });
      // In a frame the address says where the run begins, and nothing of the past.
      if (!this.#embed) {
        addEventListener('hashchange', () => travel.follow());
        if (wanted.playing) travel.goOn();
        else travel.arrive();
      }
      this.#root.dataset.travel = 'true';
      this.#wake();
    });
    return this.#learned;
  }

  /** Opens a run in a room of its own at a moment, paused unless said otherwise. @param {string} query @param {number} at virtual µs @param {boolean} [playing] @param {number} [speed] */
  #reopen(query, at, playing, speed) {
    this.#room.reopen(query, at, playing, speed);
    this.#banners.version(this.#link.made, this.dataset.version ?? '');
  }

  /** Writes where the page is into the document. @param {number} wall @param {number} shown @param {boolean} playing @param {boolean} rest all that is known is shown */
  #stamp(wall, shown, playing, rest) {
    this.#stamped = wall;
    const { dataset } = this.#root;
    const { state } = this.#world;
    Object.assign(dataset, { now: Math.round(shown), seq: state.seq, playing, rest, mode: state.scenario.mode, epoch: this.#room.epoch, ended: state.ended });
  }

  #recolour() {
    this.#theme.tell();
    this.#stage.recolour();
    this.#views.recolour();
    this.#refresh();
  }
}
