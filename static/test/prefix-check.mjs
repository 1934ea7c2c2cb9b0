// Holds the model against the simulator. Standard input has one JSON object a
// line: {"snapshot": …} first, then {"event": …} and {"snapshot": …} in turn.
// After each event the model must equal the snapshot that follows. The first
// difference is printed with its path, and the exit code is 1.

import { createInterface } from 'node:readline';
import { apply, fromSnapshot, toSnapshot } from '../js/run/model.js';

/**
 * The first difference of two JSON values, as a sentence; undefined when they are equal.
 * @param {any} want @param {any} got @param {string} path
 * @returns {string | undefined}
 */
function difference(want, got, path) {
  if (Object.is(want, got)) return undefined;
  const both = want !== null && got !== null && typeof want === 'object' && typeof got === 'object';
  if (!both || Array.isArray(want) !== Array.isArray(got)) {
    return `${path || 'snapshot'}: want ${JSON.stringify(want)}, got ${JSON.stringify(got)}`;
  }
  for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
    const found = difference(want[key], got[key], path ? `${path}.${key}` : key);
    if (found) return found;
  }
  return undefined;
}

/** @type {import('../js/run/model.js').State | undefined} */
let state;
let line = 0;
let events = 0;
let last = '';

for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  line++;
  if (!text) continue;
  const message = JSON.parse(text);
  if (message.event) {
    if (!state) {
      console.error(`line ${line}: an event came before the first snapshot`);
      process.exit(1);
    }
    apply(state, message.event);
    last = JSON.stringify(message.event);
    events++;
    continue;
  }
  state ??= fromSnapshot(message.snapshot);
  const found = difference(message.snapshot, toSnapshot(state), '');
  if (found) {
    console.error(`line ${line}, after event ${last || 'none'}:\n${found}`);
    process.exit(1);
  }
}
console.log(`${events} events: the model equals the snapshot after each`);
