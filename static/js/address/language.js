// The language in the address. It chooses the words and is no part of the run,
// so it is taken out before the scenario is read and put back into what people
// copy. Pure.

const KEY = 'lang=';

/** @param {string} search */
const parts = (search) => search.replace(/^\?/, '').split('&').filter(Boolean);

/** What an address says of the run. @param {string} search with or without the question mark */
export const scenarioIn = (search) => parts(search).filter((p) => !p.startsWith(KEY)).join('&');

/** The language that an address asks for; empty when the browser decides. @param {string} search */
export const languageIn = (search) => parts(search).find((p) => p.startsWith(KEY))?.slice(KEY.length) ?? '';

/**
 * The address of a run, in the language of the present one.
 * @param {string} query the run @param {string} search the present address @param {string} path
 */
export function addressOf(query, search, path = '/') {
  const lang = languageIn(search);
  const all = [lang && KEY + lang, query].filter(Boolean).join('&');
  return all ? `${path}?${all}` : path;
}

/** The present address in another language. @param {string} lang @param {string} search */
export const inLanguage = (lang, search) => `?${[KEY + lang, scenarioIn(search)].filter(Boolean).join('&')}`;
