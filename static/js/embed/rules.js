// What may be touched in a frame: the words of #controls=, and which of them
// each order, key and panel needs. Play, pause, step and restart need none. Pure.

/** The words that controls= may have, but "all". */
export const CONTROLS = [
  'mode', 'workers', 'balancer', 'connection', 'store', 'visitors', 'processes', 'settings', 'timeline', 'code', 'machine', 'why', 'charts', 'compare', 'speed',
];

/** Needs every control: what is for the whole page and not for a frame. */
export const EVERYTHING = 'all';

/** Settings with a control of their own; the others are in the sheet. */
const OWN = new Set(['mode', 'workers', 'balancer', 'connection']);

/** Whether the set-up may be changed. @param {Set<string>} controls */
export const mayChange = (controls) => [...OWN, 'settings'].some((word) => controls.has(word));

/** Verbs of commands. @type {Record<string, string>} */
const VERBS = { store: 'store', crash: 'processes', restart: 'processes', reload: 'processes' };

/** What visitors are asked to do. */
const OF_VISITORS = new Set(['join', 'leave', 'login', 'visit', 'cart', 'count', 'chat', 'report', 'transfer', 'poll', 'logout']);

/** Time, but for what is always there. @type {Record<string, string>} */
const TIMES = { slower: 'speed', faster: 'speed', back: 'timeline' };

/** @type {Record<string, string>} */
const PANELS = { settings: 'settings', people: 'visitors', processes: 'processes', machine: 'machine', why: 'why', code: 'code', truth: 'machine' };

/** @type {Record<string, string>} */
const KEYS = {
  1: 'mode', 2: 'mode', 3: 'mode', 4: 'mode', '-': 'speed', '+': 'speed', '=': 'speed',
  ArrowLeft: 'timeline', '<': 'timeline', '>': 'timeline', n: 'timeline', l: 'timeline', o: 'timeline', PageUp: EVERYTHING, PageDown: EVERYTHING,
  s: 'settings', a: 'visitors', p: 'processes', m: 'machine', w: 'why', c: 'code', v: 'compare', g: 'charts',
  i: 'machine', x: EVERYTHING, t: EVERYTHING, f: EVERYTHING, b: EVERYTHING, '?': EVERYTHING,
};

/**
 * The controls of a list: "mode, workers"; "all" is all of them. What is no
 * control is left out.
 * @param {string} text @returns {Set<string>}
 */
export function controlsOf(text) {
  const words = text.split(/[\s,;]+/);
  return words.includes(EVERYTHING) ? new Set([...CONTROLS, EVERYTHING]) : new Set(CONTROLS.filter((c) => words.includes(c)));
}

/**
 * The control that an order needs; empty: none.
 * @param {{do?: string, time?: string}} order
 */
export function needed({ do: text, time }) {
  if (!text) return TIMES[time ?? ''] ?? '';
  const [verb, rest = ''] = text.trim().split(/\s+(.*)/s);
  if (verb !== 'set') return VERBS[verb] ?? (OF_VISITORS.has(verb) ? 'visitors' : 'settings');
  const key = rest.split('=')[0];
  return OWN.has(key) ? key : 'settings';
}

/** Whether an order may be given. @param {Set<string>} controls @param {{do?: string, time?: string}} order */
export function permits(controls, order) {
  const word = needed(order);
  // The sheet with all settings has those, too, that have a control of their own.
  return !word || controls.has(word) || (OWN.has(word) && controls.has('settings'));
}

/** Whether a key means something here. @param {Set<string>} controls @param {string} key @param {boolean} shift */
export function permitsKey(controls, key, shift) {
  const word = key === 'ArrowRight' && shift ? 'timeline' : KEYS[key];
  return !word || controls.has(word);
}

/** Whether a panel may be opened. @param {Set<string>} controls @param {string} name */
export const permitsPanel = (controls, name) => controls.has(PANELS[name] ?? EVERYTHING);
