// The lines of a story as sentences, from the catalogue. Pure.

import { Renewal } from '../run/renewal.js';
import { duration, moment, Narrator } from '../words/narrate.js';
import { language, t } from '../words/text.js';

/** @typedef {import('../words/narrate.js').Part} Part */
/** @typedef {import('./story.js').Line} Line */

/** How much of a session id a sentence shows. */
const SHORT = 4;

/**
 * The sentences of lines, in their colours.
 * @param {Line[]} lines
 * @param {import('../run/model.js').Event[]} events all that the story was made from
 * @param {Record<string, string>} catalogue the part "narrate"
 * @param {import('../run/model.js').State} [base] the picture before the first event
 * @returns {Part[][]}
 */
export function tell(lines, events, catalogue, base) {
  const narrator = new Narrator(catalogue, language);
  if (base) narrator.begin(base);
  const renewal = new Renewal();
  /** @type {Map<number, Part[]>} */
  const told = new Map();
  const wanted = new Set(lines.filter((l) => l.event).map((l) => l.seq));
  for (const e of wanted.size ? events : []) {
    narrator.note(e);
    const changed = renewal.note(e) === 'change';
    if (wanted.has(e.seq)) told.set(e.seq, narrator.parts(e, changed));
  }
  return lines.map((l) => (l.event ? told.get(l.seq) ?? [] : sentence(`why.${l.key}`, l.values)));
}

/**
 * A sentence of the catalogue.
 * @param {string} key @param {Record<string, import('./story.js').Value>} values
 * @returns {Part[]}
 */
export function sentence(key, values) {
  /** @type {Record<string, string | number>} */
  const plain = {};
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) plain[name] = value.map((v) => t(`why.${v.key}`, shown(v.values))).join(t('why.and'));
    else plain[name] = value;
  }
  return split(t(key, shown(plain)));
}

/** Values as people read them. @param {Record<string, string | number>} values */
function shown(values) {
  const { sid, since, dur } = values;
  return {
    ...values,
    ...(sid === undefined ? {} : { sid: String(sid).slice(0, SHORT) }),
    ...(since === undefined ? {} : { since: moment(Number(since), language) }),
    ...(dur === undefined ? {} : { dur: duration(Number(dur), language) }),
  };
}

/**
 * Takes the marks of ink, [[words|ink]], out of a sentence.
 * @param {string} text
 * @returns {Part[]}
 */
export function split(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(/\[\[(.*?)\|(.*?)\]\]/g)) {
    if (found.index > at) parts.push({ text: text.slice(at, found.index), ink: '' });
    parts.push({ text: found[1], ink: found[2] });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), ink: '' });
  return parts;
}
