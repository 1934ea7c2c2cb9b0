// Asks the server; where it has too much to do, asks again when it says so.

import { LONGEST as LONGEST_QUERY } from '../address/url.js';

/** How often one asks at most. */
const TIMES = 6;

/** The longest wait that is heeded, s. */
const LONGEST = 60;

/**
 * Like fetch, but a 503 is asked again after its Retry-After, with some chance,
 * so that a class does not come back in the same moment. A query that is too
 * long for an address goes in the body.
 * @param {string} address
 * @param {RequestInit} [options]
 * @param {(seconds: number) => void} [busy] told before each wait, and with 0 after it
 */
export async function patient(address, options = {}, busy = () => {}) {
  const [path = '', query = ''] = address.split(/\?(.*)/s);
  const long = query.length > LONGEST_QUERY;
  for (let n = 1; ; n++) {
    const answer = await (long ? fetch(path, { ...options, method: 'POST', body: query }) : fetch(address, options));
    if (answer.status !== 503 || n === TIMES) return answer;
    const seconds = Math.min(LONGEST, Number(answer.headers.get('Retry-After')) || 1);
    busy(seconds);
    try {
      await pause(seconds * (1000 + 500 * Math.random()), options.signal);
    } finally {
      busy(0);
    }
  }
}

/** @param {number} wall ms @param {AbortSignal | null} [signal] ends it, with its reason */
function pause(wall, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), wall);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
