// What stands behind the # of a frame's address and is none of its options: what
// was wrong, and what is allowed, for whoever wrote it. What was right goes on.
// Loads when something stands there. Pure, but for told.

import '../words/rest.js';
import { momentOf } from '../address/hash.js';
import { parse, parseCommands } from '../address/url.js';
import { MAX_BESIDE, MAX_HEADLINE, MAX_NOTE, SPEEDS } from '../run/limits.js';
import { t } from '../words/text.js';
import { selectorOf } from './pointer.js';
import { entriesOf } from '../words/own.js';
import { CONTROLS, EVERYTHING, mayChange } from './rules.js';
import { PANELS, THEMES, wishesOf } from './wishes.js';

/** The run behind a frame. query: with its commands. @typedef {Pick<import('../run/model.js').State, 'visitors' | 'workers'> & {query: string}} Run */

/** allowed: a list, or the end of a name in the catalogue (embed.allowed.…). @typedef {{key: string, value: string, allowed: string[] | string}} Mistake */

/** A mistake is shown so long, characters: no more is needed to find it. */
const SHOWN = 60;

/** So many visitors are named. */
const NAMED = 8;

/** @param {string} value @param {number} most */
const within = (value, most) => [...value].length <= most;

/** @param {string[]} allowed @returns {(value: string) => Mistake['allowed'] | undefined} */
const oneOf = (allowed) => (value) => (allowed.includes(value) ? undefined : allowed);

/** @param {string} value */
const moment = (value) => (momentOf(`t=${value}`) === undefined ? 'moment' : undefined);

/** What each option may be: nothing where the value is right, else what is allowed. @type {Record<string, (value: string) => Mistake['allowed'] | undefined>} */
const OPTIONS = {
  t: moment,
  until: moment,
  controls: (value) => (value.split(/[\s,;]+/).every((word) => !word || word === EVERYTHING || CONTROLS.includes(word)) ? undefined : [...CONTROLS, EVERYTHING]),
  point: (value) => (value.split(';').every((word) => !word.trim() || selectorOf(word)) ? undefined : 'point'),
  open: oneOf(PANELS),
  play: oneOf(['true', 'false']),
  wait: oneOf(['true', 'false']),
  speed: (value) => (SPEEDS.includes(Number(value)) ? undefined : SPEEDS.map(String)),
  theme: oneOf(THEMES),
  with: (value) => (value.split('|').filter(Boolean).length > MAX_BESIDE ? 'with' : undefined),
  headline: (value) => (within(value, MAX_HEADLINE) ? undefined : 'headline'),
  note: (value) => (within(value, MAX_NOTE) ? undefined : 'note'),
  own: (value) => (Object.keys(entriesOf(value)).length ? undefined : 'own'),
  do: () => undefined, // a part of the run, which has sentences of its own
};

/**
 * Words of point= for what is in this run at no time, and that no reader can bring into it.
 * @param {string} hash @param {Run} run @returns {Mistake[]}
 */
function pointless(hash, { visitors, workers, query }) {
  const { controls, point } = wishesOf(hash);
  const values = parse(query);
  const commands = parseCommands(values.get('do') ?? '').map(({ text }) => text.split(/\s+(.*)/s));
  const there = [...visitors.values()].map(({ name }) => name);
  const names = [...there, ...(values.get('visitors') ?? '').split(','), ...commands.filter(([verb]) => verb === 'join').map(([, name]) => name)];
  const most = Math.max(workers.length, ...commands.map(([, what]) => Number(/^workers=(\d+)$/.exec(what)?.[1] ?? 0)));
  return point.filter((word) => selectorOf(word)).flatMap((value) => {
    const [kind, name = ''] = value.split(/\s+(.*)/s);
    if ((kind === 'visitor' || kind === 'strip') && !names.includes(name) && !controls.has('visitors')) return { key: 'point', value, allowed: there.slice(0, NAMED).map((n) => `${kind} ${n}`) };
    if (kind === 'worker' && !(Number(name) >= 1 && Number(name) <= most) && !mayChange(controls)) return { key: 'point', value, allowed: Array.from({ length: most }, (_, i) => `worker ${i + 1}`) };
    return [];
  });
}

/** @param {string} hash @param {Run} [run] undefined: it is not known yet @returns {Mistake[]} */
export function mistakesIn(hash, run) {
  /** @type {Mistake[]} */
  const found = [];
  for (const part of hash.replace(/^#/, '').split('&').filter(Boolean)) {
    const [key, ...rest] = part.split('=');
    const value = plain(rest.join('='));
    const option = Object.hasOwn(OPTIONS, key) ? OPTIONS[key] : undefined;
    const allowed = option ? option(value) : Object.keys(OPTIONS);
    if (allowed) found.push({ key: option ? key : '#', value: option ? value : plain(key), allowed });
  }
  return run ? [...found, ...pointless(hash, run)] : found;
}

/** @param {string} text */
function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that is no escape
  }
}

/** The mistakes in sentences; empty: there are none. @param {string} hash @param {Run} [run] */
export const told = (hash, run) => mistakesIn(hash, run).map(({ key, value, allowed }) => t(key === '#' ? 'embed.mistake.key' : 'embed.mistake', {
  key, value: JSON.stringify([...value].slice(0, SHOWN).join('')),
  allowed: Array.isArray(allowed) ? allowed.join(', ') : t(`embed.allowed.${allowed}`, { n: allowed === 'note' ? MAX_NOTE : allowed === 'headline' ? MAX_HEADLINE : MAX_BESIDE }),
})).join(' ');
