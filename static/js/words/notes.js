// Why it looks so good, or so bad: one remark on the present set-up where the
// picture alone could mislead. Pure.

/** @typedef {import('../run/model.js').State} State */

/** The key of a remark in the catalogue, and its values; undefined when the picture speaks for itself. @typedef {{key: string, values: Record<string, string | number>} | undefined} Note */

/** What is remarked on once its words are there. @type {(state: State, waits: boolean) => Note} */
let later = () => undefined;

/** @param {typeof later} note */
export const noteLater = (note) => { later = note; };

/**
 * @param {State} state
 * @param {boolean} [waits] somebody whom the last change of mode logged out has not logged in again
 * @returns {Note}
 */
export function noteOn(state, waits = false) {
  const { mode, balancer, connection, jitter, addresses } = state.scenario;
  const up = state.workers.filter((w) => w.state === 'up').length;
  const visitors = state.visitors.size;
  const trouble = later(state, waits);
  if (trouble) return trouble;
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
