// Why it looks so good, or so bad: one remark on the present set-up where the
// picture alone could mislead. Pure.

/** @typedef {import('./model.js').State} State */

/**
 * The key of the remark in the catalogue, and its values; undefined when the picture speaks for itself.
 * @param {State} state
 * @returns {{key: string, values: Record<string, string | number>} | undefined}
 */
export function noteOn(state) {
  const { mode, balancer, connection, jitter } = state.scenario;
  const up = state.workers.filter((w) => w.state === 'up').length;
  const visitors = state.visitors.size;
  if (state.store.state !== 'up' && mode === 'store') return { key: `note.store.${state.store.state}`, values: {} };
  if (mode !== 'local' || state.workers.length === 0) return undefined;
  if (state.workers.length === 1) return { key: 'note.single', values: {} };
  if (balancer === 'cookie-hash') return { key: 'note.cookieHash', values: {} };
  if (balancer === 'ip-hash') return { key: 'note.ipHash', values: {} };
  if (balancer === 'sticky-cookie') return { key: 'note.sticky', values: {} };
  if (balancer === 'round-robin' && connection === 'keep-alive') return { key: 'note.keepAlive', values: {} };
  if (balancer === 'round-robin' && connection === 'browser') return { key: 'note.browser', values: {} };
  if (isLuck(state, up, visitors, jitter)) return { key: 'note.luck', values: { workers: up, visitors } };
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
