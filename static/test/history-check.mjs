// Holds the past against the simulator. Standard input has one JSON object a
// line: {"snapshot": …} first, then {"event": …}, and here and there the
// {"snapshot": …} that the simulator had at that position. Every position that
// has one is sought, in an order drawn by lot: in the past as it came, in the
// one that was joined from two parts, and in the one that was cut off there.
// The first difference is printed, and the exit code is 1.

import { isDeepStrictEqual } from 'node:util';
import { createInterface } from 'node:readline';
import { dice } from './random-run.js';
import { Past } from '../js/history/history.js';
import { fromSnapshot, toSnapshot } from '../js/run/model.js';

/** @type {any[]} */
const snapshots = [];
/** @type {import('../js/run/model.js').Event[]} */
const events = [];

for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!text) continue;
  const message = JSON.parse(text);
  if (message.event) events.push(message.event);
  else snapshots.push(message.snapshot);
}
const first = snapshots.shift();
const known = events.filter((e) => e.seq > first.seq);
const roll = dice(known.length);
const middle = snapshots[roll(snapshots.length)];

/** @param {any} begin @param {number} from @param {number} to */
function part(begin, from, to) {
  const past = new Past(fromSnapshot(begin));
  past.append(known.filter((e) => e.seq > from && e.seq <= to));
  return past;
}

/** @param {string} where @param {Past} past @param {any} want */
function check(where, past, want) {
  const got = toSnapshot(past.seek(want.seq));
  if (isDeepStrictEqual(got, want)) return;
  console.error(`${where}, position ${want.seq}:\nwant ${JSON.stringify(want)}\n got ${JSON.stringify(got)}`);
  process.exit(1);
}

const whole = part(first, first.seq, Infinity);
const joined = part(middle, middle.seq, Infinity).after(part(first, first.seq, middle.seq));
for (let i = 0; i < 3 * snapshots.length; i++) {
  const want = snapshots[roll(snapshots.length)];
  check('the past as it came', whole, want);
  check('the past joined from two parts', joined, want);
  if (i % 8 === 0) {
    const cut = whole.until(whole.event(want.seq)?.ts ?? 0);
    check('the past that was cut off', cut, want);
    check('the past that was cut off', cut, snapshots.find((s) => s.seq <= want.seq));
  }
}
console.log(`${known.length} events: the picture of ${snapshots.length} positions is that of playing there`);
