// Which part of a run stands where in an address. What is before the # is sent
// to servers, which take some kilobytes; a run with many commands needs more,
// and has them behind the #. Pure.

import { get, set } from './hash.js';
import { addressOf, scenarioIn } from './language.js';
import { LONGEST, parse } from './url.js';

/** The key of the fragment that has the commands. */
const DO = 'do';

/** @param {string} query */
const parts = (query) => query.split('&').filter(Boolean);

/**
 * What is sent of a run, and the commands that are not: none unless it is long.
 * @param {string} query the run
 */
export function split(query) {
  if (query.length <= LONGEST) return { sent: query, kept: '' };
  return { sent: parts(query).filter((p) => !p.startsWith(`${DO}=`)).join('&'), kept: parse(query).get(DO) ?? '' };
}

/** The run of an address. @param {string} search @param {string} hash */
export function runIn(search, hash) {
  const kept = get(hash, DO);
  const sent = scenarioIn(search);
  return kept ? [...parts(sent), `${DO}=${encodeURIComponent(kept)}`].join('&') : sent;
}

/**
 * The address of a run, in the language of the present one and with the rest of its fragment.
 * @param {string} query the run @param {string} search the present address @param {string} path @param {string} [hash]
 */
export function linkOf(query, search, path, hash = '') {
  const { sent, kept } = split(query);
  return addressOf(sent, search, path) + set(hash, DO, kept || undefined);
}
