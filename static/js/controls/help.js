// What the keys do, what the signs mean, and how it works.

import { h } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';
import { styles } from '../dom/styles.js';
import { GROUPS, meaning } from '../signs/signs.js';
import { languages } from './present.js';

/** Keys, in the order in which they are listed. */
const KEYS = ['space', 'step', 'back', 'events', 'requests', 'now', 'undo', 'old', 'copy', 'slower', 'faster', 'modes', 'choose', 'settings', 'people', 'processes', 'machine', 'more', 'beside', 'charts', 'share', 'truth', 'why', 'code', 'transcript', 'full', 'blank', 'remote', 'quiet', 'reset', 'help', 'escape'];

/** How it works, one paragraph each. */
const WORKS = ['story', 'do', 'time', 'link'];

export class HelpElement extends HTMLElement {
  /** @type {HTMLDialogElement | undefined} */
  #dialog;

  async open() {
    await Promise.all([import('../words/rest.js'), styles('signs'), styles('machine')]); // what is read here only, and what signs look like
    this.#dialog ??= this.#build();
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  #build() {
    const close = h('button', { type: 'button', class: 'tool', autofocus: true, 'aria-label': t('close'), click: () => dialog.close() }, icon('close'));
    const dialog = h('dialog', { 'aria-labelledby': 'help-title', class: 'help-dialog' },
      h('header', {}, h('h2', { id: 'help-title' }, t('help.title')), h('span', { class: 'head-tools' }, languages(), close)),
      h('div', { class: 'help-body' },
        h('h3', {}, t('help.keys')),
        h('dl', { class: 'keys' }, ...KEYS.map((k) => h('div', {}, h('dt', {}, h('kbd', {}, t(`key.${k}`))), h('dd', {}, t(`key.${k}.does`))))),
        h('h3', {}, t('signs')),
        h('p', {}, t('signs.lead')),
        h('div', { class: 'signs' }, ...GROUPS.map(({ name, signs }) => h('section', {}, h('h4', {}, t(`signs.${name}`)),
          h('ul', {}, ...signs.map((sign) => h('li', { 'data-sign': sign.name }, h('span', { class: 'sample', 'aria-hidden': 'true' }, sign.draw()), h('span', {}, meaning(sign)))))))),
        h('h3', {}, t('help.how')),
        h('div', { class: 'help-how' }, ...WORKS.map((m) => h('p', {}, t(`help.${m}`)))),
      ));
    // A click on the backdrop is a click on the dialog itself.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    this.append(dialog);
    return dialog;
  }
}

customElements.define('procession-help', HelpElement);
