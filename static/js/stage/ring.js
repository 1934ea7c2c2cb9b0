// What a session id looks like: the ring around it. Pure.

import { inkOf, JAR, signOf, STORE } from '../run/memory.js';

/**
 * ink: the hue of the memory that issued the id; sign: its number, so that the
 * hue is never alone; gone: that memory no longer has the session.
 * @typedef {{ink: string, sign: string, gone: boolean}} Ring
 */

/** Nobody issued anything yet. @type {Ring} */
const NONE = { ink: 'none', sign: '', gone: false };

/**
 * @param {import('../run/model.js').State} state @param {number} made @param {string} sid
 * @returns {Ring}
 */
export function ringOf(state, made, sid) {
  if (!sid) return NONE;
  return { ink: inkOf(made), sign: signOf(made), gone: isGone(state, made, sid) };
}

/** Whether the memory that issued an id no longer has its session. @param {import('../run/model.js').State} state @param {number} made @param {string} sid */
function isGone(state, made, sid) {
  const memory = made === STORE ? state.store : state.workers.find((w) => w.mem === made);
  return made !== JAR && !memory?.sessions.has(sid);
}

/**
 * The ink of a dot, which has no room for a ring.
 * @param {import('../run/model.js').State} state @param {number} made @param {string} sid
 */
export const dotInk = (state, made, sid) => (!sid || isGone(state, made, sid) ? 'none' : inkOf(made));

/** The part of a session id that is shown. @param {string} sid */
export const short = (sid) => sid.slice(0, 4);

/**
 * What a session says about its visitor.
 * @param {string} data JSON of the session
 * @returns {{user: string, cart: number}}
 */
export function contents(data) {
  try {
    const value = JSON.parse(data);
    return { user: String(value?.user ?? ''), cart: Number(value?.cart ?? 0) || 0 };
  } catch {
    return { user: '', cart: 0 };
  }
}

/**
 * The letters on the disc of each visitor: the first of the name, two where
 * somebody else begins alike, the number of a numbered one.
 * @param {Iterable<string>} names
 * @returns {Map<string, string>}
 */
export function initials(names) {
  const all = [...names];
  /** @type {Map<string, number>} */
  const count = new Map();
  const first = (/** @type {string} */ name) => [...name][0]?.toUpperCase() ?? '?';
  for (const name of all) count.set(first(name), (count.get(first(name)) ?? 0) + 1);
  return new Map(all.map((name) => {
    const numbered = /^\D(\d+)$/.exec(name);
    if (numbered) return [name, numbered[1]];
    return [name, (count.get(first(name)) ?? 0) > 1 ? first(name) + ([...name][1] ?? '') : first(name)];
  }));
}
