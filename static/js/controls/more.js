// More: what a first look does not need, one step away. Parts of the page that
// stay as they were left, other ways to look, and what belongs to the page.

import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';
import { Layer } from '../dom/layers.js';
import { opener } from './controls.js';
import { themeButton } from './themes.js';

/** Parts that are shown or not, in the order in which they are listed. */
const PARTS = ['set-up', 'time', 'figures', 'legend'];

/** Where this reader's parts are remembered. */
const STORED = 'procession-parts';

export class MoreElement extends HTMLElement {
  #button = h('button', { type: 'button', class: 'tool worded', 'aria-expanded': 'false', 'aria-controls': 'more', click: () => this.toggle() }, icon('all'));
  #list = h('div', { class: 'more-list', id: 'more', role: 'group', hidden: true });
  #parts = new Map(PARTS.map((part) => [part, h('button', { type: 'button', class: 'tool worded', 'data-part': part, click: () => this.#turn([part]) })]));
  #shown = new Set(remembered());
  #layer = new Layer(() => this.#close(true));
  /** @param {Event} event */
  #outside = (event) => {
    if (!this.contains(/** @type {Node} */ (event.target))) this.#close(false);
  };

  /**
   * What the list offers below the parts: other ways to look, and what belongs to the page.
   * @param {HTMLElement[]} views @param {HTMLElement} present @param {HTMLElement} help @param {() => void} recolour is called when there is another theme
   */
  fill(views, present, help, recolour) {
    const label = t('more');
    this.#button.append(label);
    setAttr(this.#button, 'title', t('hint', { word: t('more.why'), key: t('key.more') }));
    setAttr(this.#list, 'aria-label', label);
    for (const [part, button] of this.#parts) button.append(t(`part.${part}`));
    this.#list.append(
      row('more.show', [...this.#parts.values(), opener('machine', '', 'false', 'machine')]),
      row('more.look', [...views, opener('truth', 'truth', 'dialog', 'panel.truth'), opener('settings', 'settings', 'dialog', 'panel.settings')]),
      row('more.page', [present, themeButton(recolour), help]),
    );
    // What opens takes the place of the list.
    this.#list.addEventListener('click', (event) => {
      // A key does what is in it, too, while it is folded.
      if (!this.#list.hidden && /** @type {Element} */ (event.target).closest('[data-view], [data-panel], [data-tool="transcript"]')) this.#close(true);
    });
    this.append(this.#button, this.#list);
    this.#show();
  }

  toggle() {
    if (!this.#list.hidden) {
      this.#close(true);
      return;
    }
    this.#list.hidden = false;
    this.#layer.rise();
    setAttr(this.#button, 'aria-expanded', 'true');
    addEventListener('pointerdown', this.#outside, true);
  }

  /** Shows all parts, or none of them where all are shown. */
  all() {
    const hidden = PARTS.filter((part) => !this.#shown.has(part));
    this.#turn(hidden.length ? hidden : PARTS);
  }

  /** @param {boolean} giveBack the focus goes back to the button */
  #close(giveBack) {
    this.#list.hidden = true;
    this.#layer.gone();
    setAttr(this.#button, 'aria-expanded', 'false');
    removeEventListener('pointerdown', this.#outside, true);
    if (giveBack) this.#button.focus({ preventScroll: true });
  }

  /** Shows parts that are not shown, and folds those that are. @param {string[]} parts */
  #turn(parts) {
    for (const part of parts) {
      if (!this.#shown.delete(part)) this.#shown.add(part);
    }
    try {
      localStorage.setItem(STORED, [...this.#shown].join(' '));
    } catch {
      // Not remembered then.
    }
    this.#show();
    this.dispatchEvent(new CustomEvent('room', { bubbles: true }));
  }

  #show() {
    document.documentElement.dataset.parts = PARTS.filter((part) => this.#shown.has(part)).join(' ');
    for (const [part, button] of this.#parts) setAttr(button, 'aria-pressed', String(this.#shown.has(part)));
  }
}

/** @param {string} title key of the catalogue @param {HTMLElement[]} things */
const row = (title, things) => h('section', {}, h('h2', {}, t(title)), h('div', { class: 'more-row' }, ...things));

/** @returns {string[]} */
function remembered() {
  try {
    return (localStorage.getItem(STORED) ?? '').split(' ').filter((part) => PARTS.includes(part));
  } catch {
    return [];
  }
}
