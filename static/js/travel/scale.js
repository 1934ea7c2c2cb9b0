// How time lies on the line: its length in time, the ticks on it, and which
// marks fall together. Pure.

import { MARKS } from '../history/marks.js';

/** Lengths that the line may have, virtual s. It grows in strides, so that it stands still in between. */
const LENGTHS = [30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];

/** Between two ticks, virtual s. */
const STRIDES = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 21_600];

/** The least room for a tick, px. */
const TICK_ROOM = 90;

/** How much of the line a mark takes, px. */
export const MARK_ROOM = 24;

/** The time that the line spans. @param {number} now how far the run is, virtual µs */
export function lengthOf(now) {
  return (LENGTHS.find((s) => s * 1e6 >= now) ?? LENGTHS[LENGTHS.length - 1]) * 1e6;
}

/** The moments with a tick. @param {number} length virtual µs @param {number} width px */
export function ticks(length, width) {
  const stride = (STRIDES.find((s) => (s * 1e6 * width) / length >= TICK_ROOM) ?? STRIDES[STRIDES.length - 1]) * 1e6;
  const list = [];
  for (let at = 0; at <= length; at += stride) list.push(at);
  return list;
}

/** A tick in few signs: 0:05, 1:02:00. @param {number} us */
export function short(us) {
  const s = Math.round(us / 1e6);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
}

/**
 * A place on the line with marks. what: the one that stands for all; seq and at: its first; more: how many there are of each.
 * @typedef {{slot: number, what: string, seq: number, at: number, more: Map<string, number>}} Group
 */

/**
 * The marks as they fall together on the line.
 * @param {import('../history/marks.js').Marks} marks @param {number} length virtual µs @param {number} width px
 * @returns {Group[]}
 */
export function group(marks, length, width) {
  const span = (MARK_ROOM * length) / Math.max(1, width); // virtual µs of a slot
  /** @type {Group[]} */
  const groups = [];
  let rank = 0; // of what stands for the last group
  for (let i = 0; i < marks.moments.length; i++) {
    const at = marks.moments[i];
    const slot = Math.floor(at / span);
    const what = MARKS[marks.whats[i]];
    let last = groups[groups.length - 1];
    if (!last || last.slot !== slot) {
      last = { slot, what, seq: marks.seqs.at(i), at, more: new Map() };
      groups.push(last);
      rank = marks.whats[i];
    } else if (marks.whats[i] < rank) {
      rank = marks.whats[i];
      Object.assign(last, { what, seq: marks.seqs.at(i), at });
    }
    last.more.set(what, (last.more.get(what) ?? 0) + 1);
  }
  return groups;
}
