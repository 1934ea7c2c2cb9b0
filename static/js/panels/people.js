// Who is here: somebody new joins, and among many one is found.

import { h, setAttr, setChildren, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { fault, find, nextName } from './names.js';
import { Popover } from './popover.js';

/** @typedef {import('../run/model.js').State} State */

/** So many found names are shown. */
const SHOWN = 6;

export class People {
  #popover;
  #page;
  #find = h('input', { type: 'search', id: 'find-visitor', autocomplete: 'off', spellcheck: 'false', input: () => this.#show() });
  #found = h('ul', { class: 'found' });
  #finder = h('div', { class: 'finder' });
  #name = h('input', { type: 'text', id: 'join-visitor', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'join-fault', input: () => this.#judge() });
  #fault = h('p', { class: 'refused', id: 'join-fault', 'aria-live': 'polite' });
  #join = h('button', { type: 'submit', class: 'button strong', 'data-join': true });
  /** @type {State | undefined} */
  #state;
  #disabled = true;

  /** @param {HTMLElement} page that orders go to */
  constructor(page) {
    this.#page = page;
    this.#popover = new Popover('people', t('people.title'), page);
    setText(this.#join, t('people.join'));
    this.#finder.append(h('label', { for: 'find-visitor' }, t('people.find')), this.#find, this.#found);
    this.#popover.body.append(
      this.#finder,
      h('form', {
        class: 'join',
        submit: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.#order();
        },
      }, h('label', { for: 'join-visitor' }, t('people.name')), h('span', { class: 'one-line' }, this.#name, this.#join), this.#fault),
    );
  }

  /** @param {Element} anchor @param {State} state @param {boolean} disabled */
  async toggle(anchor, state, disabled) {
    if (this.#popover.isOpen) return this.#popover.close();
    this.#state = state;
    this.#disabled = disabled;
    this.#name.value = nextName(state.visitors);
    this.#find.value = '';
    this.#show();
    this.#judge();
    // Who can be seen can be clicked; only a crowd needs a search.
    this.#finder.hidden = !document.querySelector('.crowd');
    await this.#popover.open(anchor, this.#finder.hidden ? this.#name : this.#find);
    if (this.#finder.hidden) this.#name.select();
  }

  /** @param {State} state @param {boolean} disabled */
  show(state, disabled) {
    this.#state = state;
    this.#disabled = disabled;
    if (!this.#popover.isOpen) return;
    this.#judge();
    this.#show();
  }

  #judge() {
    const wrong = this.#state && fault(this.#name.value.trim(), this.#state.visitors);
    setText(this.#fault, wrong && wrong !== 'empty' ? t(`people.${wrong}`) : '');
    setAttr(this.#name, 'aria-invalid', wrong ? 'true' : undefined);
    this.#join.disabled = Boolean(wrong) || this.#disabled;
  }

  #show() {
    if (!this.#state || (this.#popover.isOpen && this.#finder.hidden)) return;
    const names = find(this.#state.visitors.keys(), this.#find.value, SHOWN);
    const there = [...this.#found.querySelectorAll('button')].map((b) => b.dataset.pick);
    if (names.length && names.join('\n') === there.join('\n')) return;
    setChildren(this.#found, names.length ? names.map((name) => h('li', {},
      h('button', { type: 'button', class: 'pick', 'data-pick': name, 'aria-haspopup': 'menu', click: () => this.#pick(name) }, name)))
      : [h('li', { class: 'nobody' }, t('people.nobody'))]);
  }

  /** @param {string} which */
  #pick(which) {
    const anchor = this.#popover.anchor;
    this.#popover.close();
    this.#page.dispatchEvent(new CustomEvent('menu', { detail: { what: 'visitor', which, anchor } }));
  }

  #order() {
    if (this.#join.disabled || !this.#state) return;
    const name = this.#name.value.trim();
    this.#page.dispatchEvent(new CustomEvent('order', { detail: { do: `join ${name}` } }));
    // Ready for the next one, who is not this one.
    const { visitors } = this.#state;
    this.#name.value = nextName({ has: (n) => n === name || visitors.has(n), size: visitors.size + 1 });
    this.#name.select();
    this.#judge();
  }
}
