// The live end of the run: what the server says goes into the worlds and into
// the clock, and what people want goes to the server.

import { split } from '../address/address.js';
import { Connection } from '../wire/connection.js';
import { Given } from './given.js';
import { goesOn, momentOf } from '../address/hash.js';
import { Playback } from './playback.js';
import { forget, format, parse, recall, remember, storage } from '../address/url.js';
import { Wanted } from './wanted.js';
import { say } from '../wire/wire.js';
import { World } from '../run/world.js';

/** @typedef {import('../wire/wire.js').Message} Message */
/** @typedef {{do?: string, time?: string}} Order */

/** Worlds beside the page's own: in what they differ from it, and one of them by its number. @typedef {{worlds: string[], world: (n: number) => World | undefined}} Beside */

/**
 * Tells: "run" (another one is opened), "picture" (a new picture; detail: whether it is of the same run as before, and the message), "grown" (something has happened), "pace",
 * "condition", "problem" (detail: the server's), "unheard" (detail: what became of an order: "doubt", it may have been lost; "unsent", it cannot be
 * done), "progress" (detail: 0 to 1), and after each message "heard".
 */
export class Room extends EventTarget {
  link;
  world;
  /** The page is a frame in another one. */
  framed = 'embed' in document.documentElement.dataset;
  /** Where a run begins that nobody has been in, if not at its beginning. @type {{at: number, playing: boolean, speed: number} | undefined} */
  place;
  /** @type {Beside | undefined} */
  beside;
  /** Which moment is shown of the present. */
  clock = new Playback();
  /** How time should go, also while nobody can be asked. */
  wanted = new Wanted();
  /** There is a picture of the run. */
  ready = false;
  /** @type {number[]} */
  speeds = [1];
  storeAddress = '';
  #away = false;
  /** The condition before this one. @type {import('../wire/connection.js').Condition} */
  #was = 'connecting';
  #given = new Given();
  /** @type {import('../wire/wire.js').Schema | undefined} */
  #schema;
  #name = '';
  #epoch = 0;
  /** A picture was asked for, and has not come yet. */
  #asked = false;
  /** The page is on its way into another room, and there is no picture of that yet. */
  #moving = false;
  /** Orders that were given meanwhile. @type {Order[]} */
  #held = [];
  /** Where to go on: after a reload, or with another run. @type {import('../address/url.js').Place | undefined} */
  #recalled;

  #connection = new Connection({
    address: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.framed ? '/embed' : ''}/ws?${split(this.link.query).sent}`,
    where: () => this.#where(),
    onMessage: (message) => {
      this.#hear(message);
      this.#tell('heard');
    },
    onCondition: (condition, doubt) => this.#become(condition, doubt),
  });

  /** @param {import('../address/link.js').Link} link @param {World} world the page's own */
  constructor(link, world) {
    super();
    this.link = link;
    this.world = world;
    const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
    // Only a reload goes on where it was; a link that is opened begins at the beginning.
    const recalled = entry && entry.type !== 'navigate' && !this.framed ? recall(storage('session'), link.query) : undefined;
    const linked = momentOf(location.hash);
    // Where the address has a moment that is what somebody wants to see, and a room that plays on would leave it; one that was never reached is not in that room.
    if (recalled && linked !== undefined && (linked > recalled.at || goesOn(location.hash))) return;
    this.#recalled = recalled?.playing && linked !== undefined ? { ...recalled, room: '', epoch: 0, seq: 0, playing: false } : recalled;
  }

  get condition() { return this.#connection.condition; }

  /** Orders are done, now or when the server is back. */
  get listens() { return this.condition === 'open' || (this.ready && (this.condition === 'silent' || this.condition === 'lost')); }

  get epoch() { return this.#epoch; }

  open() { this.#connection.open(); }

  /** Tries now instead of after a pause. */
  hurry() { this.#connection.hurry(); }

  /** @param {string} text an order; it may have to wait @returns {boolean} whether it is taken */
  send(text) {
    const taken = this.#connection.post(text);
    if (!taken) this.#tell('unheard', 'unsent');
    return taken;
  }

  /** Somebody looks at the page, or nobody does any more. @param {boolean} away */
  set away(away) {
    this.#away = away;
    this.#connection.send(say.away(away));
    if (!away) return;
    this.clock.hold();
    this.markPlace();
  }

  // ---- where it goes on

  /** What to resume. @returns {Parameters<typeof say.open>[0]} */
  #where() {
    this.#given.begin(parse(this.link.query).get('do') ?? '');
    const { kept } = split(this.link.query);
    const worlds = this.beside?.worlds;
    return { ...this.#place(), ...(kept && { do: kept }), ...(worlds?.length && { worlds }) };
  }

  #place() {
    if (this.ready) return { at: Math.round(this.clock.shown), room: this.#name, epoch: this.#epoch, seq: this.world.past?.last ?? 0, ...this.wanted.pace };
    const recalled = this.#recalled;
    if (recalled) return { at: recalled.at, room: recalled.room, epoch: recalled.epoch, seq: recalled.seq, playing: recalled.playing, speed: recalled.speed };
    const linked = momentOf(location.hash);
    return this.place ?? { at: linked ?? 0, playing: linked === undefined || goesOn(location.hash), speed: 1 };
  }

  /** Back in the present, which goes on from where the server is. */
  resume() {
    this.clock.seek({ now: this.clock.reached, ...this.wanted.pace }, performance.now());
    if (this.#away) this.clock.hold();
  }

  /** Notes the place for a reload. */
  markPlace() {
    if (!this.ready || this.framed || this.link.unsaid) return;
    remember(storage('session'), this.link.query, /** @type {import('../address/url.js').Place} */ (this.#place()));
  }

  /** Goes on in a room of its own, at the moment that is shown. */
  reconnect() {
    this.#name = '';
    this.#moving = this.condition !== 'connecting';
    this.#connection.open();
  }

  /** Opens a run in a room of its own at a moment. @param {string} query @param {number} at virtual µs @param {boolean} [playing] @param {number} [speed] @param {boolean} [unsaid] the address says nothing of it */
  reopen(query, at, playing = false, speed = this.wanted.speed, unsaid = false) {
    this.markPlace();
    this.#recalled = { at: Math.round(at), room: '', epoch: 0, seq: 0, playing, speed };
    this.ready = false;
    this.link.turn(query, unsaid);
    this.reconnect();
    this.#tell('run');
  }

  // ---- what the server says

  /** @param {Message} message */
  #hear(message) {
    const wall = performance.now();
    switch (message.type) {
      case 'given': this.#given.hear(message); break;
      case 'welcome':
        this.#schema = message.schema;
        this.speeds = message.speeds;
        this.storeAddress = message.storeAddr;
        // Where the room and the epoch are the ones we know, what was missed follows; else a snapshot.
        if (message.room !== this.#name || message.epoch !== this.#epoch) this.world.forget();
        this.#name = message.room;
        this.#epoch = message.epoch;
        this.#asked = false;
        this.wanted.forget(); // what was asked of another connection gets no answer
        // The room of before a reload thinks that we know the picture, and sends what is new at most.
        if (!this.ready && message.room === this.#recalled?.room) this.#resync();
        break;
      case 'snapshot':
        this.#given.fill(message);
        if (message.world) this.#beside(message);
        else this.#renew(message, wall);
        break;
      case 'frame':
        if (message.world) this.#beside(message);
        else this.#receive(message, wall);
        break;
      case 'pace': this.#pace(message, wall); break;
      case 'progress': this.#tell('progress', message.done); break;
      case 'error':
        this.wanted.forget();
        // After "bad-resume" a room of our own follows; nobody needs to know.
        if (message.code !== 'bad-resume') this.#tell('problem', message);
    }
  }

  /** Asks for the whole picture. */
  #resync() {
    if (!this.#asked) this.#connection.send(say.resync());
    this.#asked = true;
  }

  /** @param {import('../wire/wire.js').Snapshot} message @param {number} wall */
  #renew(message, wall) {
    if (!this.#schema) return;
    this.#epoch = message.epoch;
    this.link.read(message);
    this.#asked = false;
    const known = this.world.renew(message, this.#schema, () => this.link.query);
    this.wanted.hear(message);
    this.clock.seek(message, wall);
    if (this.#away) this.clock.hold();
    this.ready = true;
    this.#update(message.now);
    this.#tell('picture', { message, known });
    if (!this.#moving) return;
    this.#moving = false;
    for (const order of this.#held.splice(0)) this.order(order);
  }

  /** @param {import('../wire/wire.js').Frame} frame @param {number} wall */
  #receive(frame, wall) {
    if (frame.epoch !== this.#epoch) return;
    const events = this.ready ? this.world.receive(frame) : undefined;
    if (!events) {
      this.#resync(); // after a reload, or after a gap
      return;
    }
    this.#learn(events.flatMap(commandOf), frame.now);
    this.clock.pace({ now: frame.now, playing: this.clock.playing, speed: this.clock.speed }, wall);
    if (this.#away) this.clock.hold();
    this.#tell('grown', events);
  }

  /** What happens in another world. @param {import('../wire/wire.js').Snapshot | import('../wire/wire.js').Frame} message */
  #beside(message) {
    const world = this.beside?.world(message.world ?? 0);
    if (!world || !this.#schema) return;
    if (message.type === 'snapshot') {
      const values = parse(message.scenario);
      // A command that was not possible there is none of that world's.
      world.renew(message, this.#schema, () => format(values, world.state.commands));
      this.#learn(message.state.commands, message.now);
      return;
    }
    const events = world.receive(message);
    if (events) this.#learn(events.flatMap(commandOf), message.now);
    else this.#resync();
  }

  /** Commands that were given, perhaps in one of the worlds only. @param {import('../address/url.js').Command[]} commands @param {number} now */
  #learn(commands, now) {
    for (const command of commands) this.#given.learn(command);
    if (commands.filter((c) => this.link.learn(c)).length) this.#update(now);
  }

  /** The address follows the run. @param {number} now virtual µs */
  #update(now) {
    const before = this.link.update(now);
    if (before === undefined) return;
    forget(storage('session'), before);
    this.markPlace();
  }

  /** @param {import('../wire/wire.js').Pace} pace @param {number} wall */
  #pace(pace, wall) {
    if (!this.ready) return;
    this.world.ended = pace.ended;
    this.clock.pace(pace, wall);
    if (this.#away) this.clock.hold();
    else this.wanted.hear(pace);
    this.#tell('pace', pace);
  }

  /** @param {import('../wire/connection.js').Condition} condition @param {boolean} doubt an order may have been lost */
  #become(condition, doubt) {
    const { clock } = this;
    const silent = this.#was === 'silent';
    this.#was = condition;
    if (condition !== 'open') {
      clock.hold();
    } else if (this.#away) {
      this.#connection.send(say.away(true));
    } else if (silent) {
      // The same connection: time goes on where it stopped; how much of it has passed the server says next.
      clock.pace({ now: clock.reached, playing: clock.playing, speed: clock.speed }, performance.now());
    }
    if (condition === 'refused') {
      this.#moving = false;
      this.#held = [];
    }
    this.#tell('condition', condition);
    if (doubt) this.#tell('unheard', 'doubt');
  }

  // ---- what people want

  /** @param {Order} order */
  order(order) {
    if (this.#moving) {
      this.#held.push(order);
      return;
    }
    if (order.do) this.send(say.do(order.do));
    switch (order.time) {
      case 'play': this.#ask(say.play(), { playing: true }); break;
      case 'pause': this.#ask(say.pause(), { playing: false }); break;
      case 'step': this.#ask(say.step(), { playing: false }); break;
      case 'reset': this.send(say.reset()); break;
      case 'slower': this.#hurry(-1); break;
      case 'faster': this.#hurry(1); break;
    }
  }

  /** Asks for another pace; who asks again before the answer goes on from there. @param {string} text @param {Partial<import('./wanted.js').Pace>} pace */
  #ask(text, pace) {
    if (!this.send(text)) return;
    this.wanted.ask(pace);
    this.#tell('pace');
  }

  /** @param {1 | -1} by */
  #hurry(by) {
    const at = this.speeds.indexOf(this.wanted.speed);
    const speed = at < 0 ? undefined : this.speeds[at + by];
    if (speed !== undefined) this.#ask(say.speed(speed), { speed });
  }

  /** @param {string} what @param {unknown} [detail] */
  #tell(what, detail) { this.dispatchEvent(new CustomEvent(what, { detail })); }
}

/** The command that an event tells of. @param {import('../run/model.js').Event} e @returns {import('../address/url.js').Command[]} */
const commandOf = (e) => (e.kind === 'command.applied' ? [{ at: e.ts, text: e.text ?? '' }] : []);
