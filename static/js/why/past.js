// The walk through the past that every story begins with. Pure.

import { apply, create, fromSnapshot, toSnapshot } from '../run/model.js';
import { STORE } from '../run/memory.js';
import { outcome, well } from '../run/outcome.js';

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('./story.js').Line} Line */

/** What a scenario is that says nothing else, as far as stories need it. */
const DEFAULTS = {
  mode: 'local', balancer: 'round-robin', connection: 'per-request', addresses: 'each', lock: 'mutex', counter: 'plain',
  'store-client': 'node-redis', 'store-kind': 'redis', 'store-persistence': 'rdb', secret: 'shared',
};

/**
 * Goes through the events with the picture before each, and gives the picture after the last.
 * @param {Event[]} events @param {State | undefined} base @param {(e: Event, state: State) => void} see
 */
export function walk(events, base, see) {
  const state = base ? fromSnapshot(toSnapshot(base)) : create(DEFAULTS);
  for (const e of events) {
    if (e.kind === 'run.started') {
      for (const [key, value] of new URLSearchParams(e.text ?? '')) state.scenario[key] = value;
    }
    see(e, state);
    apply(state, e);
  }
  return state;
}

/**
 * A line in words of the catalogue.
 * @param {Event | undefined} e whose moment it is; none: it has no moment
 * @param {string} key @param {Record<string, import('./story.js').Value>} [values]
 * @param {{light?: string[], more?: string, tone?: '' | 'good' | 'bad'}} [rest]
 * @returns {Line}
 */
export function line(e, key, values = {}, { light = e ? lightOf(e) : [], more, tone = '' } = {}) {
  return { seq: e?.seq ?? 0, ts: e?.ts ?? 0, key, values, light, more, tone };
}

/**
 * An event that tells itself.
 * @param {Event} e @param {string} [more] the subject of a deeper story
 * @returns {Line}
 */
export function told(e, more) {
  return { seq: e.seq, ts: e.ts, key: '', values: {}, event: e, light: lightOf(e), more, tone: toneOf(e) };
}

/** What an event is about. @param {Event} e @returns {string[]} */
export function lightOf(e) {
  const light = [];
  if (e.visitor) light.push(`visitor:${e.visitor}`);
  if (e.req) light.push(`request:${e.req}`);
  if (e.pid) light.push(`worker:${e.pid}`);
  if (e.pid && e.tid) light.push(`thread:${e.pid}:${e.tid}`);
  if (e.sid) light.push(`session:${e.sid}`);
  if (e.core) light.push(`core:${e.core}`);
  if (e.mem === STORE || e.kind.startsWith('store.')) light.push('store');
  if (e.kind.startsWith('lock.') && e.kind !== 'lock.deadlocked') light.push(`lock:${e.pid}:${e.text}`);
  return light;
}

/** What an event means to the visitor. @param {Event} e */
export function toneOf(e) {
  switch (e.kind) {
    case 'worker.crashed': case 'store.down': case 'store.failed': case 'update.lost': case 'cookie.replaced': case 'cookie.planted': case 'session.revived': case 'lock.deadlocked': case 'request.reset': case 'chat.missed': case 'poll.unknown': case 'store.filled': case 'store.refused': case 'session.evicted':
      return 'bad';
    case 'session.read':
      return e.session === 'miss' ? 'bad' : e.session === 'hit' ? 'good' : '';
    case 'request.answered': case 'request.done':
      return well(outcome(e)) ? 'good' : 'bad';
  }
  return '';
}

/**
 * The threads that wait for each other in a circle, each with the lock that it
 * has and the one that it waits for.
 * @param {State} state when the circle is closed @param {number} mem @param {number} tid one of them
 * @returns {{tid: number, has: string, wants: string}[]} empty when there is no circle
 */
export function circle(state, mem, tid) {
  const locks = state.workers.find((w) => w.mem === mem)?.locks ?? [];
  /** @type {{tid: number, has: string, wants: string}[]} */
  const threads = [];
  for (let at = tid; ;) {
    const wants = locks.find((l) => l.waiting.includes(at));
    if (!wants?.holder) return [];
    // Who holds what it wants is the next in the circle.
    threads.push({ tid: at, has: '', wants: wants.name });
    const next = wants.holder;
    if (next === tid) break;
    if (threads.some((x) => x.tid === next)) return [];
    at = next;
  }
  return threads.map((x, i) => ({ ...x, has: threads[(i + threads.length - 1) % threads.length].wants }));
}
