// What the stage says of things in a few characters: of a command to the store,
// of what a visitor carries, of what a thread does. Pure.

import { t } from '../words/text.js';

/** @typedef {import('../run/model.js').State} State */

/** Longer words than this stand as {…}. */
const LONG = 14;

/**
 * A command to the store, as a person would say it: quotes off, ids and long values short: GET sess:7f3a.
 * @param {string} line as redis-cli monitor writes it
 */
export function readable(line) {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1].replace(/\\(.)/g, '$1'));
  return words.map((word, i) => {
    if (i === 0) return word;
    if (word.startsWith('sess:')) return word.slice(0, 9);
    return word.length > LONG ? '{…}' : word;
  }).join(' ');
}

/**
 * The session in the visitor's cookie, as far as the last answers tell: Ada +2.
 * @param {import('../run/model.js').Visitor} v
 */
export function carried(v) {
  const login = v.strip.findLastIndex((cell) => cell.mark === 'L' && cell.cookie === '*');
  const cart = login < 0 ? 0 : v.strip.slice(login).filter((cell) => cell.mark === 'C' && cell.cookie === '*').length;
  return (v.believes ? v.name : '') + (cart ? ` +${cart}` : '');
}

/**
 * A memory with the numbers that it keeps, and how often its process ran its job.
 * @param {string} memory in words @param {{count: number, values: {name: string, value: number}[], jobs?: number}} held
 */
export function keeps(memory, { count, values, jobs }) {
  const shown = [count ? t('memory.counter', { memory, count }) : memory, ...values.map(({ name, value }) => `${name} ${value}`)];
  if (jobs) shown.push(t('memory.jobs', { n: jobs }));
  return shown.join(' · ');
}

/**
 * What a thread does: a core runs it, it could run and waits for one, a lock or
 * the store keeps it, or it has nothing to do. The state as the end of a key of
 * the catalogue, and its values.
 * @param {import('../run/model.js').Worker} worker @param {number} tid @param {State} state
 * @param {string | undefined} busy what its request says, while it has one
 * @returns {{name: string, values: Record<string, string | number>}}
 */
export function threadState(worker, tid, state, busy) {
  const core = state.cores.find((c) => c.pid === worker.pid && c.tid === tid);
  if (core) return { name: 'runs', values: { core: core.core } };
  if (state.ready.some((r) => r.mem === worker.mem && r.tid === tid)) return { name: 'ready', values: {} };
  const lock = worker.locks.find((l) => l.waiting.includes(tid));
  if (lock) return { name: 'waitsLock', values: { lock: lock.name } };
  return { name: busy ?? 'idle', values: {} };
}
