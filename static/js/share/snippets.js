// What is copied to give a run away: addresses, the line of HTML, the line of
// Markdown. Pure.

import { split } from '../address/address.js';
import { set } from '../address/hash.js';
import { addressOf } from '../lesson/sim.js';
import { formatDuration, parse } from '../address/url.js';

/** Keys of a query that are no part of how the run is set up. */
const BESIDE = new Set(['v', 'do', 'seed']);

/** @param {string} text for an attribute in double quotes */
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * The line of HTML that puts a stage into another page.
 * @param {{address: string, height: number, title: string}} frame address: complete, with its host; height: CSS pixels
 */
export const frameLine = ({ address, height, title }) =>
  `<iframe src="${quoted(address)}" width="100%" height="${height}" style="border:0" loading="lazy" title="${quoted(title)}" allow="fullscreen"></iframe>`;

/**
 * The line of Markdown that shows a picture of a moment and leads to the run.
 * @param {{picture: string, address: string, title: string}} what both addresses: complete, with their host
 */
export const markdownLine = ({ picture, address, title }) =>
  `[![${title.replace(/[\\[\]]/g, '\\$&')}](${bracketed(picture)})](${bracketed(address)})`;

/** @param {string} address for Markdown, where a bracket would end it */
const bracketed = (address) => address.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll(' ', '%20');

/**
 * The address of the stage in a frame; what is too long to be sent stands behind the #.
 * @param {import('../lesson/sim.js').Sim} sim @param {import('../lesson/sim.js').Begin} begin @param {string} lang
 * @param {string} [theme] empty: the reader's own
 */
export function frameAddress(sim, begin, lang, theme) {
  const { sent, kept } = split(sim.query);
  const [path, hash = ''] = addressOf({ ...sim, query: sent }, begin, lang).split(/(?=#)/);
  return path + set(set(hash, 'do', kept || undefined), 'theme', theme || undefined);
}

/**
 * The address of the picture of a moment, which the server draws; undefined: the
 * run is too long to be sent.
 * @param {string} query @param {number} at virtual µs @param {string} lang
 * @param {{headline?: string, note?: string, theme?: string, own?: string}} [looks] words over it, and those for handlers; empty: the stage's own, and none; theme: empty: the reader's own
 */
export function pictureAddress(query, at, lang, looks = {}) {
  const { sent, kept } = split(query);
  const over = Object.entries(looks).map(([key, text]) => text && `&${key}=${encodeURIComponent(text)}`).join('');
  return kept ? undefined : `/figure.svg?lang=${lang}&at=${formatDuration(Math.round(at))}${over}${sent && `&${sent}`}`;
}

/**
 * What a run is, in a few words of the grammar: "mode=store workers=4"; and how many commands it has.
 * @param {string} query
 */
export function setUpOf(query) {
  const values = parse(query);
  const commands = (values.get('do') ?? '').split(';').filter((c) => c.trim()).length;
  return { keys: [...values].filter(([key]) => !BESIDE.has(key)).map(([key, value]) => `${key}=${value}`).join(' '), commands };
}

/**
 * The name of a file, which says what it is of: procession-store-seed1-12.5s.png.
 * @param {{mode: string, seed: string}} scenario @param {number} at virtual µs @param {string} ending empty: without one @param {string} [what] of the run
 */
export const fileName = ({ mode, seed }, at, ending, what = '') =>
  ['procession', mode, `seed${seed}`, formatDuration(Math.floor(at / 1e5) * 1e5), what].filter(Boolean).join('-') + (ending && `.${ending}`);
