// The page: it connects, keeps the model, moves through time, and tells the
// elements what to draw. Everything below it only draws or only asks.

import { linkOf, runIn, split } from './address.js';
import { Connection } from './connection.js';
import { h, setAttr, setText } from './dom.js';
import { Figures } from './figures.js';
import { Given } from './given.js';
import { momentOf } from './hash.js';
import { icon } from './icons.js';
import { Heard } from './heard.js';
import { addressOf } from './language.js';
import { apply, create, fromSnapshot } from './model.js';
import { Narrator } from './narrate.js';
import { noteOn } from './notes.js';
import { Playback } from './playback.js';
import { Speaker } from './say.js';
import { sentences, t } from './text.js';
import { allCommands, forget, format, parse, parseCommands, recall, remember, unversioned, versioned } from './url.js';
import { Views } from './views.js';
import { Wanted } from './wanted.js';
import { EventReader, say } from './wire.js';
import { MODES } from './controls/controls.js';
import { Panels } from './panels/panels.js';

/** @typedef {import('./model.js').Event} Event */

/** How often (ms) a playing page notes its place for a reload. */
const NOTE = 1000;

/** How often (ms) the moment is written into the document for those who read attributes. */
const STAMP = 200;

/** Events after which the set-up may be another. */
const SET_UP = /^(scenario|store|command|worker)\./;

/** Between pictures (ms) for those who want no movement. */
const STILL_PAUSE = 120;

/** What is not needed for the first picture waits so long, ms. */
const SETTLED = 250;

/** What happened in the last seconds before a moment (virtual µs) is shown with it, but for very much. */
const RECENT = 10_000_000;
const RECENT_EVENTS = 2000;

const THEMES = ['auto', 'light', 'dark', 'projector'];

export class AppElement extends HTMLElement {
  #root = document.documentElement;
  #controls = /** @type {import('./controls/controls.js').ControlsElement} */ (document.createElement('procession-controls'));
  #transport = /** @type {import('./controls/transport.js').TransportElement} */ (document.createElement('procession-transport'));
  #stage = /** @type {import('./stage/stage.js').StageElement} */ (document.createElement('procession-stage'));
  #footer = /** @type {import('./footer.js').FooterElement} */ (document.createElement('procession-footer'));
  #menu = /** @type {import('./controls/menu.js').MenuElement} */ (document.createElement('procession-menu'));
  #help = /** @type {import('./controls/help.js').HelpElement} */ (document.createElement('procession-help'));
  #condition = h('p', { class: 'banner', role: 'status', hidden: true });
  #problemText = h('span');
  #problem = h('p', { class: 'banner problem', role: 'alert', hidden: true }, this.#problemText);
  /** Says that the link was made with another version of the simulator. */
  #old = h('p', { class: 'banner', role: 'status', 'data-old': true, hidden: true });
  #progress = h('progress', { max: 1, hidden: true });
  #theme = h('button', { type: 'button', class: 'tool' });
  #present = /** @type {import('./controls/present.js').PresentElement} */ (document.createElement('procession-present'));
  #panels = new Panels(this);
  #views = new Views({
    page: this,
    stage: this.#stage,
    reconnect: () => this.#reconnect(),
    resync: () => this.#resync(),
    wake: () => this.#wake(),
    now: () => ({ state: this.#state, shown: this.#playback.shown, query: this.#link }),
  });

  #state = create();
  #ready = false;
  /** Events that have come and whose moment has not. @type {Event[]} */
  #queue = [];
  #due = 0; // index into the queue
  #playback = new Playback();
  #figures = new Figures();
  #speaker = new Speaker();
  #narrator = new Narrator(sentences());
  #heard = new Heard(this.#narrator);
  /** @type {EventReader | undefined} */
  #reader;
  /** @type {import('./wire.js').Schema | undefined} */
  #schema;
  #room = '';
  #epoch = 0;
  #head = 0; // seq of the last event that has come
  #ended = false;
  /** @type {number[]} */
  #speeds = [1];
  /** The scenario of the address without its commands. */
  #values = parse(runIn(location.search, location.hash));
  /** @type {import('./url.js').Command[]} */
  #linked = parseCommands(this.#values.get('do') ?? '');
  /** @type {import('./url.js').Command[]} */
  #applied = [];
  #query = runIn(location.search, location.hash);
  #given = new Given();
  /** @type {import('./url.js').Place & {counts?: import('./figures.js').Counts} | undefined} */
  #recalled;
  /** The page's part as a frame in another page. @type {import('./embed/embed.js').Embed | undefined} */
  #embed;
  /** Time travel, once it has loaded. @type {import('./travel/travel.js').Travel | undefined} */
  #travel;
  /** @type {import('./travel/timeline.js').TimelineElement | undefined} */
  #timeline;
  /** What came before it had. @type {(import('./wire.js').Snapshot | Event[])[]} */
  #early = [];
  /** The picture is that of another moment, and not what follows from the last one. */
  #jumped = false;
  #toldSeq = 0; // of the event of the past that the footer tells

  #frame = 0;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #onScreen = true;
  #noted = 0;
  #stamped = 0;
  /** Something changed while time stands still. */
  #stale = true;

  #connection = new Connection({
    address: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${framed() ? '/embed' : ''}/ws?${split(this.#query).sent}`,
    where: () => ({ ...this.#where(), ...this.#commands(), ...this.#views.where() }),
    onMessage: (message) => this.#hear(message),
    onCondition: (condition) => this.#connected(condition),
  });

  connectedCallback() {
    if (this.#root.dataset.connection) return;
    this.#build();
    this.#date(this.#values.get('v'));
    this.#values.delete('do');
    const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
    // Only a reload goes on where it was; a link that is opened begins at the beginning.
    if (entry && entry.type !== 'navigate' && !framed()) this.#recalled = recall(storage('session'), this.#query);
    this.addEventListener('order', (event) => this.#order(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener('menu', (event) => {
      const { what, which, anchor } = /** @type {CustomEvent} */ (event).detail;
      if (this.#connection.condition === 'open') this.#menu.open(what, which, anchor, this.#state);
    });
    this.addEventListener('stale', () => this.#wake());
    document.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('visibilitychange', () => this.#look());
    addEventListener('pagehide', () => this.#note());
    addEventListener('online', () => this.#connection.hurry());
    this.#still.addEventListener('change', () => this.#motion());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#recolour());
    new IntersectionObserver((entries) => {
      this.#onScreen = entries[entries.length - 1].isIntersecting;
      this.#look();
    }).observe(this);
    this.#motion();
    this.#root.dataset.connection = 'connecting';
    this.#footer.introduce(t('connecting'));
    void Promise.all([this.#views.ready(), this.#join()]).then(() => this.#connection.open());
  }

  /** Where the page is a frame in another one, it learns what is wanted of it. */
  async #join() {
    if (!framed()) return;
    const { Embed } = await import('./embed/embed.js');
    this.#embed = new Embed({
      page: this,
      now: () => ({ ready: this.#ready, shown: this.#playback.shown, reached: this.#playback.reached, ended: this.#state.ended, query: this.#query, ...this.#wanted.pace }),
      order: (order) => this.#order(order),
      reopen: (query, at, playing, speed) => this.#reopen(query, at, playing, speed),
      limit: (until) => { this.#playback.until = until; },
      turn: (worlds) => this.#views.turn(worlds),
      charts: () => this.#views.key('g'),
      travel: () => void this.#learnToTravel(),
      forget: () => this.#controls.forgetWishes(),
      introduce: (text) => this.#footer.introduce(text),
      recolour: () => this.#recolour(),
      wake: () => this.#wake(),
    });
    this.#menu.offers = (verb) => this.#embed?.offers(verb) ?? true;
  }

  #build() {
    this.#present.heard = this.#heard;
    setAttr(this.#stage, 'role', 'main');
    const help = h('button', { type: 'button', class: 'tool', 'aria-label': t('help'), title: t('hint', { word: t('help'), key: t('key.help') }), click: () => this.#help.open() }, icon('help'));
    this.#theme.addEventListener('click', () => this.#nextTheme());
    this.#problem.append(close(this.#problem));
    this.replaceChildren(
      h('header', { class: 'bar' },
        h('a', { class: 'brand', href: addressOf('', location.search), title: t('brand.why') }, h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' }), h('span', {}, t('brand'))),
        this.#controls, this.#transport,
        h('span', { class: 'tools' }, h('a', { class: 'to-lessons', href: addressOf('', location.search, '/lessons') }, t('lessons')), this.#present, this.#theme, help)),
      h('div', { class: 'banners' }, this.#condition, this.#problem, this.#old, this.#progress),
      this.#stage, this.#footer, this.#menu, this.#help,
    );
    this.#showTheme();
  }

  // ---- what the server says

  /** What to resume. @returns {Parameters<typeof say.open>[0]} */
  #where() {
    if (this.#ready) {
      return {
        at: Math.round(this.#playback.shown), room: this.#room, epoch: this.#epoch, seq: this.#head,
        playing: this.#wanted.playing, speed: this.#wanted.speed,
      };
    }
    const place = this.#recalled;
    const linked = momentOf(location.hash);
    if (!place && this.#embed) return this.#embed.place;
    if (!place) return { at: linked ?? 0, playing: linked === undefined, speed: 1 };
    return { at: place.at, room: place.room, epoch: place.epoch, seq: place.seq, playing: place.playing, speed: place.speed };
  }

  /** The run's commands, where the address of the socket has no place for them. */
  #commands() {
    this.#given.begin(parse(this.#query).get('do') ?? '');
    const { kept } = split(this.#query);
    return kept ? { do: kept } : {};
  }

  /** How time should go, also while nobody can be asked. */
  #wanted = new Wanted();

  /** @param {import('./wire.js').Message} message */
  #hear(message) {
    const wall = performance.now();
    if (message.type === 'given') return this.#given.hear(message);
    if (message.type === 'snapshot') this.#given.fill(message);
    const elsewhere = this.#views.hear(message);
    if (elsewhere) {
      if (elsewhere.commands.length) this.#learn(elsewhere.commands, elsewhere.now);
      this.#wake();
      return;
    }
    switch (message.type) {
      case 'welcome':
        this.#schema = message.schema;
        this.#speeds = message.speeds;
        this.#stage.storeAddress = message.storeAddr;
        // Where the room and the epoch are the ones we know, what was missed follows; else a snapshot.
        if (message.room !== this.#room || message.epoch !== this.#epoch) this.#reader = undefined;
        this.#room = message.room;
        this.#epoch = message.epoch;
        this.#asked = false;
        this.#wanted.forget(); // what was asked of another connection gets no answer
        // The room of before a reload thinks that we know the picture, and sends what is new at most.
        if (!this.#ready && message.room === this.#recalled?.room) this.#resync();
        break;
      case 'snapshot':
        this.#renew(message, wall);
        this.#arrive();
        break;
      case 'frame':
        this.#receive(message, wall);
        break;
      case 'pace':
        this.#pace(message, wall);
        break;
      case 'progress':
        this.#progress.hidden = message.done >= 1;
        this.#progress.value = message.done;
        break;
      case 'error':
        this.#travel?.refused();
        this.#wanted.forget();
        if (message.code === 'bad-resume') break; // a room of our own follows; nobody needs to know
        this.#controls.forgetWishes();
        void this.#refused(message);
        break;
    }
    this.#wake();
  }

  /** Says why something was refused, in the reader's language. @param {import('./wire.js').Problem} message */
  async #refused(message) {
    const text = await import('./problems.js').then(({ told }) => told(message, document.documentElement.lang), () => message.text);
    if (this.#panels.refuse(message.key, text)) return;
    setText(this.#problemText, text);
    setAttr(this.#problem, 'data-code', message.code);
    this.#problem.hidden = false;
  }

  /** A snapshot was asked for, and has not come yet. */
  #asked = false;

  /** Asks for the whole picture. */
  #resync() {
    if (!this.#asked) this.#connection.send(say.resync());
    this.#asked = true;
  }

  /** @param {import('./wire.js').Snapshot} message @param {number} wall */
  #renew(message, wall) {
    this.#progress.hidden = true;
    if (this.#schema) this.#reader = new EventReader(this.#schema);
    this.#epoch = message.epoch;
    this.#state = fromSnapshot(message.state);
    if (this.#recalled?.counts && !this.#ready) this.#figures.restore(this.#recalled.counts);
    else if (!this.#ready || message.now < this.#playback.shown) this.#figures.begin(this.#state);
    this.#queue = [];
    this.#due = 0;
    this.#head = this.#state.seq;
    this.#ended = message.ended;
    this.#values = parse(message.scenario);
    this.#linked = parseCommands(this.#values.get('do') ?? '');
    this.#values.delete('do');
    this.#values.delete('v');
    this.#applied = this.#state.commands.map((c) => ({ ...c }));
    this.#wanted.hear(message);
    this.#playback.seek(message, wall);
    if (this.#away) this.#playback.hold();
    this.#narrator.begin(this.#state);
    this.#heard.cut(this.#state.seq);
    this.#speaker.clear();
    this.#footer.introduce(t('intro'));
    this.#controls.forgetWishes();
    this.#stage.renew();
    this.#views.renew(message, this.#state);
    this.#stale = true;
    this.#asked = false;
    this.#writeAddress(message.now);
    this.#record(message);
    if (!this.#ready) {
      this.#ready = true;
      this.#draw(performance.now());
      this.#embed?.opened();
      if (this.#root.dataset.ready) return; // another run in the same page
      if (!this.#embed) setTimeout(() => void this.#learnToTravel(), SETTLED);
      this.#root.dataset.ready = 'true';
      performance.mark('ready'); // the first load ends here; the rest comes when there is time
      import('./stage/later/later.js').then(async ({ parts }) => this.#stage.extend(await parts(this.#stage), this.#state));
    }
  }

  /** @param {import('./wire.js').Frame} frame @param {number} wall */
  #receive(frame, wall) {
    if (frame.epoch !== this.#epoch) return;
    const events = this.#ready ? this.#reader?.read(frame) : undefined;
    if (!events || (events.length && events[0].seq !== this.#head + 1)) {
      // After a reload, or after a gap: the whole picture, please.
      this.#resync();
      return;
    }
    let commands = false;
    for (const event of events) {
      if (this.#travel?.place) this.#heard.hear(event);
      else this.#queue.push(event);
      if (event.kind !== 'command.applied') continue;
      this.#given.learn({ at: event.ts, text: event.text ?? '' });
      if (this.#applied.some((c) => c.at === event.ts && c.text === event.text)) continue; // another world said so first
      this.#applied.push({ at: event.ts, text: event.text ?? '' });
      commands = true;
    }
    this.#head = frame.seq;
    this.#playback.pace({ now: frame.now, playing: this.#playback.playing, speed: this.#playback.speed }, wall);
    if (this.#away) this.#playback.hold();
    if (commands) this.#writeAddress(frame.now);
    this.#record(events);
  }

  /** @param {import('./wire.js').Pace} pace @param {number} wall */
  #pace(pace, wall) {
    if (!this.#ready) return;
    this.#ended = pace.ended;
    const { shown } = this.#playback;
    this.#playback.pace(pace, wall);
    if (this.#away) this.#playback.hold();
    else this.#wanted.hear(pace);
    if (pace.playing) this.#travel?.goOn();
    if (this.#playback.shown < shown) {
      this.#draw(wall); // with all that has come
      this.#travel?.again();
    }
    this.#stale = true;
  }

  /** @param {import('./connection.js').Condition} condition */
  #connected(condition) {
    const wait = condition === 'lost' || condition === 'blocked' || condition === 'refused';
    this.#root.dataset.connection = condition;
    this.#condition.hidden = !wait;
    if (wait) setText(this.#condition, t(`connection.${condition}`));
    if (condition === 'refused') this.#condition.append(' ', h('a', { href: addressOf('', location.search) }, t('connection.refused.link')));
    if (wait) {
      this.#playback.hold();
      this.#menu.close(true);
      this.#moving = false;
      this.#held = [];
    } else {
      this.#problem.hidden = true;
      if (this.#away) this.#connection.send(say.away(true));
    }
    this.#controls.disabled = condition !== 'open';
    this.#stale = true;
    this.#wake();
  }

  /** Commands that were given in another world, and perhaps only there. @param {import('./url.js').Command[]} commands @param {number} now */
  #learn(commands, now) {
    for (const command of commands) this.#given.learn(command);
    const there = new Set(this.#applied.map((c) => `${c.at} ${c.text}`));
    this.#applied.push(...commands.filter((c) => !there.has(`${c.at} ${c.text}`)).map(({ at, text }) => ({ at, text })));
    this.#applied.sort((a, b) => a.at - b.at);
    this.#writeAddress(now);
  }

  /** The page is on its way into another room, and there is no picture of that yet. */
  #moving = false;

  /** Orders that were given meanwhile. @type {{do?: string, time?: string}[]} */
  #held = [];

  /** Goes on in a room of its own, at the moment that is shown. */
  #reconnect() {
    this.#room = '';
    this.#moving = this.#connection.condition === 'open';
    this.#connection.open();
  }

  /** The page has arrived: what was asked for on the way is done. */
  #arrive() {
    if (!this.#moving) return;
    this.#moving = false;
    for (const order of this.#held.splice(0)) this.#order(order);
  }

  // ---- what people ask for

  /** @param {{do?: string, time?: string}} order */
  #order(order) {
    this.#problem.hidden = true;
    if (this.#embed?.takes(order)) return;
    const apart = order.do && this.#views.apart(order.do);
    if (apart) {
      setText(this.#problemText, t('beside.apart', { key: t(apart) }));
      setAttr(this.#problem, 'data-code', 'apart');
      this.#problem.hidden = false;
      this.#controls.forgetWishes();
      return;
    }
    if (this.#travel?.order(order)) return;
    if (this.#moving) {
      this.#held.push(order);
      return;
    }
    if (order.do) this.#connection.send(say.do(order.do));
    switch (order.time) {
      case 'play': this.#ask(say.play(), { playing: true }); break;
      case 'pause': this.#ask(say.pause(), { playing: false }); break;
      case 'step': this.#ask(say.step(), { playing: false }); break;
      case 'reset': this.#connection.send(say.reset()); break;
      case 'slower': this.#hurry(-1); break;
      case 'faster': this.#hurry(1); break;
    }
  }

  /** Asks for another pace; who asks again before the answer goes on from there. @param {string} text @param {{playing?: boolean, speed?: number}} pace */
  #ask(text, pace) {
    if (!this.#connection.send(text)) return;
    this.#wanted.ask(pace);
    this.#stale = true;
    this.#wake();
  }

  /** @param {1 | -1} by */
  #hurry(by) {
    const at = this.#speeds.indexOf(this.#wanted.speed);
    const speed = at < 0 ? undefined : this.#speeds[at + by];
    if (speed !== undefined) this.#ask(say.speed(speed), { speed });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest('dialog, procession-menu, select, textarea')) return;
    const onButton = target.closest('button, a, input');
    const onRadio = target.closest('input');
    const open = this.#connection.condition === 'open';
    if (this.#timeline?.key(event)) {
      event.preventDefault();
      return;
    }
    switch (event.key) {
      case ' ': if (onButton) return; this.#order({ time: this.#wanted.playing ? 'pause' : 'play' }); break;
      case 'ArrowRight': if (onRadio) return; this.#order({ time: 'step' }); break;
      case '.': if (!this.#present.key(event.key)) this.#order({ time: 'step' }); break;
      case '-': this.#order({ time: 'slower' }); break;
      case '+': case '=': this.#order({ time: 'faster' }); break;
      case 'r': this.#order({ time: 'reset' }); break;
      case '1': case '2': case '3': case '4': if (open) this.#controls.choose(MODES[Number(event.key) - 1]); break;
      case '?': this.#help.open(); break;
      default: if (!this.#panels.key(event.key) && !this.#views.key(event.key) && !this.#present.key(event.key)) return;
    }
    event.preventDefault();
  }

  // ---- time

  get #away() { return document.hidden || !this.#onScreen; }

  /** Somebody looks at the page, or nobody does any more. */
  #look() {
    const away = this.#away;
    this.#connection.send(say.away(away));
    if (away) {
      this.#playback.hold();
      this.#note();
    } else {
      this.#stale = true;
      this.#wake();
    }
  }

  #motion() {
    this.#stage.still = this.#still.matches;
    this.#views.still = this.#still.matches;
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
    if (!this.#playback.settled || this.#travel?.playing) this.#wake();
  }

  /** @param {number} wall */
  #draw(wall) {
    if (!this.#ready) return;
    const view = this.#travel?.advance(wall);
    const shown = view?.moment ?? this.#playback.advance(wall);
    let applied = view?.moved ? 1 : 0;
    let setUp = this.#stale || this.#controls.waiting || Boolean(view?.moved);
    if (view) this.#behold(view);
    while (!view && this.#due < this.#queue.length && this.#queue[this.#due].ts <= shown) {
      const event = this.#queue[this.#due++];
      this.#views.before(event, this.#state);
      apply(this.#state, event);
      this.#narrator.note(event);
      this.#heard.hear(event);
      this.#figures.note(event, this.#state);
      this.#speaker.hear(event);
      this.#stage.note(event, this.#state);
      this.#panels.note(event, this.#state);
      this.#travel?.pass(event, this.#state);
      setUp ||= SET_UP.test(event.kind);
      applied++;
    }
    if (this.#due > 1000 || this.#due === this.#queue.length) {
      this.#queue.splice(0, this.#due);
      this.#due = 0;
    }
    const rest = view ? !view.playing : !this.#playback.playing && this.#playback.settled;
    this.#stage.draw(this.#state, shown, rest);
    this.#panels.draw(this.#state, shown);
    this.#views.draw(this.#state, shown, rest, wall);

    const spoken = view ? undefined : this.#speaker.next(wall, rest);
    if (spoken) this.#footer.say(this.#narrator.parts(spoken), spoken);
    if (setUp || this.#panels.waiting) {
      this.#controls.show(this.#state);
      this.#panels.show(this.#state, this.#connection.condition !== 'open');
    }
    if (applied || this.#stale) {
      this.#footer.figures(this.#figures.of(this.#state));
      this.#stage.remark(noteOn(this.#state));
    }
    if (this.#stale) {
      this.#transport.show({
        playing: view?.playing ?? this.#wanted.playing, speed: this.#wanted.speed, speeds: this.#speeds, ended: this.#ended && !view,
        disabled: this.#connection.condition !== 'open',
      });
    }
    this.#transport.tell(shown, rest);
    this.#timeline?.show({ moment: shown, now: this.#playback.reached, rest, ended: this.#ended, sentence: () => this.#footer.told });
    if (rest || this.#stale || applied || wall - this.#stamped > STAMP) this.#stamp(wall, shown, rest);
    if (wall - this.#noted > NOTE || (rest && !view)) this.#note();
    this.#stale = false;
    this.#embed?.tell();
  }

  // ---- the past

  /** What this browser knows of the run; undefined before time travel has loaded. */
  get past() { return this.#travel?.past; }

  /** The run from its first event; what never came here is fetched. */
  async whole() {
    await this.#learnToTravel();
    return /** @type {import('./travel/travel.js').Travel} */ (this.#travel).whole();
  }

  /** @type {Promise<void> | undefined} */
  #learned;

  /** Loads what time travel needs, and gives it what has come so far. */
  #learnToTravel() {
    this.#learned ??= import('./travel/mount.js').then(async ({ mount }) => {
      const { travel, timeline } = await mount({
        present: () => ({ moment: this.#playback.reached, shown: this.#playback.shown, ...this.#wanted.pace, state: this.#state, query: this.#query, link: this.#link }),
        watch: this.#watch,
        send: (text) => this.#connection.send(text),
        wake: () => this.#wake(),
        live: (state) => this.#live(state),
        reopen: (query, at) => this.#reopen(query, at),
        progress: (done) => {
          this.#progress.hidden = done === undefined;
          this.#progress.value = done ?? 0;
        },
        fail: (text) => this.#complain('past', text ?? t('travel.gone')),
      }, this.#footer.querySelector('.travel') ?? this.#footer);
      this.#travel = travel;
      this.#timeline = timeline;
      for (const item of this.#early.splice(0)) this.#record(item);
      travel.addEventListener('change', () => {
        this.#stale = true;
        this.#wake();
      });
      this.addEventListener('moment', (event) => {
        const { seq, ts } = /** @type {CustomEvent} */ (event).detail;
        if (seq === undefined) travel.to(ts);
        else travel.toEvent(seq);
      });
      // In a frame the address says where the run begins, and nothing of the past.
      if (!this.#embed) {
        addEventListener('hashchange', () => travel.follow());
        travel.arrive();
      }
      this.#root.dataset.travel = 'true';
      this.#wake();
    });
    return this.#learned;
  }

  /** What came is kept. @param {import('./wire.js').Snapshot | Event[]} item */
  #record(item) {
    // Another picture is another past: what came before it would only be gone through once more.
    if (!this.#travel) this.#early = Array.isArray(item) ? [...this.#early, item] : [item];
    else if (Array.isArray(item)) this.#travel.receive(item);
    else this.#travel.renew(item);
  }

  /** Those who remember things beside the state. @type {import('./history.js').Watch} */
  #watch = {
    load: (memo, state) => {
      const kept = /** @type {import('./travel/memory.js').Memo | undefined} */ (memo);
      this.#jumped = true;
      this.#stage.load(kept?.stage);
      if (kept) this.#figures.restore(kept.counts);
      else this.#figures.begin(state);
      this.#narrator.begin(state);
    },
    note: (e, state) => {
      this.#narrator.note(e);
      this.#figures.note(e, state);
      if (this.#jumped) {
        this.#stage.trace(e, state);
      } else {
        this.#stage.note(e, state);
        this.#panels.note(e, state);
      }
    },
    save: () => ({ stage: this.#stage.save(), counts: this.#figures.counts }),
  };

  /** A moment of the past is looked at. @param {import('./travel/travel.js').View} view */
  #behold({ state, moment, said }) {
    this.#state = state;
    this.#follow(moment);
    if (said?.seq === this.#toldSeq) return;
    this.#toldSeq = said?.seq ?? 0;
    if (said) this.#footer.say(this.#narrator.parts(said), said);
    else this.#footer.introduce(t('intro'));
  }

  /** The stage goes where the state went. @param {number} moment virtual µs */
  #follow(moment) {
    if (!this.#jumped) return;
    this.#jumped = false;
    const past = this.#travel?.past;
    const { seq } = this.#state;
    this.#stage.follow(this.#state, past?.events(Math.max(past.seqAt(moment - RECENT) + 1, seq - RECENT_EVENTS), seq) ?? []);
  }

  /** The present goes on from here. @param {import('./model.js').State} state */
  #live(state) {
    for (const event of this.#queue.slice(this.#due)) this.#heard.hear(event);
    this.#queue = [];
    this.#due = 0;
    this.#state = state;
    this.#playback.seek({ now: this.#playback.reached, playing: this.#wanted.playing, speed: this.#wanted.speed }, performance.now());
    if (this.#away) this.#playback.hold();
    this.#follow(this.#playback.reached);
    this.#speaker.clear();
    this.#toldSeq = 0;
    const said = this.#travel?.said;
    if (said) this.#footer.say(this.#narrator.parts(said), said);
    this.#stale = true;
    this.#wake();
  }

  /** Opens a run in a room of its own at a moment, paused unless said otherwise. @param {string} query @param {number} at virtual µs @param {boolean} [playing] @param {number} [speed] */
  #reopen(query, at, playing = false, speed = this.#wanted.speed) {
    this.#note();
    this.#recalled = { at: Math.round(at), room: '', epoch: 0, seq: 0, playing, speed };
    this.#ready = false;
    this.#query = query;
    this.#date(parse(query).get('v'));
    history.replaceState(null, '', linkOf(query, location.search, location.pathname, location.hash));
    this.#reconnect();
  }

  /** @param {string} code @param {string} text */
  #complain(code, text) {
    setText(this.#problemText, text);
    setAttr(this.#problem, 'data-code', code);
    this.#problem.hidden = false;
  }

  /** Writes where the page is into the document. @param {number} wall @param {number} shown @param {boolean} rest all that is known is shown */
  #stamp(wall, shown, rest) {
    this.#stamped = wall;
    const { dataset } = this.#root;
    dataset.now = String(Math.round(shown));
    dataset.seq = String(this.#state.seq);
    dataset.playing = String(this.#travel?.place ? this.#travel.playing : this.#playback.playing);
    dataset.rest = String(rest);
    dataset.mode = this.#state.scenario.mode;
    dataset.epoch = String(this.#epoch);
    dataset.ended = String(this.#state.ended);
  }

  // ---- the address, and the place in the run

  /** The run as others get it. */
  get #link() { return versioned(this.#query, this.dataset.version); }

  /** A link that was made with another version of the simulator says so; one without a version was written by hand. @param {string | undefined} made */
  #date(made) {
    this.#old.hidden = !made || made === this.dataset.version;
    if (!this.#old.hidden) this.#old.replaceChildren(t('old', { made: made ?? '', now: this.dataset.version ?? '' }), close(this.#old));
  }

  /** @param {number} now virtual µs, of the server */
  #writeAddress(now) {
    const query = format(this.#values, allCommands(this.#applied, this.#linked, now));
    if (query === unversioned(this.#query)) return;
    forget(storage('session'), this.#query);
    this.#query = versioned(query, this.dataset.version);
    history.replaceState(null, '', linkOf(this.#query, location.search, location.pathname, location.hash));
    this.#note();
  }

  /** Notes the place for a reload. */
  #note() {
    this.#noted = performance.now();
    if (!this.#ready || this.#embed) return;
    const place = {
      at: Math.round(this.#playback.shown), room: this.#room, epoch: this.#epoch, seq: this.#head, ...this.#wanted.pace, counts: this.#figures.counts,
    };
    remember(storage('session'), this.#query, place);
  }

  // ---- light and dark

  #nextTheme() {
    const next = THEMES[(THEMES.indexOf(this.#root.dataset.theme ?? 'auto') + 1) % THEMES.length];
    if (next === 'auto') delete this.#root.dataset.theme;
    else this.#root.dataset.theme = next;
    try {
      storage('local')?.setItem('procession-theme', next);
    } catch {
      // Not remembered then.
    }
    this.#recolour();
  }

  #recolour() {
    this.#showTheme();
    this.#stage.recolour();
    this.#views.recolour();
    this.#stale = true;
    this.#wake();
  }

  #showTheme() {
    const theme = this.#root.dataset.theme ?? 'auto';
    this.#theme.replaceChildren(icon(theme));
    setAttr(this.#theme, 'aria-label', t(`theme.${theme}`));
    setAttr(this.#theme, 'title', t(`theme.${theme}`));
  }
}

/** The page is a frame in another one. */
const framed = () => 'embed' in document.documentElement.dataset;

/** A button that puts a banner away. @param {HTMLElement} banner */
const close = (banner) => h('button', { type: 'button', class: 'tool', 'aria-label': t('close'), click: () => { banner.hidden = true; } }, icon('close'));

/** A storage of the browser, where there is one. @param {'local' | 'session'} which @returns {Storage | undefined} */
function storage(which) {
  try {
    return which === 'local' ? localStorage : sessionStorage;
  } catch {
    return undefined; // a strict sandbox
  }
}
