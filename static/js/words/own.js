// An author's own words for a handler: what people call it, and the sentence
// that is told when it has answered. The rule is that of the server's package
// own. Loads when a lesson or an address has some. Pure, but for use.

import './rest.js';
import { sentences } from './text.js';

/** says: by the status of the answer. @typedef {{name: string, word?: string, says?: Record<string, string>}} Words */

/** The events that tell of an answer. */
const TOLD = ['request.answered', 'request.done'];

/** Limits, characters; and so many handlers a scenario has at most. */
const MAX_WORD = 24;
const MAX_SAYS = 160;
const MOST = 8;

/** What may stand in braces, and what the catalogue calls it. @type {Record<string, string>} */
const NAMES = { visitor: 'visitor', process: 'pid', value: 'text', status: 'status' };

/** A name in braces, with or without a Korean particle. */
const PLACE = /\{([a-z]+)((?::\p{Script=Hangul}+)?)\}/gu;

/** Control characters, and those that turn the direction of writing: no text needs them. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** @param {unknown} text @param {number} most characters */
const plain = (text, most) => (typeof text === 'string' && text !== '' && [...text].length <= most && !HARMFUL.test(text) ? text : undefined);

/** What people call a handler; undefined: it cannot be said. @param {unknown} text */
const wordOf = (text) => (/[{}]/.test(String(text)) ? undefined : plain(text, MAX_WORD));

/** A sentence as a catalogue has it; undefined: it cannot be told. A process has its colour. @param {unknown} said */
function templateOf(said) {
  const text = plain(said, MAX_SAYS);
  if (!text || text.includes('[[') || /[{}]/.test(text.replace(PLACE, ''))) return undefined;
  let known = true;
  const template = text.replace(PLACE, (_, name, form) => {
    known &&= Object.hasOwn(NAMES, name);
    return name === 'process' ? `[[{pid${form}}|p{pid}]]` : `{${NAMES[name]}${form}}`;
  });
  return known ? template : undefined;
}

/**
 * What is added to a catalogue: op.NAME, what people call the handler, and what is told of an answer as it leaves and as it comes.
 * What cannot be told is left out.
 * @param {unknown} words a list of Words, or that as JSON
 * @returns {Record<string, string>}
 */
export function entriesOf(words) {
  /** @type {Record<string, string>} */
  const all = {};
  for (const w of listOf(words).slice(0, MOST)) {
    if (typeof w?.name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(w.name)) continue;
    const word = wordOf(w.word);
    if (word) all[`op.${w.name}`] = word;
    for (const [status, said] of Object.entries(w.says ?? {})) {
      const template = /^\d{3}$/.test(status) && templateOf(said);
      if (template) for (const kind of TOLD) all[`${kind}.${status}.own.${w.name}`] = template;
    }
  }
  return all;
}

/** @param {unknown} words @returns {any[]} */
function listOf(words) {
  try {
    const list = typeof words === 'string' ? JSON.parse(words) : words;
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** What was added. @type {string[]} */
let added = [];

/** Speaks in the words of another author. @param {unknown} words */
export function use(words) {
  for (const key of added) delete sentences()[key];
  const entries = entriesOf(words);
  Object.assign(sentences(), entries);
  added = Object.keys(entries);
}
