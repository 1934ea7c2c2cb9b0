// One world: a run as far as this page knows it, and the picture of any moment
// of it. What is live, past, opened by a link or gone back to after a reload is
// the same question here: what was at that moment? The page has one world of its
// own, and others may stand beside it.

import { Past } from '../history/history.js';
import { same } from '../history/copy.js';
import { create, fromSnapshot, toSnapshot } from './model.js';
import { Narrator } from '../words/narrate.js';
import { language, sentences } from '../words/text.js';
import { Memory } from './memo.js';
import { EventReader } from '../wire/wire.js';

/** @typedef {import('./model.js').Event} Event */
/** @typedef {import('./model.js').State} State */
/** @typedef {import('../stage/stage.js').StageElement} StageElement */

/** What happened in the last seconds before a moment (virtual µs) is shown with it, but for very much. */
const RECENT = 10_000_000;
const RECENT_EVENTS = 2000;

/**
 * Tells of a change of what is known: another past, more of it, or something on its way ("change").
 */
export class World extends EventTarget {
  stage;
  state = create();
  /** The run is over there. */
  ended = false;
  #memory;
  #narrator = new Narrator(sentences(), language);
  /** @type {EventReader | undefined} */
  #reader;
  /** @type {Past | undefined} */
  #past;
  /** The picture is that of another moment, and not what follows from the last one. */
  #jumped = false;
  #moment = 0; // that was sought, virtual µs
  /** The run by now, its commands included; what came before is asked for with it. */
  #query = () => '';
  /** @type {Promise<void> | undefined} */
  #fetching;
  #abort = new AbortController();
  /** How much of it has come, 0 to 1; undefined: nothing is on its way. @type {number | undefined} */
  progress;
  /** For how long the server wants to be left alone before it gives more, s; 0: it does not. */
  waiting = 0;
  /** Hears each event as it is played, but for those on the way to another moment. @type {(e: Event, state: State) => void} */
  onEvent = () => {};

  /** @type {import('../history/history.js').Watch} */
  #watch = {
    load: (memo, state) => {
      this.#jumped = true;
      this.#memory.load(memo, state);
      this.#narrator.begin(state);
    },
    note: (e, state) => {
      this.#memory.note(e, state);
      this.#narrator.note(e);
      if (this.#jumped) return;
      this.stage.note(e, state);
      this.onEvent(e, state);
    },
    save: () => this.#memory.save(),
  };

  /** @param {StageElement} [stage] the page's own; another world makes one */
  constructor(stage = /** @type {StageElement} */ (document.createElement('procession-stage'))) {
    super();
    this.stage = stage;
    this.#memory = new Memory(stage.traces);
  }

  /** What is known of the run; undefined before the first picture. */
  get past() { return this.#past; }

  /** Where its picture is, virtual µs. */
  get moment() { return this.#moment; }

  get figures() { return this.#memory.figures; }

  /** Whether frames can be read. */
  get reading() { return Boolean(this.#reader); }

  /** Frames that come belong to another connection: a picture comes first. */
  forget() { this.#reader = undefined; }

  /**
   * A picture of the run. What is known stays, where it leads there; what came before it is asked for.
   * @param {import('../wire/wire.js').Snapshot} message @param {import('../wire/wire.js').Schema} schema
   * @param {() => string} query the run by now, its commands included
   * @returns {boolean} whether it is the same run as before
   */
  renew(message, schema, query) {
    this.#query = query;
    this.#reader = new EventReader(schema);
    this.ended = message.ended;
    const state = fromSnapshot(message.state);
    const known = this.#continued(state, message.now);
    if (!known) {
      this.stop();
      this.state = state;
      this.stage.renew();
    }
    this.#past = known ?? new Past(state);
    this.#changed();
    if (!this.#past.fromStart) void this.whole().catch(() => {}); // whoever goes there asks once more, and says why not
    return Boolean(known);
  }

  /** Goes back to what was known of a run that was left; a picture of it comes next. @param {Past} past */
  take(past) { this.#past = past; }

  /**
   * What happened next.
   * @param {import('../wire/wire.js').Frame} frame
   * @returns {Event[] | undefined} undefined when something is missing before it
   */
  receive(frame) {
    const events = this.#reader?.read(frame);
    if (!events || !this.#past || (events.length && events[0].seq !== this.#past.last + 1)) return undefined;
    this.#past.append(events);
    return events;
  }

  /**
   * Goes to a moment.
   * @param {number} moment virtual µs @param {number} [seq] the position, where many events fall into one moment
   */
  seek(moment, seq) {
    const past = this.#past;
    if (!past) return;
    if (moment < this.#moment) past.rewind(); // what lingers is as it was then
    this.#moment = moment;
    this.state = past.seek(seq ?? past.seqAt(moment), this.#watch);
    if (!this.#jumped) return;
    this.#jumped = false;
    this.stage.follow(this.state, this.recent(moment));
  }

  /** What happened just before a moment. @param {number} moment virtual µs */
  recent(moment) {
    const { seq } = this.state;
    const past = this.#past;
    return past?.events(Math.max(past.seqAt(moment - RECENT) + 1, seq - RECENT_EVENTS), seq) ?? [];
  }

  /**
   * The event to tell at the moment that was sought; undefined: nothing has happened yet.
   * @param {number} moment virtual µs @param {boolean} rest no other moment follows soon @param {number} speed
   */
  told(moment, rest, speed) {
    if (!('run.started' in sentences())) return undefined; // there are no words yet
    this.#memory.teller.speed = speed;
    return this.#memory.teller.at(moment, rest);
  }

  /** The sentence of an event of the moment that was sought. @param {Event} e */
  parts(e) { return this.#narrator.parts(e, this.#memory.traces.spared(e.visitor ?? '').includes(e.req ?? 0)); }

  /** Something of the past is on its way. */
  get fetching() { return Boolean(this.#fetching); }

  /**
   * The past from the first event of the run; what never came here is fetched.
   * @returns {Promise<Past>} it fails with Unavailable
   */
  async whole() {
    if (this.#past && !this.#past.whole) await (this.#fetching ??= this.#fetch());
    if (!this.#past) throw new Error('There is no run yet.');
    return this.#past;
  }

  /** Nobody looks at it any more. */
  stop() {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#fetching = undefined;
    this.progress = undefined;
    this.waiting = 0;
  }

  async #fetch() {
    const { signal } = this.#abort;
    try {
      await this.#older(signal);
    } finally {
      if (!signal.aborted) {
        this.stop();
        this.#changed();
      }
    }
  }

  /** @param {AbortSignal} signal */
  async #older(signal) {
    const past = this.#past;
    if (!past) return;
    this.progress = 0;
    this.#changed();
    const { older, Unavailable } = await import('../travel/older.js');
    const before = await older({
      query: this.#query(), base: past.baseState, last: past.last, watch: new Memory(), signal,
      progress: (done) => { this.progress = done; this.#changed(); },
      busy: (seconds) => { this.waiting = seconds; this.#changed(); },
    });
    if (!same(toSnapshot(before.peek(before.last)), toSnapshot(past.baseState))) throw new Unavailable();
    signal.throwIfAborted();
    this.#past = this.#past?.after(before);
  }

  /**
   * What of the past that is known led to a picture; undefined when it did not.
   * @param {State} state @param {number} now virtual µs
   */
  #continued(state, now) {
    const past = this.#past;
    if (!past || state.seq < past.base || state.seq > past.last) return undefined;
    const known = state.seq === past.last ? past : past.until(now);
    if (known.last !== state.seq || !same(toSnapshot(known.peek(known.last)), toSnapshot(state))) return undefined;
    return known;
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}
