// The notes of a step for presenters: where they are on, a sign says so, and
// that everybody in front of this screen can read them.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { inLanguage } from '../address/address.js';
import { t } from '../words/text.js';

/** @type {HTMLElement | undefined} */
let sign;

/** Puts the sign before the notes of a step, or under its heading where it has none, and into sight. @param {import('./step.js').Step} step */
export function notes({ element, heading, id }) {
  const first = element.querySelector('aside.notes');
  sign ??= h('p', { class: 'notes', role: 'status' });
  const search = new URLSearchParams(location.search);
  search.set('notes', '');
  const address = `${location.pathname}${inLanguage(document.documentElement.lang, `?${search}`)}#${id}`;
  sign.replaceChildren(t(first ? 'notes.on' : 'notes.on.none'), ' ', h('a', { href: address, target: '_blank' }, t('notes.apart')));
  (first ?? heading)[first ? 'before' : 'after'](sign);
  sign.scrollIntoView({ block: 'nearest' });
  first?.scrollIntoView({ block: 'nearest' });
}
