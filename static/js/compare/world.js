// One of several worlds with the same traffic: its picture, its figures, and a
// stage of its own. Time is the room's: it is told which moment is shown.

import { h, setText } from '../dom.js';
import { apply, create, fromSnapshot, toSnapshot } from '../model.js';
import { moment } from '../narrate.js';
import { Tally } from '../tally.js';
import { t } from '../text.js';
import { format, parse } from '../url.js';
import { EventReader } from '../wire.js';

/** @typedef {import('../model.js').Event} Event */
/** @typedef {import('../model.js').State} State */

/** More events than this are not kept for looking back; the past then begins later. */
const KEPT = 200_000;

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
  /** The picture with which the events begin. @type {import('../model.js').Snapshot} */
  #base;
  /** @type {Event[]} */
  #events = [];
  #due = 0; // index into the events
  #head = 0; // seq of the last event that has come
  /** @type {Promise<void> | undefined} */
  #extend;

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
    this.#reader = new EventReader(schema, message.texts);
    this.#base = message.state;
    this.#events = [];
    this.#due = 0;
    this.#head = message.state.seq;
    this.state = fromSnapshot(message.state);
    this.ended = message.ended;
    this.bereft = 0;
    const values = parse(message.scenario);
    // A command that was not possible here is none of this world's.
    this.tally.begin(() => format(values, this.state.commands), this.state, changed);
    this.stage.renew();
    this.#extend ??= this.#parts(changed);
  }

  /**
   * @param {import('../wire.js').Frame} frame
   * @returns {Event[] | undefined} what is new; undefined when something is missing before it
   */
  receive(frame) {
    const events = this.#reader?.read(frame);
    if (!events || (events.length && events[0].seq !== this.#head + 1)) return undefined;
    for (const e of events) this.#events.push(e);
    this.#head = frame.seq;
    return events;
  }

  /** Draws the moment. @param {number} shown virtual µs @param {boolean} rest no other moment follows soon */
  draw(shown, rest) {
    if (!this.#base) return;
    if (this.state.ts > shown && this.#due > 0) this.#back(shown);
    // What was before it was opened is not shown, and that is said.
    this.#before.hidden = shown >= this.#base.ts;
    if (shown < this.#base.ts) setText(this.#before, t('beside.before', { moment: moment(this.#base.ts) }));
    while (this.#due < this.#events.length && this.#events[this.#due].ts <= shown) {
      const event = this.#events[this.#due++];
      this.#mourn(event);
      apply(this.state, event);
      this.tally.note(event);
      this.stage.note(event, this.state);
    }
    if (this.#due > KEPT) this.#forget();
    this.stage.draw(this.state, shown, rest);
  }

  /** Counts what goes with a process, just before it goes. @param {Event} e */
  #mourn(e) {
    if (e.kind !== 'worker.crashed' || e.seq <= this.tally.stats.seq) return;
    this.bereft += this.state.workers.find((w) => w.pid === e.pid)?.sessions.size ?? 0;
  }

  /** Goes back to an earlier moment. @param {number} shown */
  #back(shown) {
    this.state = fromSnapshot(this.#base);
    this.#due = 0;
    while (this.#due < this.#events.length && this.#events[this.#due].ts <= shown) apply(this.state, this.#events[this.#due++]);
    this.stage.renew();
  }

  /** Lets the older half go. */
  #forget() {
    const state = fromSnapshot(this.#base);
    for (const e of this.#events.splice(0, KEPT / 2)) apply(state, e);
    this.#due -= KEPT / 2;
    this.#base = toSnapshot(state);
  }
}
