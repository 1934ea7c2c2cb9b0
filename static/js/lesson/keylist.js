// The keys of a lesson.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { t } from '../words/text.js';
import { dialog } from './dialog.js';

/** Keys, in the order in which they are listed. */
const KEYS = ['next', 'back', 'page', 'space', 'step', 'restart', 'stage', 'escape', 'hint', 'notes', 'full', 'help'];

/** The word of a key; presenting has that of the stage. @param {string} key */
const word = (key) => t(key.startsWith('full') ? `key.${key}` : `lesson.key.${key}`);

/** @param {Element} page */
export async function help(page) {
  if (page.querySelector('dialog[open]')) return;
  await dialog(page, { title: t('lesson.help'), close: t('lesson.close') },
    h('p', {}, t('lesson.help.lead')),
    h('dl', {}, ...KEYS.flatMap((k) => [h('dt', {}, h('kbd', {}, word(k))), h('dd', {}, word(`${k}.does`))])));
}
