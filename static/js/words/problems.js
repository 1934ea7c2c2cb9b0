// What went wrong, as the server says it: in English, with the name of the
// sentence in the catalogues and what belongs into its places. Loads when there
// is something to say.

import { wordsOf } from '../wire/requests.js';
import { fill, speak } from './text.js';

/** @typedef {import('../wire/wire.js').Problem} Problem */
/** problems: sentences by name; allowed: what the simulator says is allowed, by its English. @typedef {{problems: Record<string, string>, allowed?: Record<string, string>}} Words */

/** The language of the server's own sentences. */
const SERVER = 'en';

/** @type {Promise<Words> | undefined} */
let words;

/**
 * The sentence of a problem, in a language if it has one; else the server's own.
 * @param {Problem} problem @param {string} lang
 */
export async function told(problem, lang) {
  if (lang === SERVER) return problem.text;
  try {
    words ??= read(lang);
    return sentence(problem, await words);
  } catch {
    words = undefined; // the next one may get through
    return problem.text;
  }
}

/** @param {string} lang @returns {Promise<Words>} */
async function read(lang) {
  await speak(lang);
  return wordsOf(`problems/${lang}`);
}

/** @param {Problem} problem @param {Words} words */
export function sentence({ code, say, args, text }, { problems, allowed }) {
  const pattern = problems[say ?? code];
  if (pattern === undefined) return text;
  if (!args) return fill(pattern, { text });
  return fill(pattern, args.allowed === undefined ? args : { ...args, allowed: fill(allowed?.[args.allowed] ?? args.allowed, args) });
}
