// A command to the store, as a person would say it. Pure.

/** Longer words than this stand as {…}. */
const LONG = 14;

/**
 * Quotes off, ids and long values short: GET sess:7f3a.
 * @param {string} line as redis-cli monitor writes it
 */
export function readable(line) {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1].replace(/\\(.)/g, '$1'));
  return words.map((word, i) => {
    if (i === 0) return word;
    if (word.startsWith('sess:')) return word.slice(0, 9);
    return word.length > LONG ? '{…}' : word;
  }).join(' ');
}
