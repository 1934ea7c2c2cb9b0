// A sheet beside the stage (on a phone: over its lower half): what is looked at
// while the run goes on. One at a time is open.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';
import { styles } from '../dom/styles.js';

/** Said to all sheets when one opens. */
const OPENS = 'sheet';

/** Where keys are letters and not commands. */
const TYPING = 'input:not([type="radio"], [type="checkbox"]), textarea, select';

export class Sheet {
  body = h('div', { class: 'sheet-body', tabindex: 0 });
  foot = h('footer', { class: 'sheet-foot', hidden: true });
  #title = h('h2');
  #close = h('button', { type: 'button', class: 'tool', click: () => this.close() }, icon('close'));
  element = h('section', { class: 'sheet', role: 'dialog', hidden: true }, h('header', { role: 'presentation' }, this.#title, this.#close), this.body, this.foot);
  /** @type {Element | null} */
  #opener = null;
  /** Told when it opens and when it closes. @type {(open: boolean) => void} */
  onToggle = () => {};

  /**
   * @param {string} name for those who read attributes
   * @param {string} title
   * @param {HTMLElement} page what the sheet becomes a part of
   */
  constructor(name, title, page) {
    const id = `sheet-${name}`;
    this.element.dataset.sheet = name;
    this.element.setAttribute('aria-labelledby', id);
    this.#title.id = id;
    this.#title.textContent = title;
    this.#title.tabIndex = -1;
    this.#close.setAttribute('aria-label', t('close'));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    // Also from the stage beside it, where nothing nearer closes first.
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || /** @type {Element} */ (event.target).closest('dialog')) return;
      this.close();
    });
    document.addEventListener(OPENS, (event) => {
      if (/** @type {CustomEvent} */ (event).detail !== this) this.close(false);
    });
    page.append(this.element);
  }

  get isOpen() { return !this.element.hidden; }

  /** Opens; the focus goes into it, and back when it closes. */
  async open() {
    if (this.isOpen) return;
    await styles('sheet');
    this.#opener = document.activeElement;
    document.dispatchEvent(new CustomEvent(OPENS, { detail: this }));
    this.element.hidden = false;
    this.#make();
    this.onToggle(true);
    this.#title.focus({ preventScroll: true });
  }

  /** @param {boolean} [giveBack] the focus goes back to where it was */
  close(giveBack = true) {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#make();
    this.onToggle(false);
    if (giveBack && this.#opener instanceof HTMLElement && this.#opener.isConnected) this.#opener.focus({ preventScroll: true });
  }

  /** The page makes room, or has it again. */
  #make() { this.element.dispatchEvent(new CustomEvent('room', { bubbles: true })); }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (/** @type {Element} */ (event.target).matches(TYPING)) {
      event.stopPropagation();
    }
  }
}
