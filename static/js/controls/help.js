// What the keys do, and what the picture means.

import { h } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';
import { languages } from './present.js';

/** Keys, in the order in which they are listed. */
const KEYS = ['space', 'step', 'back', 'events', 'requests', 'now', 'old', 'copy', 'slower', 'faster', 'modes', 'settings', 'people', 'processes', 'machine', 'more', 'beside', 'charts', 'share', 'truth', 'why', 'code', 'transcript', 'full', 'blank', 'remote', 'reset', 'help', 'escape'];

/** What the picture means, one paragraph each. */
const MEANINGS = ['story', 'ring', 'strip', 'do', 'time', 'link'];

export class HelpElement extends HTMLElement {
  /** @type {HTMLDialogElement | undefined} */
  #dialog;

  async open() {
    await import('../words/rest.js'); // what is read here only
    this.#dialog ??= this.#build();
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  #build() {
    const close = h('button', { type: 'button', class: 'tool', autofocus: true, 'aria-label': t('close'), click: () => dialog.close() }, icon('close'));
    const dialog = h('dialog', { 'aria-labelledby': 'help-title' },
      h('header', {}, h('h2', { id: 'help-title' }, t('help.title')), h('span', { class: 'head-tools' }, languages(), close)),
      h('div', { class: 'help-body' },
        ...MEANINGS.map((m) => h('p', {}, t(`help.${m}`))),
        h('h3', {}, t('help.keys')),
        h('dl', {}, ...KEYS.flatMap((k) => [h('dt', {}, h('kbd', {}, t(`key.${k}`))), h('dd', {}, t(`key.${k}.does`))])),
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
