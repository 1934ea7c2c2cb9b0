// What can be asked about, as a short text: it stands in data-why attributes.
// Pure.

/**
 * @typedef {{what: 'request', req: number} | {what: 'visitor', name: string} | {what: 'worker', pid: number} | {what: 'thread', pid: number, tid: number}
 *   | {what: 'session', sid: string} | {what: 'lock', pid: number, name: string} | {what: 'core', core: number} | {what: 'store'}} Subject
 */

/** @param {string} text @returns {Subject | undefined} undefined when it is about nothing known */
export function parseSubject(text) {
  const [what, first = '', ...rest] = text.split(':');
  const n = Number(first);
  const known = Number.isInteger(n) && n > 0;
  switch (what) {
    case 'request': return known ? { what, req: n } : undefined;
    case 'visitor': return first ? { what, name: [first, ...rest].join(':') } : undefined;
    case 'worker': return known ? { what, pid: n } : undefined;
    case 'thread': return known && Number(rest[0]) > 0 ? { what, pid: n, tid: Number(rest[0]) } : undefined;
    case 'session': return first ? { what, sid: first } : undefined;
    case 'lock': return known && rest.length ? { what, pid: n, name: rest.join(':') } : undefined;
    case 'core': return known ? { what, core: n } : undefined;
    case 'store': return { what };
  }
  return undefined;
}
