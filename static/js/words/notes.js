// Why it looks so good, or so bad: one remark on the present set-up where the
// picture alone could mislead. Pure.

/** @typedef {import('../run/model.js').State} State */

/** The key of a remark in the catalogue, and its values; undefined when the picture speaks for itself. @typedef {{key: string, values: Record<string, string | number>} | undefined} Note */

/** What is remarked on once its words are there. @type {(state: State) => Note} */
let later = () => undefined;

/** @param {(state: State) => Note} note */
export const noteLater = (note) => { later = note; };

/**
 * @param {State} state
 * @returns {Note}
 */
export function noteOn(state) {
  const { mode, balancer, connection, jitter, addresses } = state.scenario;
  const up = state.workers.filter((w) => w.state === 'up').length;
  const visitors = state.visitors.size;
  if (state.store.state === 'full' && mode === 'store') return later(state);
  if (state.store.state !== 'up' && mode === 'store') {
    const fatal = state.store.state === 'down' && state.scenario['store-client'] === 'no-error-handler';
    return { key: fatal ? 'note.store.noErrorHandler' : `note.store.${state.store.state}`, values: {} };
  }
  const machine = onThreads(state);
  if (machine) return { key: machine, values: {} };
  if (state.totals.missed > 0 && state.scenario.chat === 'local' && state.workers.length > 1) return { key: 'note.chat', values: {} };
  if (mode === 'store' && state.store.count > 0 && state.scenario.counter === 'plain') return { key: 'note.counterStore', values: {} };
  if (mode === 'local' && state.workers.filter((w) => w.count > 0).length > 1) {
    return { key: 'note.counterOwn', values: { counts: state.workers.map((w) => w.count).join(' + ') } };
  }
  const dead = later(state);
  if (dead) return dead;
  // A cure that is at work names its price.
  if (mode !== 'local') return { key: `note.${mode}`, values: {} };
  if (state.workers.length === 0) return undefined;
  if (state.workers.length === 1) return { key: 'note.single', values: {} };
  if (balancer === 'cookie-hash') return { key: 'note.cookieHash', values: {} };
  if (balancer === 'ip-hash') return { key: addresses === 'one' ? 'note.ipHashOne' : 'note.ipHash', values: {} };
  if (balancer === 'least-connections' && state.workers.length > 1) return { key: 'note.leastConnections', values: {} };
  if (balancer === 'sticky-cookie') return { key: 'note.sticky', values: {} };
  if (balancer === 'round-robin' && connection === 'keep-alive') return { key: 'note.keepAlive', values: {} };
  if (balancer === 'round-robin' && connection === 'browser') return { key: 'note.browser', values: {} };
  if (isLuck(state, up, visitors, jitter)) return { key: 'note.luck', values: { workers: up, visitors } };
  return undefined;
}

/**
 * What threads can do to each other, while they can.
 * @param {State} state
 */
function onThreads({ scenario, workers, totals }) {
  if (scenario.mode !== 'threads' || (workers[0]?.threads ?? 0) < 2) return undefined;
  const stuck = workers.some((w) => w.locks.some((l) => l.waiting.length > 0 && w.locks.some((o) => o !== l && o.waiting.includes(l.holder))));
  if (totals.deadlocks > 0 && stuck) return 'note.deadlock';
  if (scenario.lock === 'none') return 'note.lockNone';
  if (scenario['lock-order'] === 'opposite') return 'note.opposite';
  if (scenario.cores === '1') return 'note.oneCore';
  return undefined;
}

/**
 * Works on my machine: strict rotation, nobody out of step, and a number of
 * visitors that the number of processes divides, so that everybody happens to
 * land where they were. Only said when it is seen to be green.
 * @param {State} state @param {number} up @param {number} visitors @param {string | undefined} jitter
 */
function isLuck(state, up, visitors, jitter) {
  const { balancer, connection } = state.scenario;
  if (balancer !== 'round-robin' || connection !== 'per-request' || parseFloat(jitter ?? '0') > 0) return false;
  if (up < 2 || visitors < up || visitors % up !== 0) return false;
  let answers = 0;
  for (const v of state.visitors.values()) {
    const last = v.strip.slice(-2);
    if (last.some((c) => c.mark !== '+')) return false;
    answers += last.length;
  }
  return answers >= visitors * 2;
}
