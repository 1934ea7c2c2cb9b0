// What a thread does: a core runs it, it could run and waits for one, a lock or
// the store keeps it, or it has nothing to do. Pure.

/** @typedef {import('../run/model.js').State} State */

/**
 * The state as the end of a key of the catalogue, and its values.
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
