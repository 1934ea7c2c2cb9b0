// Words for what the server names: from the catalogue where it has them, else
// as the server says it.

import { t } from '../words/text.js';

/** @param {string} key @param {string} otherwise @param {Record<string, string | number>} [values] */
export function word(key, otherwise, values) {
  const text = t(key, values);
  return text === key ? otherwise : text;
}

/** The value of a key of the grammar. @param {string} name @param {string} value */
export const valueWord = (name, value) => word(`set.${name}.${value}`, word(`${name}.${value}`, word(`set.${value}`, value)));
