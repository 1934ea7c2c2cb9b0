// Which part of a run stands where in an address. What is before the # is sent
// to servers, which take some kilobytes; a run with many commands needs more,
// and has them behind the #. The language stands there, too: it chooses the
// words and is no part of the run, so it is taken out before the scenario is
// read and put back into what people copy. Pure.

import { get, set } from './hash.js';
import { LONGEST, parse } from './url.js';

/** The key of the fragment that has the commands. */
const DO = 'do';

/** The key of the language. */
const LANG = 'lang=';

/** @param {string} query with or without the question mark */
const parts = (query) => query.replace(/^\?/, '').split('&').filter(Boolean);

/** What an address says of the run. @param {string} search with or without the question mark */
export const scenarioIn = (search) => parts(search).filter((p) => !p.startsWith(LANG)).join('&');

/** The language that an address asks for; empty when the browser decides. @param {string} search */
export const languageIn = (search) => parts(search).find((p) => p.startsWith(LANG))?.slice(LANG.length) ?? '';

/**
 * The address of a run, in the language of the present one.
 * @param {string} query the run @param {string} search the present address @param {string} path
 */
export function addressOf(query, search, path = '/') {
  const lang = languageIn(search);
  const all = [lang && LANG + lang, query].filter(Boolean).join('&');
  return all ? `${path}?${all}` : path;
}

/** The present address in another language. @param {string} lang @param {string} search */
export const inLanguage = (lang, search) => `?${[LANG + lang, scenarioIn(search)].filter(Boolean).join('&')}`;

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
