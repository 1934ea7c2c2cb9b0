// What a step has on the stage, and its address in a frame. Pure.

import { MAX_TIME } from '../run/limits.js';
import { set } from '../address/hash.js';
import { formatDuration } from '../address/url.js';

/**
 * As the server says it; times are virtual µs. continue: the run of the step before goes on.
 * @typedef {{query: string, from: number, until: number, play: 'auto' | 'learner', speed: number, controls: string[], point: string[],
 *   open: string, beside: string[], continue: boolean, headline?: string, note?: string, own?: import('../words/own.js').Words[]}} Sim
 */

/** How a step begins. wait: nothing goes on before the page says so. @typedef {{at: number, play: boolean, wait: boolean}} Begin */

/** Where a run stops by itself; 0: nowhere. @param {Sim} sim */
export const untilOf = (sim) => (sim.until > 0 && sim.until < MAX_TIME ? sim.until : 0);

/** @param {string | undefined} text @returns {Sim | undefined} */
export function read(text) {
  return text ? JSON.parse(text) : undefined;
}

/** The author's words for handlers, as an address has them. @param {Sim} sim */
export const spoken = ({ own }) => own && JSON.stringify(own);

/**
 * The message that opens a run in a frame.
 * @param {Sim} sim @param {Begin} begin @param {number} id
 */
export function opening(sim, begin, id) {
  return {
    procession: 'open', id, query: sim.query, at: begin.at, until: untilOf(sim), play: begin.play, wait: begin.wait, speed: sim.speed,
    controls: sim.controls, point: sim.point, open: sim.open, beside: sim.beside, headline: sim.headline, note: sim.note, own: spoken(sim),
  };
}

/**
 * The address of a frame.
 * @param {Sim} sim @param {Begin} begin @param {string} lang
 */
export function addressOf(sim, begin, lang) {
  const until = untilOf(sim);
  /** @type {[string, string | undefined][]} */
  const parts = [
    ['t', begin.at ? formatDuration(begin.at) : undefined],
    ['until', until ? formatDuration(until) : undefined],
    ['controls', sim.controls.join(',')],
    ['point', sim.point.join(';')],
    ['open', sim.open],
    ['play', begin.play ? undefined : 'false'],
    ['wait', begin.wait ? 'true' : undefined],
    ['speed', sim.speed === 1 ? undefined : String(sim.speed)],
    ['with', sim.beside.join('|')],
    ['headline', sim.headline],
    ['note', sim.note],
    ['own', spoken(sim)],
  ];
  const hash = parts.reduceRight((all, [key, value]) => set(all, key, value || undefined), '');
  return `/embed?${[`lang=${lang}`, sim.query].filter(Boolean).join('&')}${hash}`;
}
