// What a request came to for its visitor. It is decided here for everybody who
// counts, marks or tells answers, by the words of the simulator (sim/trace,
// Outcome); both are held against one golden file. Pure.

/**
 * '': there is no answer yet. reset: there was none; failed: a process answered with an error of the server; unserved: the
 * balancer did, since no process could. Of visits: welcome: the visitor is logged in; chance: is not, and by chance; bare: came
 * without a cookie; empty: nobody is logged in in the session; denied: there is no session for the cookie. served: what else was
 * asked for was done. rejected: a process answered that the request cannot be served (4xx, but for a 401).
 * @typedef {'' | 'reset' | 'failed' | 'unserved' | 'welcome' | 'chance' | 'bare' | 'empty' | 'denied' | 'served' | 'rejected'} Outcome
 */

/** @typedef {{op?: string, status?: number, pid?: number, session?: string, chance?: number}} Answer an event that has them */

/** @param {Answer} e @returns {Outcome} */
export function outcome({ op, status = 0, pid, session, chance }) {
  if (!status) return 'reset';
  if (status >= 500) return pid ? 'failed' : 'unserved';
  if (status >= 400 && status !== 401) return 'rejected';
  if (op !== 'visit' && !(isOwn(op) && status === 401)) return 'served';
  if (status === 200) return 'welcome';
  if (chance) return 'chance';
  return session === 'none' ? 'bare' : session === 'hit' ? 'empty' : 'denied';
}

/** What a request in flight will come to. @param {import('./model.js').Request} r */
export const outlook = (r) => (r.phase === 'answered' ? outcome(r) : r.phase === 'reset' ? 'reset' : '');

/** The visitor got no page at all, or an error. @param {Outcome} came */
export const broke = (came) => came === 'reset' || came === 'failed' || came === 'unserved' || came === 'rejected';

/** A visit met the page of somebody who is not logged in. @param {Outcome} came */
export const loggedOut = (came) => came === 'chance' || came === 'bare' || came === 'empty' || came === 'denied';

/** It went as the visitor wished. @param {Outcome} came */
export const well = (came) => came === 'welcome' || came === 'served';

/** @type {Record<string, string>} */
const OPS = { login: 'L', logout: 'O', cart: 'C', report: 'R', count: 'N', chat: 'T', transfer: 'M', poll: 'P' };

/** Whether an operation is one of an author's own. @param {string} [op] */
export const isOwn = (op) => Boolean(op) && op !== 'visit' && !Object.hasOwn(OPS, op ?? '');

/**
 * The mark of an answer: L login, O logout, C cart, R report, N count, T chat, M
 * transfer, P poll, + visit logged in, - visit not logged in, ! reset or refused,
 * 4 rejected, 5 an error of the server; of an author's own handler H, or the
 * number that it shows: =3.
 * @param {Outcome} came @param {string} op @param {string} [number]
 */
export function mark(came, op, number) {
  switch (came) {
    case '': return '';
    case 'reset': return '!';
    case 'failed': case 'unserved': return '5';
    case 'rejected': return '4';
    case 'served': return isOwn(op) ? (number ? `=${number}` : 'H') : OPS[op] ?? '';
    case 'welcome': return '+';
  }
  return '-';
}
