// The messages of the websocket, both ways. The server says in its welcome
// which kinds of events there are and which fields each has, so no table of
// them is kept here.

/**
 * @typedef {{name: string, words?: string[], text?: boolean}} Field
 * @typedef {{name: string, fields: number[]}} Kind
 * @typedef {{fields: Field[], kinds: (Kind | null)[]}} Schema
 * @typedef {{type: 'welcome', room: string, epoch: number, v: number, worlds?: string[], schema: Schema, speeds: number[], storeAddr: string}} Welcome
 * @typedef {{type: 'snapshot', world?: number, epoch: number, now: number, playing: boolean, speed: number, ended: boolean,
 *   scenario: string, position: number, done: number[], state: import('../run/model.js').Snapshot}} Snapshot
 * @typedef {{type: 'given', from: number, do: string}} Given
 * @typedef {{type: 'frame', world?: number, epoch: number, seq: number, now: number, ids: number[], texts: string[], events: number[]}} Frame
 * @typedef {{type: 'pace', now: number, playing: boolean, speed: number, ended: boolean}} Pace
 * @typedef {{type: 'progress', done: number}} Progress
 * @typedef {{type: 'beat'}} Beat
 * @typedef {{type: 'error', code: string, key: string, text: string, say?: string, args?: Record<string, string>}} Problem
 * @typedef {Welcome | Given | Snapshot | Frame | Pace | Progress | Beat | Problem} Message
 */

const TYPES = new Set(['welcome', 'given', 'snapshot', 'frame', 'pace', 'progress', 'beat', 'error']);

/**
 * Reads a message of the server.
 * @param {string} text
 * @returns {Message | undefined} undefined for a type that this page does not know
 */
export function decode(text) {
  const message = JSON.parse(text);
  return TYPES.has(message?.type) ? message : undefined;
}

/** What the page can say; each gives the text of one message. */
export const say = {
  /** @param {{at: number, room?: string, epoch?: number, seq?: number, playing: boolean, speed: number, do?: string}} where */
  open: (where) => JSON.stringify({ type: 'open', ...where }),
  /** @param {string} text a command of the grammar: "crash 1" */
  do: (text) => JSON.stringify({ type: 'do', text }),
  play: () => JSON.stringify({ type: 'play' }),
  pause: () => JSON.stringify({ type: 'pause' }),
  /** @param {number} value */
  speed: (value) => JSON.stringify({ type: 'speed', value }),
  step: () => JSON.stringify({ type: 'step' }),
  reset: () => JSON.stringify({ type: 'reset' }),
  /** @param {boolean} value */
  away: (value) => JSON.stringify({ type: 'away', value }),
  resync: () => JSON.stringify({ type: 'resync' }),
  /** What if: another future from a moment on, with a command. @param {number} at virtual µs @param {string} text */
  fork: (at, text) => JSON.stringify({ type: 'fork', at, text }),
};

/** Turns the numbers of frames into events. */
export class EventReader {
  /** @type {(Field & {index: number})[][]} */
  #fieldsOf = [];
  /** @type {string[]} */
  #names = [];
  /** By their numbers. @type {Map<number, string>} */
  #texts;

  /** @param {Schema} schema @param {string[]} [texts] the table so far, from number 0 on */
  constructor(schema, texts = ['']) {
    this.#texts = new Map(texts.entries());
    schema.kinds.forEach((kind, i) => {
      if (!kind) return;
      this.#names[i] = kind.name;
      this.#fieldsOf[i] = kind.fields.map((index) => ({ ...schema.fields[index], index }));
    });
  }

  /**
   * The events of a frame. Fields that are zero are absent, but for the status.
   * @param {Frame} frame
   * @returns {import('../run/model.js').Event[]}
   */
  read(frame) {
    frame.ids.forEach((id, i) => this.#texts.set(id, frame.texts[i]));
    const numbers = frame.events;
    const events = [];
    let ts = 0;
    for (let i = 0; i < numbers.length;) {
      const fields = this.#fieldsOf[numbers[i]];
      if (!fields) throw new Error(`A frame has an event of the unknown kind ${numbers[i]}.`);
      /** @type {any} */
      const event = { seq: 0, ts: 0, kind: this.#names[numbers[i]] };
      ts += numbers[i + 1];
      event.ts = ts;
      i += 2;
      for (const field of fields) {
        const value = numbers[i++];
        if (value === 0 && field.name !== 'status') continue;
        event[field.name] = field.words ? field.words[value] : field.text ? this.#text(value) : value;
      }
      if (i > numbers.length) throw new Error('A frame ends within an event.');
      events.push(event);
    }
    let seq = frame.seq - events.length;
    for (const event of events) event.seq = ++seq;
    return events;
  }

  /** @param {number} id */
  #text(id) {
    const text = this.#texts.get(id);
    if (text === undefined) throw new Error(`A frame refers to text ${id}, which nobody told.`);
    return text;
  }
}
