// What whoever puts the stage into a frame wants of it: from the fragment of
// the address, or from a message of the page around it. Pure.

import { get, momentOf } from '../address/hash.js';
import { MAX_BESIDE, MAX_HEADLINE, MAX_NOTE, SPEEDS } from '../run/limits.js';
import { parseDuration } from '../address/url.js';
import { controlsOf } from './rules.js';

/**
 * at: where the picture begins; until: where it stops by itself (0: nowhere), both virtual µs. playing: it goes on from
 * there. wait: it does not go on before the page around lets it. point: "visitor Ada", "worker 1" … open: a panel, or nothing. worlds: those beside the page's own.
 * headline, note: words over the stage; "none": there are none, empty: its own. own: the author's words for handlers (see words/own.js); empty: none.
 * @typedef {{at: number, until: number, playing: boolean, wait: boolean, speed: number, controls: Set<string>, point: string[], open: string, worlds: string[],
 *   headline: string, note: string, own: unknown}} Wishes
 */

export const PANELS = ['machine', 'code', 'charts'];
export const THEMES = ['light', 'dark', 'projector', 'auto'];

/** @param {number} value */
const speed = (value) => (SPEEDS.includes(value) ? value : 1);

/** @param {unknown} list @returns {string[]} */
const texts = (list) => (Array.isArray(list) ? list.filter((x) => typeof x === 'string' && x !== '') : []);

/** A moment, virtual µs; 0 when it is none. @param {unknown} at */
const moment = (at) => (typeof at === 'number' && Number.isFinite(at) && at > 0 ? Math.round(at) : 0);

/** Control characters, and those that turn the direction of writing: no text needs them. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Words in one line, no longer than they may be; empty when they are none. @param {unknown} text @param {number} most characters */
const words = (text, most) => (typeof text === 'string' ? [...text.replace(HARMFUL, ' ').replace(/\s+/g, ' ').trim()].slice(0, most).join('') : '');

/** Words over the stage; none, however it is written, is "none". @param {unknown} text @param {number} most characters */
const caption = (text, most) => words(text, most).replace(/^none$/i, 'none');

/** @param {string} hash @returns {Wishes} */
export function wishesOf(hash) {
  const at = momentOf(hash);
  return {
    at: at ?? 0,
    until: moment(parseDuration(get(hash, 'until') ?? '')),
    playing: get(hash, 'play') !== 'false',
    wait: get(hash, 'wait') === 'true',
    speed: speed(Number(get(hash, 'speed') ?? 1)),
    controls: controlsOf(get(hash, 'controls') ?? ''),
    point: (get(hash, 'point') ?? '').split(';').map((p) => p.trim()).filter(Boolean),
    open: PANELS.find((p) => p === get(hash, 'open')) ?? '',
    worlds: (get(hash, 'with') ?? '').split('|').filter(Boolean).slice(0, MAX_BESIDE),
    headline: caption(get(hash, 'headline'), MAX_HEADLINE),
    note: caption(get(hash, 'note'), MAX_NOTE),
    own: get(hash, 'own'),
  };
}

/** @param {Record<string, unknown>} message of type open @returns {Wishes} */
export function wishesIn(message) {
  return {
    at: moment(message.at),
    until: moment(message.until),
    playing: message.play === true,
    wait: message.wait === true,
    speed: speed(Number(message.speed)),
    controls: controlsOf(texts(message.controls).join(' ')),
    point: texts(message.point),
    open: PANELS.find((p) => p === message.open) ?? '',
    worlds: texts(message.beside).slice(0, MAX_BESIDE),
    headline: caption(message.headline, MAX_HEADLINE),
    note: caption(message.note, MAX_NOTE),
    own: message.own,
  };
}

/** The theme that a fragment asks for; undefined: the reader's own. @param {string} hash */
export const themeOf = (hash) => THEMES.find((name) => name === get(hash, 'theme'));
