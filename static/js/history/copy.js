// A copy of a picture. What no event ever changes (a cell of a strip, a command
// that was given) is shared between the copies. Pure.

/** @typedef {import('../model.js').State} State */

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
    workers: s.workers.map((w) => ({ ...w, sessions: values(w.sessions, same), locks: w.locks.map((l) => ({ ...l, waiting: [...l.waiting] })) })),
    cores: s.cores.map(same),
    ready: s.ready.map(same),
    store: { ...s.store, sessions: values(s.store.sessions, same), commands: [...s.store.commands] },
    conns: values(s.conns, same),
    requests: values(s.requests, same),
    totals: { ...s.totals },
  };
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
const same = (thing) => ({ ...thing });

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
