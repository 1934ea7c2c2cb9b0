// Copies of pictures, and whether two of them are alike. What no event ever changes (a cell of a strip, a command
// that was given) is shared between the copies. Pure.

/** @typedef {import('../run/model.js').State} State */

/**
 * @param {State} s
 * @returns {State}
 */
export function copyOf(s) {
  return {
    ...s,
    scenario: { ...s.scenario },
    commands: [...s.commands],
    visitors: values(s.visitors, (v) => ({ ...v, strip: [...v.strip] })),
    workers: s.workers.map((w) => ({ ...w, sessions: values(w.sessions, shallow), locks: w.locks.map((l) => ({ ...l, waiting: [...l.waiting] })) })),
    cores: s.cores.map(shallow),
    ready: s.ready.map(shallow),
    store: { ...s.store, sessions: values(s.store.sessions, shallow), commands: [...s.store.commands] },
    conns: values(s.conns, shallow),
    requests: values(s.requests, shallow),
    saving: values(s.saving, shallow),
    totals: { ...s.totals },
  };
}

/** Whether two JSON values say the same. @param {any} a @param {any} b @returns {boolean} */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

/** About how many things a picture has of its own: what a copy of it costs. A thing that is shared is a sixteenth. @param {State} s */
export function weightOf(s) {
  let n = 50 + s.commands.length / 16 + s.store.sessions.size + s.conns.size + s.requests.size + s.ready.length;
  for (const w of s.workers) n += 4 + w.sessions.size;
  for (const v of s.visitors.values()) n += 4 + v.strip.length / 16;
  return n;
}

/**
 * @template T
 * @param {T} thing
 * @returns {T}
 */
const shallow = (thing) => ({ ...thing });

/**
 * @template K, V
 * @param {Map<K, V>} map @param {(value: V) => V} copy
 * @returns {Map<K, V>}
 */
function values(map, copy) {
  const next = new Map();
  for (const [key, value] of map) next.set(key, copy(value));
  return next;
}
