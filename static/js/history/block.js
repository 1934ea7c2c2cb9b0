// Some hundred events that follow each other, packed: about fifteen bytes an
// event. A block never changes once it is packed, so that many pasts can share
// it. Pure.

import { ByteReader, ByteWriter } from './bytes.js';

/** @typedef {import('../run/model.js').Event} Event */

/** How many events a block has, but for those at the seams. */
export const BLOCK = 256;

/** Which fields an event has besides seq, ts and kind. @typedef {{kind: string, keys: string[], texts: boolean[]}} Shape */

/** The shapes of events, numbered as they come. One for all blocks of a run. */
export class Shapes {
  /** @type {Map<string, number>} */
  #numbers = new Map();
  /** @type {Shape[]} */
  #shapes = [];

  /** @param {Event} e */
  number(e) {
    let name = e.kind;
    for (const key in e) if (isField(key)) name += `,${key}`;
    let n = this.#numbers.get(name);
    if (n === undefined) {
      const keys = Object.keys(e).filter(isField);
      n = this.#shapes.length;
      this.#shapes.push({ kind: e.kind, keys, texts: keys.map((k) => typeof (/** @type {any} */ (e)[k]) === 'string') });
      this.#numbers.set(name, n);
    }
    return n;
  }

  /** @param {number} n */
  of(n) { return this.#shapes[n]; }
}

/** @param {string} key */
const isField = (key) => key !== 'seq' && key !== 'ts' && key !== 'kind';

export class Block {
  #bytes;
  #texts;
  #shapes;

  /**
   * @param {Event[]} events one or more, in order and without a gap
   * @param {Shapes} shapes
   */
  constructor(events, shapes) {
    this.first = events[0].seq;
    this.count = events.length;
    /** Of the first and the last event, virtual µs. */
    this.begin = events[0].ts;
    this.end = events[events.length - 1].ts;
    this.#shapes = shapes;

    /** @type {Map<string, number>} */
    const numbers = new Map();
    const writer = new ByteWriter();
    let ts = 0;
    for (const e of events) {
      const n = shapes.number(e);
      const { keys, texts } = shapes.of(n);
      writer.write(n);
      writer.write(e.ts - ts);
      ts = e.ts;
      for (let i = 0; i < keys.length; i++) {
        const value = /** @type {any} */ (e)[keys[i]];
        writer.write(texts[i] ? numberOf(numbers, value) : value);
      }
    }
    this.#bytes = writer.bytes;
    this.#texts = [...numbers.keys()];
  }

  /** Seq of the last event. */
  get last() { return this.first + this.count - 1; }

  /** What it takes, in bytes, but for texts that others hold, too. */
  get size() { return this.#bytes.length + 8 * this.#texts.length; }

  /** The events, each an object of its own. @returns {Event[]} */
  events() {
    const reader = new ByteReader(this.#bytes);
    const events = [];
    let ts = 0;
    for (let i = 0; i < this.count; i++) {
      const { kind, keys, texts } = this.#shapes.of(reader.read());
      ts += reader.read();
      /** @type {any} */
      const event = { seq: this.first + i, ts, kind };
      for (let k = 0; k < keys.length; k++) {
        const value = reader.read();
        event[keys[k]] = texts[k] ? this.#texts[value] : value;
      }
      events.push(event);
    }
    return events;
  }
}

/** The number of a text, a new one for a new text. @param {Map<string, number>} numbers @param {string} text */
function numberOf(numbers, text) {
  let n = numbers.get(text);
  if (n === undefined) {
    n = numbers.size;
    numbers.set(text, n);
  }
  return n;
}
