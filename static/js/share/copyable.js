// A text to be copied, with the button that does it and says that it did.

import { h, setAttr, setText } from '../dom/dom.js';
import { t } from '../words/text.js';

/** How long a button says that it has copied, ms. */
const SAID = 2500;

let ids = 0;

export class Copyable {
  #id = `copyable-${++ids}`;
  #text;
  #button = h('button', { type: 'button', class: 'button', click: () => void this.#copy() }, t('share.copy'));
  #why = h('p', { class: 'share-why', id: `${this.#id}-why`, hidden: true });
  #say;
  #name;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  element;

  /**
   * @param {string} name what it is @param {(words: string) => void} say for those who listen
   * @param {number} [rows] more than one: what is too long is broken
   */
  constructor(name, say, rows = 1) {
    this.#name = name;
    this.#say = say;
    const attributes = { id: this.#id, class: 'share-text', readonly: true, spellcheck: 'false', focus: () => this.#text.select() };
    this.#text = rows > 1 ? h('textarea', { ...attributes, rows }) : h('input', { ...attributes, type: 'text' });
    setAttr(this.#button, 'aria-label', t('share.copy.what', { what: name }));
    this.element = h('div', { class: 'copyable' }, h('label', { for: this.#id }, name), h('div', { class: 'copyable-row' }, this.#text, this.#button), this.#why);
  }

  get button() { return this.#button; }

  get text() { return this.#text.value; }

  /** @param {string} text @param {string} [why] it cannot be had; empty: it can */
  show(text, why = '') {
    this.#text.value = text;
    this.#text.disabled = this.#button.disabled = why !== '';
    setText(this.#why, why);
    this.#why.hidden = !why;
    setAttr(this.#text, 'aria-describedby', why ? this.#why.id : undefined);
    this.#rest();
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#text.value);
    } catch {
      // Not every page may write there: then it is copied by hand.
      this.#text.focus();
      this.#text.select();
      this.#say(t('share.byHand'));
      return;
    }
    setText(this.#button, t('share.copied'));
    this.#button.dataset.copied = 'true';
    this.#say(t('share.copied.what', { what: this.#name }));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), SAID);
  }

  #rest() {
    clearTimeout(this.#timer);
    setText(this.#button, t('share.copy'));
    delete this.#button.dataset.copied;
  }
}
