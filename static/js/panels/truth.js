// What is true here: how much every time is stretched, where the real figure is
// from, and what the simulator leaves out.

import { h, setChildren, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { about } from './about.js';
import { duration, stretch } from './durations.js';
import { Sheet } from './sheet.js';
import { slug, word } from './terms.js';

export class Truth {
  #sheet;
  #lead = h('p', { class: 'sheet-lead' });
  #built = false;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#sheet = new Sheet('truth', t('truth.title'), page);
    this.#sheet.element.classList.add('wide');
    this.#sheet.body.append(this.#lead);
  }

  async toggle() {
    if (this.#sheet.isOpen) return this.#sheet.close();
    await this.#sheet.open();
    if (this.#built) return;
    try {
      const said = await about();
      if (this.#built) return;
      this.#built = true;
      this.#build(said);
    } catch {
      setChildren(this.#sheet.body, [h('p', { class: 'refused', role: 'alert' }, t('about.failed'))]);
    }
  }

  /** @param {import('../run/model.js').State} state */
  show({ scenario }) {
    this.#sheet.element.dataset.costs = scenario.costs ?? '';
    setText(this.#lead, t(`truth.lead.${scenario.costs === 'measured' ? 'measured' : 'teaching'}`));
  }

  /** @param {import('./about.js').About} said */
  #build({ costs, notModelled }) {
    const head = ['what', 'real', 'here', 'times'].map((c) => h('th', { scope: 'col', class: c === 'what' ? undefined : 'figure-cell' }, t(`truth.${c}`)));
    this.#sheet.body.append(
      h('h3', { id: 'truth-costs' }, t('truth.costs')),
      h('p', {}, t('truth.costs.why')),
      h('table', { 'aria-labelledby': 'truth-costs' },
        h('thead', {}, h('tr', {}, ...head)),
        h('tbody', {}, ...costs.map((c) => h('tr', {},
          h('th', { scope: 'row' }, word(`cost.${slug(c.name)}`, c.name), h('span', { class: 'source' }, word(`cost.${slug(c.name)}.source`, c.source))),
          h('td', { class: 'figure-cell' }, duration(c.measured)),
          h('td', { class: 'figure-cell' }, duration(c.teaching)),
          h('td', { class: 'figure-cell' }, stretch(c.measured, c.teaching) ?? t('truth.same')))))),
      h('h3', {}, t('truth.kept')),
      h('p', {}, t('truth.kept.why')),
      h('h3', {}, t('truth.left')),
      h('ul', { class: 'left-out' }, ...notModelled.map((sentence, i) => h('li', {}, word(`left-out.${i + 1}`, sentence)))),
      h('p', {}, t('truth.sources')),
    );
    this.#sheet.element.dataset.built = 'true';
  }
}
