// What makes a world differ from the others, in words; and the worlds of an
// address. Pure.

import '../words/rest.js';
import { MAX_BESIDE } from '../run/limits.js';
import { valueWord, word } from '../panels/terms.js';
import { t } from '../words/text.js';
import { parse } from '../address/url.js';

/** Keys that a world may have of its own and that its title names. */
export const KEYS = ['mode', 'workers', 'balancer', 'connection', 'secret', 'session-lock', 'lock', 'lock-order', 'cores', 'costs', 'store-kind', 'store-persistence', 'store-client', 'store-connect', 'counter'];

/** Those whose values say enough without the name of their key. */
const PLAIN = new Set(['balancer', 'connection', 'store-kind']);

/** Where a key means something; the others do everywhere. @type {Record<string, (mode: string) => boolean>} */
const ABOUT = {
  balancer: (mode) => mode !== 'threads', // one process: nothing to balance
  secret: (mode) => mode !== 'threads', 'session-lock': (mode) => mode !== 'cookie',
  lock: (mode) => mode === 'threads', 'lock-order': (mode) => mode === 'threads',
  'store-kind': (mode) => mode === 'store', 'store-client': (mode) => mode === 'store',
  'store-persistence': (mode) => mode === 'store', 'store-connect': (mode) => mode === 'store',
};

/** In this order other worlds are offered. */
const MODES = ['local', 'store', 'threads'];

/** The worlds of a fragment: mode=store|mode=threads&workers=4. @param {string} text */
export const read = (text) => text.split('|').map((w) => w.trim()).filter(Boolean).slice(0, MAX_BESIDE);

/** @param {string[]} worlds */
export const write = (worlds) => worlds.join('|');

/** The worlds that are shown when nobody chose: the other two places for a session. @param {string} mode of the page's own */
export const others = (mode) => MODES.filter((m) => m !== mode).slice(0, MAX_BESIDE).map((m) => `mode=${m}`);

/**
 * A world's title: where its sessions live, then what else is not the same everywhere.
 * @param {Record<string, string>} scenario @param {Record<string, string>[]} all the scenarios of all worlds
 */
export function title(scenario, all) {
  const parts = [t(`mode.${scenario.mode}`)];
  for (const key of KEYS) {
    if (key === 'mode' || all.every((s) => s[key] === all[0][key])) continue;
    if (ABOUT[key]?.(scenario.mode) === false) continue;
    const value = scenario[key];
    if (key === 'workers') parts.push(t(scenario.mode === 'threads' ? 'beside.threads' : 'beside.copies', { n: Number(value) || value }));
    else parts.push(PLAIN.has(key) ? valueWord(key, value) : setting(key, value));
  }
  return parts.join(', ');
}

/** A key and its value in words, where there are any for the key. @param {string} key @param {string} value */
function setting(key, value) {
  const name = word(`set.${key}`, '');
  return name ? `${name}: ${valueWord(key, value)}` : `${key}=${value}`;
}

/** The keys that the worlds do not have in common. @param {string[]} worlds */
export const ownKeys = (worlds) => new Set(worlds.flatMap((w) => [...parse(w).keys()]));

/**
 * What the death of a process does here, as a key of the catalogue.
 * @param {Record<string, string>} scenario @param {number} copies
 */
export function death({ mode }, copies) {
  if (mode === 'store' || mode === 'cookie') return 'beside.death.none';
  return mode === 'threads' || copies <= 1 ? 'beside.death.all' : 'beside.death.some';
}
