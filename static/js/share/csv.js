// The figures of a run as tables for a spreadsheet: RFC 4180, with a header that
// says the units, and in each row of which run it is. Pure.

/** @typedef {import('../run/stats.js').Stats} Stats */
/** @typedef {(string | number)[]} Row */

/** Of which run. query: as others get it; since, at: what is counted, virtual µs. @typedef {{query: string, seed: string, version: string, since?: number, at: number}} Run */

/** @param {number} us */
const seconds = (us) => Math.round(us) / 1e6;

/** How often in a second, to a thousandth. @param {number} n @param {number} us */
const rate = (n, us) => (us > 0 ? Math.round((n * 1e9) / us) / 1000 : 0);

/**
 * What happened in each slice of time, also where that was nothing.
 * @param {Stats} stats @param {number} until virtual µs
 * @returns {Row[]}
 */
export function overTime({ slices, slice, since }, until) {
  const rows = Array.from({ length: Math.max(slices.length, Math.ceil((until - since) / slice)) }, (_, i) => {
    const from = since + i * slice;
    const to = Math.max(from, Math.min(from + slice, until));
    const { requests = 0, hits = 0, misses = 0, welcome = 0, denied = 0, logouts = 0 } = slices[i] ?? {};
    return [seconds(from), seconds(to), requests, rate(requests, to - from), hits, misses, welcome, denied, logouts];
  });
  return [['from (s)', 'to (s)', 'requests', 'requests (1/s)', 'sessions found', 'sessions missed', 'visits logged in', 'visits logged out', 'random logouts'], ...rows];
}

/** How many requests took how long. @param {Stats} stats @returns {Row[]} */
export const byLatency = (stats) => [['from (ms)', 'to (ms)', 'requests'], ...stats.histogram().map(({ from, to, n }) => [from / 1000, to / 1000, n])];

/** What each process did. @param {Stats} stats @returns {Row[]} */
export function byWorker(stats) {
  const workers = [...stats.workers.values()].sort((a, b) => a.pid - b.pid);
  return [['process', 'requests', 'sessions found', 'sessions missed', 'crashes'], ...workers.map((w) => [w.pid, w.requests, w.hits, w.misses, w.crashes])];
}

/**
 * The text of a file.
 * @param {Row[]} rows the first is the header @param {Run} run
 */
export function csv([head, ...rows], { query, seed, version, since = 0, at }) {
  const of = [query, seed, version, seconds(since), seconds(at)];
  return [[...head, 'run', 'seed', 'version', 'counted from (s)', 'counted to (s)'], ...rows.map((row) => [...row, ...of])].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** @param {string | number} value */
function cell(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
