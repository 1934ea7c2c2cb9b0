// By which address others reach this server. Pure, but for hosts.

import { ask } from '../wire/requests.js';

/** As the server tells it at its own computer. open: it listens for others; flag: what lets them in. @typedef {{addresses: string[], open: boolean, flag?: string}} Reach */

/**
 * Where links may lead. origins: the likeliest first; local: the last of them is this computer's own; flag: see Reach.
 * @typedef {{origins: string[], local: boolean, open: boolean, flag: string}} Hosts
 */

/** Whether an address leads every computer to itself. @param {string} origin */
export const isLocal = (origin) => /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(origin);

/**
 * @param {string} origin of this page @param {Reach | undefined} reach undefined: nobody said
 * @returns {Hosts}
 */
export function hostsOf(origin, reach) {
  if (!isLocal(origin)) return { origins: [origin], local: false, open: true, flag: '' };
  return { origins: [...(reach?.addresses ?? []), origin], local: true, open: reach?.open ?? false, flag: reach?.flag ?? '' };
}

/** Asks the server, where the page's own address is of no use to others. @returns {Promise<Hosts>} */
export async function hosts() {
  const { origin } = location;
  if (!isLocal(origin)) return hostsOf(origin, undefined);
  try {
    const answer = await ask('/reach.json');
    return hostsOf(origin, answer.ok ? await answer.json() : undefined);
  } catch {
    return hostsOf(origin, undefined); // a strict sandbox, or no server
  }
}
