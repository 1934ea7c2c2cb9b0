// One key of the grammar in the drawer: its name, its control, what it does,
// and whether it is other than usual.

import { h, setAttr, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { valueWord, word } from './terms.js';

/** @typedef {import('./about.js').Key} Key */

/** How long (ms) a wish is shown before the run has said yes. */
const PATIENCE = 2000;

export class Row {
  #control;
  #note = h('p', { class: 'row-note', hidden: true });
  #refused = h('p', { class: 'refused', role: 'alert', hidden: true });
  #usual = h('span');
  #back = h('button', { type: 'button', class: 'link', click: () => this.#choose(this.key.default) });
  #other = h('p', { class: 'other', hidden: true }, this.#usual, this.#back);
  element;
  /** @type {{value: string, until: number} | undefined} */
  #wish;
  #chosen;

  /**
   * @param {Key} key @param {string} kind of control: switch, segments, select, text
   * @param {(value: string) => void} chosen
   */
  constructor(key, kind, chosen) {
    this.key = key;
    this.#chosen = chosen;
    const id = `set-${key.name}`;
    const label = word(`set.${key.name}`, key.name);
    const make = { switch: toggle, segments, select, text: field }[kind] ?? field;
    this.#control = make(key, id, label, (value) => this.#choose(value));
    const name = h(kind === 'segments' ? 'span' : 'label', { class: 'row-name', for: kind === 'segments' ? undefined : id }, label,
      !key.live && h('span', { class: 'fresh-run' }, t('settings.newRun')));
    this.element = h('div', { class: 'row', 'data-kind': kind, 'data-key': key.name },
      name, this.#control.element,
      h('p', { class: 'row-why', id: `${id}-why` }, word(`set.${key.name}.why`, key.meaning), kind === 'text' && h('span', { class: 'allowed' }, word(`set.${key.name}.values`, key.values))),
      this.#note, this.#other, this.#refused);
    setText(this.#usual, t('settings.usual', { value: valueWord(key.name, key.default) }));
    setText(this.#back, t('settings.back'));
    setAttr(this.#back, 'aria-label', t('settings.backOf', { name: label }));
  }

  /** A wish is shown that the run has not fulfilled yet. */
  get waiting() { return this.#wish !== undefined && this.key.live; }

  /** @param {string} value */
  #choose(value) {
    this.#refused.hidden = true;
    setAttr(this.element, 'data-refused', undefined);
    // Against what the reader saw: the stage may be behind, and behind a wish as well.
    if (value === (this.#wish?.value ?? this.element.dataset.value)) return;
    this.#wish = { value, until: performance.now() + PATIENCE };
    this.#chosen(value);
  }

  /** @param {{present: string, wanted: string | undefined, disabled: boolean, idle: string | undefined}} now */
  show({ present, wanted, disabled, idle }) {
    if (this.#wish && (this.#wish.value === present || performance.now() > this.#wish.until)) this.#wish = undefined;
    const value = wanted ?? (this.key.live ? this.#wish?.value : undefined) ?? present;
    this.#control.show(value, disabled);
    const other = value !== this.key.default;
    this.#other.hidden = !other;
    this.#back.disabled = disabled;
    setAttr(this.element, 'data-value', value);
    setAttr(this.element, 'data-changed', other ? '' : undefined);
    this.#note.hidden = !idle;
    if (idle) setText(this.#note, t(`idle.${idle}`));
  }

  /** @param {string} text */
  refuse(text) {
    this.#wish = undefined;
    this.#refused.hidden = false;
    setText(this.#refused, text);
    setAttr(this.element, 'data-refused', '');
  }
}

/**
 * @typedef {{element: HTMLElement, show: (value: string, disabled: boolean) => void}} Control
 * @typedef {(key: Key, id: string, label: string, chosen: (value: string) => void) => Control} Maker
 */

/** On or off. @type {Maker} */
function toggle(key, id, label, chosen) {
  const input = h('input', { type: 'checkbox', role: 'switch', id, 'aria-describedby': `${id}-why`, change: () => chosen(String(input.checked)) });
  return {
    element: h('span', { class: 'switch' }, input, h('i', { 'aria-hidden': 'true' })),
    show(value, disabled) {
      input.checked = value === 'true';
      input.disabled = disabled;
    },
  };
}

/** One of two, side by side. @type {Maker} */
function segments(key, id, label, chosen) {
  const inputs = (key.words ?? []).map((value) => h('input', { type: 'radio', name: id, value, change: () => chosen(value) }));
  return {
    element: h('div', { class: 'segments', role: 'radiogroup', 'aria-label': label, 'aria-describedby': `${id}-why` },
      ...inputs.map((input) => h('label', {}, input, h('span', {}, valueWord(key.name, input.value))))),
    show(value, disabled) {
      for (const input of inputs) {
        input.checked = input.value === value;
        input.disabled = disabled;
      }
    },
  };
}

/** One of many. @type {Maker} */
function select(key, id, label, chosen) {
  const element = h('select', { id, 'aria-describedby': `${id}-why`, change: () => chosen(element.value) },
    ...(key.words ?? []).map((value) => h('option', { value }, valueWord(key.name, value))));
  return {
    element,
    show(value, disabled) {
      element.value = value;
      element.disabled = disabled;
    },
  };
}

/** Written; it counts when it is left, or with Enter. @type {Maker} */
function field(key, id, label, chosen) {
  const input = h('input', {
    type: 'text', id, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${id}-why`,
    change: () => chosen(input.value.trim()),
  });
  return {
    element: input,
    show(value, disabled) {
      if (document.activeElement !== input) input.value = value;
      input.disabled = disabled;
    },
  };
}
