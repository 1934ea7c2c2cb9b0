// The words of the page, from the catalogue of its language.

/** @typedef {{ui: Record<string, string>, narrate: Record<string, string>}} Catalogue */

/** @type {Catalogue} */
let catalogue = { ui: {}, narrate: {} };

/**
 * Loads the catalogue of a language; everything else waits for it.
 * @param {string} lang
 */
export async function load(lang) {
  const answer = await fetch(new URL(`../lang/${lang}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`The catalogue of words could not be loaded (${answer.status}).`);
  use(await answer.json());
}

/** @param {Partial<Catalogue>} words */
export function use(words) {
  catalogue = { ui: words.ui ?? {}, narrate: words.narrate ?? {} };
}

export const sentences = () => catalogue.narrate;

/**
 * A string of the page. A form for one thing is the key with ".one".
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const template = (values.n === 1 ? catalogue.ui[`${key}.one`] : undefined) ?? catalogue.ui[key] ?? key;
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
