// What stands on the stage while no run comes to it.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { t } from '../words/text.js';

/** @param {() => void} again tries once more */
export const word = (again) => h('p', { class: 'mute', role: 'status' }, t('mute'), ' ', h('button', { type: 'button', class: 'button', 'data-reopen': true, click: again }, t('mute.again')));
