// A sheet beside the stage (on a phone: over its lower half): what is looked at
// while the run goes on. One at a time is open.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';
import { styles } from '../dom/styles.js';
import { giveBack, Layer } from '../dom/layers.js';

/** Said when a sheet opens. */
const OPENS = 'sheet';

/** The sheet that is open. @type {Sheet | undefined} */
let current;

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
  #layer = new Layer(() => this.close());
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
    this.element.addEventListener('keydown', (event) => {
      if (/** @type {Element} */ (event.target).matches(TYPING)) event.stopPropagation();
    });
    page.append(this.element);
  }

  get isOpen() { return !this.element.hidden; }

  /** Opens; the focus goes into it, and back when it closes. */
  async open() {
    if (this.isOpen) return;
    await styles('sheet');
    // Who comes from another sheet goes back to what opened that.
    const before = current;
    this.#opener = before?.element.contains(document.activeElement) ? before.#opener : document.activeElement;
    before?.close(false);
    current = this;
    document.dispatchEvent(new CustomEvent(OPENS));
    this.element.hidden = false;
    this.#layer.rise();
    this.#make();
    this.onToggle(true);
    this.#title.focus({ preventScroll: true });
  }

  /** @param {boolean} [back] the focus goes back to where it was */
  close(back = true) {
    if (!this.isOpen) return;
    this.element.hidden = true;
    current = undefined;
    this.#layer.gone();
    this.#make();
    this.onToggle(false);
    if (back) giveBack(this.#opener);
  }

  /** The page makes room, or has it again. */
  #make() { this.element.dispatchEvent(new CustomEvent('room', { bubbles: true })); }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** What opened meanwhile is its own: Esc closes this one first. */
  rise() {
    if (this.isOpen) this.#layer.rise();
  }
}
