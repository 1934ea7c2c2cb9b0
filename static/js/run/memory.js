// The names of memories, as in the trace: -1 is the shared store, -2 the
// visitor's own cookie jar, life * 100 + pid one life of one process.

export const STORE = -1;
export const JAR = -2;

const LIVES_APART = 100;

/** The inks of processes, by pid: asked for by every dot of every picture, they are made once. */
const INKS = Array.from({ length: LIVES_APART }, (_, pid) => (pid ? `p${pid}` : 'none'));

/** The worker whose memory it is, 0 when it belongs to none. @param {number} mem */
export const pidOf = (mem) => (mem > 0 ? mem % LIVES_APART : 0);

/** Which life of that worker, from 1; 0 when it belongs to none. @param {number} mem */
export const lifeOf = (mem) => (mem > 0 ? Math.floor(mem / LIVES_APART) : 0);

/**
 * The ink of a memory: the name of the CSS custom property that has its hue.
 * @param {number} mem
 */
export function inkOf(mem) {
  if (mem === STORE) return 'store';
  if (mem === JAR) return 'ink';
  return INKS[pidOf(mem)];
}

/**
 * The sign that goes with the ink, so that colour is never alone: the number of
 * the process, or S for the store.
 * @param {number} mem
 */
export function signOf(mem) {
  if (mem === STORE) return 'S';
  const pid = pidOf(mem);
  return pid ? String(pid) : '';
}
