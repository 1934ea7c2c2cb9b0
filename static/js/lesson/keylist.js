// The keys of a lesson.

import { h } from '../dom/dom.js';
import { t } from '../words/text.js';
import { dialog } from './dialog.js';

/** Keys, in the order in which they are listed. */
const KEYS = ['next', 'back', 'page', 'space', 'step', 'restart', 'stage', 'escape', 'hint', 'notes', 'help'];

/** @param {Element} page */
export async function help(page) {
  if (page.querySelector('dialog[open]')) return;
  await dialog(page, { title: t('lesson.help'), close: t('lesson.close') },
    h('p', {}, t('lesson.help.lead')),
    h('dl', {}, ...KEYS.flatMap((k) => [h('dt', {}, h('kbd', {}, t(`lesson.key.${k}`))), h('dd', {}, t(`lesson.key.${k}.does`))])));
}
