// What went wrong, as the server says it: in English, with the name of the
// sentence in the catalogues and what belongs into its places. A command that
// cannot be carried out now is told of in words of its own, for people who pressed
// something and never wrote a command. Loads when there is something to say.

import { wordsOf } from '../wire/requests.js';
import { fill, speak } from './text.js';

/** @typedef {import('../wire/wire.js').Problem} Problem */
/**
 * problems: sentences by name; allowed: what the simulator says is allowed, by its English; refused: why a command was, by the same.
 * @typedef {{problems: Record<string, string>, allowed?: Record<string, string>, refused?: Record<string, string>}} Words
 */

/** The language of the server's own sentences. */
const SERVER = 'en';

/** @type {Promise<Words> | undefined} */
let words;

/**
 * The sentence of a problem, in a language if it has one; else the server's own.
 * @param {Problem} problem @param {string} lang
 */
export async function told(problem, lang) {
  if (lang === SERVER && !problem.args?.allowed) return problem.text; // most need no catalogue
  try {
    words ??= read(lang);
    return refusal(problem, await words) ?? (lang === SERVER ? problem.text : sentence(problem, await words));
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

/** Why a command cannot be carried out now; undefined: it is another mistake. @param {Problem} problem @param {Words} words */
export function refusal({ args }, { refused }) {
  const pattern = refused?.[args?.allowed ?? ''];
  return pattern && fill(pattern, { ...args, value: (args?.value ?? '').replace(/^"|"$/g, '') });
}

/** @param {Problem} problem @param {Words} words */
export function sentence({ code, say, args, text }, { problems, allowed }) {
  const pattern = problems[say ?? code];
  if (pattern === undefined) return text;
  if (!args) return fill(pattern, { text });
  return fill(pattern, args.allowed === undefined ? args : { ...args, allowed: fill(allowed?.[args.allowed] ?? args.allowed, args) });
}
