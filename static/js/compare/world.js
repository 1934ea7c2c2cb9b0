// One of several worlds with the same traffic: its picture, its figures, and a
// stage of its own. Time is the room's: it is told which moment is shown.

import { h, setText } from '../dom.js';
import { Past } from '../history.js';
import { create, fromSnapshot } from '../model.js';
import { moment } from '../narrate.js';
import { Tally } from '../tally.js';
import { t } from '../text.js';
import { format, parse } from '../url.js';
import { EventReader } from '../wire.js';

/** @typedef {import('../model.js').Event} Event */
/** @typedef {import('../model.js').State} State */

/** What happened in the last seconds before a moment (virtual µs) is shown with it, but for very much. */
const RECENT = 10_000_000;
const RECENT_EVENTS = 2000;

export class World {
  stage = /** @type {import('../stage/stage.js').StageElement} */ (document.createElement('procession-stage'));
  tally = new Tally();
  state = create();
  ended = false;
  /** The processes that died took so many sessions with them. */
  bereft = 0;
  #title = h('h2');
  #before = h('p', { class: 'world-before', hidden: true });
  element;
  /** @type {EventReader | undefined} */
  #reader;
  /** What happened here. @type {Past | undefined} */
  #past;
  /** What was before it was opened is on its way, or cannot be had. */
  #asked = false;
  #abort = new AbortController();
  /** The run's link by now, its commands included. */
  #query = () => '';
  #changed = () => {};
  /** How many sessions each process holds. @type {Map<number, number>} */
  #held = new Map();
  /** The picture is that of another moment, and not what follows from the last one. */
  #jumped = false;
  /** @type {Promise<void> | undefined} */
  #extend;

  /** @type {import('../history.js').Watch} */
  #watch = {
    load: (memo) => {
      this.#jumped = true;
      this.stage.load(/** @type {import('../travel/memory.js').Memo | undefined} */ (memo)?.stage);
    },
    note: (e, state) => {
      this.#mourn(e, state);
      this.tally.note(e);
      if (this.#jumped) this.stage.trace(e, state);
      else this.stage.note(e, state);
    },
    save: () => ({ stage: this.stage.save() }),
  };

  /** @param {number} number @param {import('../stage/stage.js').StageElement} [stage] the page's own, of world 0 */
  constructor(number, stage) {
    if (stage) this.stage = stage;
    this.#title.id = `world-${number}`;
    this.element = h('section', { class: 'world', 'data-world': number, 'aria-labelledby': this.#title.id }, this.#title, this.#before, this.stage);
  }

  /** What a stage draws beside its first picture. @param {() => void} changed */
  async #parts(changed) {
    const { parts } = await import('../stage/later/later.js');
    this.stage.extend(await parts(this.stage), this.state);
    changed();
  }

  /** @param {string} text */
  set title(text) { setText(this.#title, text); }

  /**
   * Begins anew with a picture.
   * @param {import('../wire.js').Snapshot} message @param {import('../wire.js').Schema} schema @param {() => void} changed
   */
  renew(message, schema, changed) {
    this.stop();
    this.#reader = new EventReader(schema);
    this.state = fromSnapshot(message.state);
    this.#past = new Past(this.state);
    this.#held = new Map(this.state.workers.map((w) => [w.pid, w.sessions.size]));
    this.ended = message.ended;
    this.bereft = 0;
    const values = parse(message.scenario);
    // A command that was not possible here is none of this world's.
    this.#query = () => format(values, this.state.commands);
    this.#changed = changed;
    this.tally.begin(this.#query, this.state, changed);
    this.stage.renew();
    this.#extend ??= this.#parts(changed);
  }

  /**
   * @param {import('../wire.js').Frame} frame
   * @returns {Event[] | undefined} what is new; undefined when something is missing before it
   */
  receive(frame) {
    const events = this.#reader?.read(frame);
    if (!events || !this.#past || (events.length && events[0].seq !== this.#past.last + 1)) return undefined;
    this.#past.append(events);
    return events;
  }

  /** Draws the moment. @param {number} shown virtual µs @param {boolean} rest no other moment follows soon */
  draw(shown, rest) {
    const past = this.#past;
    if (!past) return;
    // What was before it was opened is asked for; until it comes, that is said.
    const before = shown < past.baseState.ts && !past.fromStart;
    this.#before.hidden = !before;
    if (before) {
      setText(this.#before, t('beside.before', { moment: moment(past.baseState.ts) }));
      void this.#older(past);
    }
    this.state = past.seek(past.seqAt(shown), this.#watch);
    if (this.#jumped) {
      this.#jumped = false;
      const { seq } = this.state;
      this.stage.follow(this.state, past.events(Math.max(past.seqAt(shown - RECENT) + 1, seq - RECENT_EVENTS), seq));
    }
    this.stage.draw(this.state, shown, rest);
  }

  /** Nobody looks at it any more. */
  stop() {
    this.tally.stop();
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#asked = false;
  }

  /** Asks for what happened before it was opened. @param {Past} past */
  async #older(past) {
    if (this.#asked) return;
    this.#asked = true;
    const { signal } = this.#abort;
    const [{ older }, { Memory }] = await Promise.all([import('../travel/older.js'), import('../travel/memory.js')]);
    try {
      const before = await older({ query: this.#query(), base: past.baseState, watch: new Memory(), progress: () => {}, signal });
      if (this.#past !== past || signal.aborted) return;
      this.#past = past.after(before);
      this.#changed();
    } catch {
      // It is too long ago, or nobody answers: the picture of its opening stays, and the sentence with it.
    }
  }

  /** Counts what goes with a process. @param {Event} e @param {State} state after it */
  #mourn(e, state) {
    const pid = e.pid ?? 0;
    if (e.kind === 'worker.crashed' && e.seq > this.tally.stats.seq) this.bereft += this.#held.get(pid) ?? 0;
    if (pid) this.#held.set(pid, state.workers.find((w) => w.pid === pid)?.sessions.size ?? 0);
  }
}
