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

/** A text of the server as a part of a key. @param {string} text */
export const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** A comment of the code, from the catalogue where it has it. @param {string} comment */
export function remark(comment) {
  const said = word(`code.comment.${slug(comment)}`, '');
  return said ? `// ${said}` : comment;
}
