// Deadlocks: threads that wait for each other in a circle. Pure.

/** @typedef {import('../../run/model.js').Lock} Lock */

/**
 * The circle in which threads wait, if there is one: each waits for the lock
 * that the next one holds.
 * @param {Lock[]} locks of one memory
 * @returns {{tid: number, lock: string}[]} empty: nobody waits for ever
 */
export function circle(locks) {
  /** What each thread waits for. @type {Map<number, Lock>} */
  const wants = new Map();
  for (const lock of locks) for (const tid of lock.waiting) wants.set(tid, lock);
  for (const start of wants.keys()) {
    /** @type {{tid: number, lock: string}[]} */
    const way = [];
    let tid = start;
    for (let lock = wants.get(tid); lock?.holder; lock = wants.get(tid)) {
      const at = way.findIndex((step) => step.tid === tid);
      if (at >= 0) return way.slice(at);
      way.push({ tid, lock: lock.name });
      tid = lock.holder;
    }
  }
  return [];
}
