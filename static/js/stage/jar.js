// What a visitor carries when the session is in the cookie: as far as the last
// answers tell. Pure.

/** @typedef {import('../run/model.js').Visitor} Visitor */

/**
 * The session in the visitor's cookie, as a short text: Ada +2.
 * @param {Visitor} v
 */
export function carried(v) {
  const login = v.strip.findLastIndex((cell) => cell.mark === 'L' && cell.cookie === '*');
  const cart = login < 0 ? 0 : v.strip.slice(login).filter((cell) => cell.mark === 'C' && cell.cookie === '*').length;
  return (v.believes ? v.name : '') + (cart ? ` +${cart}` : '');
}
