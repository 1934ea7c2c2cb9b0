// A small thing beside the control that opened it.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';
import { styles } from '../dom/styles.js';
import { giveBack, Layer, openerOf } from '../dom/layers.js';

/** Between the thing and its anchor, and the edge of the window, px. */
const GAP = 8;

export class Popover {
  body = h('div', { class: 'popover-body' });
  #close = h('button', { type: 'button', class: 'tool', click: () => this.close() }, icon('close'));
  element;
  /** @type {Element | undefined} */
  #anchor;
  /** What gets the focus back. @type {Element | undefined} */
  #opener;
  #layer = new Layer(() => this.close());
  /** @param {Event} event */
  #outside = (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!this.element.contains(target) && !this.#anchor?.contains(target)) this.close(false);
  };

  /** @param {string} name @param {string} title @param {HTMLElement} page */
  constructor(name, title, page) {
    this.element = h('section', { class: 'popover', role: 'dialog', 'data-popover': name, 'aria-label': title, hidden: true },
      h('header', { role: 'presentation' }, h('b', {}, title), this.#close), this.body);
    this.#close.setAttribute('aria-label', t('close'));
    this.element.addEventListener('keydown', (event) => {
      if (/** @type {Element} */ (event.target).matches('input')) event.stopPropagation();
    });
    page.append(this.element);
  }

  get isOpen() { return !this.element.hidden; }

  get anchor() { return this.#anchor; }

  /** @param {Element} anchor @param {HTMLElement} first what gets the focus */
  async open(anchor, first) {
    this.#opener = openerOf(anchor);
    await styles('sheet');
    // A control that is folded away has one that stands in for it.
    this.#anchor = anchor.getClientRects().length ? anchor : document.querySelector('procession-more button') ?? anchor;
    this.element.hidden = false;
    this.#layer.rise();
    this.#place(this.#anchor.getBoundingClientRect());
    first.focus({ preventScroll: true });
    addEventListener('pointerdown', this.#outside, true);
  }

  /** @param {boolean} [back] the focus goes back to where it was */
  close(back = true) {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#layer.gone();
    removeEventListener('pointerdown', this.#outside, true);
    if (back) giveBack(this.#opener);
  }

  /** Below the anchor where there is room, and within the window. @param {DOMRect} at */
  #place(at) {
    const { width, height } = this.element.getBoundingClientRect();
    const view = document.documentElement;
    const below = at.bottom + GAP;
    const top = below + height + GAP <= view.clientHeight ? below : Math.max(GAP, at.top - height - GAP);
    this.element.style.left = `${Math.max(GAP, Math.min(at.left, view.clientWidth - width - GAP))}px`;
    this.element.style.top = `${top}px`;
  }
}
