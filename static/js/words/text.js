// The words of the page, from the catalogue of its language.

import { wordsOf } from '../wire/requests.js';

/** later: the rest of the words, without which the first picture does; the server sends them apart. @typedef {{ui: Record<string, string>, later: Record<string, string>, narrate: Record<string, string>}} Catalogue */

/** @type {Omit<Catalogue, 'later'>} */
let catalogue = { ui: {}, narrate: {} };
export let language = '';

/** Puts a particle behind a word, in languages that have some. @type {(word: string, form: string) => string} */
let particle = (_word, form) => form;

/**
 * Loads the catalogue of a language; everything else waits for it.
 * @param {string} lang
 */
export async function load(lang) {
  language = lang;
  await speak(lang);
  use(await wordsOf(lang));
}

/**
 * Loads a part of a catalogue, for a page that needs no more.
 * @param {string} lang @param {string} part
 */
export async function loadPart(lang, part) {
  language = lang;
  await speak(lang);
  use(await wordsOf(`${lang}.${part}`));
}

/** The rules of a language. @param {string} lang */
export async function speak(lang) {
  if (lang === 'ko') ({ particle } = await import('./korean.js'));
}

/** The particle behind a word. @param {string} word @param {string} form */
export const behind = (word, form) => particle(word, form);

/** Loads the rest: the words of panels, and the sentences of what happens. */
export async function loadRest() {
  const { ui, narrate } = await wordsOf(`${language}.later`);
  Object.assign(catalogue.ui, ui);
  Object.assign(catalogue.narrate, narrate); // whoever tells has it already
}

/** @param {Partial<Catalogue>} said */
export function use({ ui, later, narrate = {} }) {
  catalogue = { ui: { ...ui, ...later }, narrate };
}

/** The sentences of what happens; none before they have loaded. */
export const sentences = () => catalogue.narrate;

/**
 * A string of the page. A form for one thing is the key with ".one".
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const template = (values.n === 1 ? catalogue.ui[`${key}.one`] : undefined) ?? catalogue.ui[key] ?? key;
  return fill(template, values);
}

/** What people call an operation; one of an author's own has its own word, of the author's. @param {string} op */
export const opWord = (op) => catalogue.ui[`op.${op}`] ?? catalogue.narrate[`op.${op}`] ?? op;

/**
 * Puts values in their places: {name}, and {name:은} with a particle behind it.
 * @param {string} template @param {Record<string, string | number>} values
 */
export function fill(template, values) {
  if (!template.includes('{')) return template; // as most that are asked for in each frame
  return template.replace(/\{(\w+)(?::(\p{L}+))?\}/gu, (whole, name, form = '') => (Object.hasOwn(values, name) ? `${values[name]}${form && particle(String(values[name]), form)}` : whole));
}
