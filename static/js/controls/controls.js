// The set-up: where sessions live, how many copies of the app, who picks the
// process, whether connections are kept, how the store is. Each change is a
// command to the run.

import { h, setAttr, setText } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { MAX_WORKERS } from '../run/limits.js';
import { t } from '../words/text.js';

/** @typedef {import('../run/model.js').State} State */

export const MODES = ['local', 'store', 'threads', 'cookie'];
const BALANCERS = ['round-robin', 'random', 'least-connections', 'ip-hash', 'cookie-hash', 'sticky-cookie'];
const CONNECTIONS = ['per-request', 'keep-alive', 'browser', 'http2'];
const STORE_STATES = ['up', 'slow', 'full', 'down'];

/** How long (ms) a wish is shown before the run has said yes. */
const PATIENCE = 2000;

export class ControlsElement extends HTMLElement {
  #mode = segments('mode', MODES, (mode) => this.#order('mode', `set mode=${mode}`, mode));
  #store = segments('store', STORE_STATES, (value) => this.#order('store', `store ${value}`, value));
  #fewer = h('button', { type: 'button', class: 'tool', click: () => this.#count(-1) }, icon('minus'));
  #more = h('button', { type: 'button', class: 'tool', click: () => this.#count(1) }, icon('plus'));
  #number = h('output');
  #all = opener('processes', 'all');
  #people = h('output');
  #copiesLabel = h('span', { class: 'word', id: 'copies-label' });
  #balancer = select('balancer', BALANCERS, (value) => this.#order('balancer', `set balancer=${value}`, value));
  #connection = select('connection', CONNECTIONS, (value) => this.#order('connection', `set connection=${value}`, value));
  #storeField = h('div', { class: 'field' });
  /** What else can be set, for where the page has room for it. */
  setUp = h('div', { class: 'settings-list', role: 'group' });
  /** What was asked for and has not happened yet. @type {Map<string, {value: string, until: number}>} */
  #wishes = new Map();
  /** @type {State | undefined} */
  #state;
  #disabled = true;

  connectedCallback() {
    if (this.childElementCount) return;
    setAttr(this.#mode.element, 'aria-label', t('mode'));
    setAttr(this.#store.element, 'aria-label', t('store'));
    setAttr(this.#fewer, 'aria-label', t('workers.fewer'));
    setAttr(this.#more, 'aria-label', t('workers.more'));
    setAttr(this.setUp, 'aria-label', t('part.set-up'));
    setAttr(this.#number, 'aria-labelledby', 'copies-label');
    setAttr(this.#people, 'aria-labelledby', 'people-label');
    this.#storeField.append(h('span', { class: 'word' }, t('store')), this.#store.element);
    this.setUp.append(
      h('div', { class: 'field' }, h('span', { class: 'word', id: 'people-label' }, t('visitors')), h('span', { class: 'stepper' }, this.#people, opener('people', 'plus', 'dialog'))),
      h('div', { class: 'field copies' }, this.#copiesLabel, h('span', { class: 'stepper' }, this.#fewer, this.#number, this.#more, this.#all)),
      field('balancer', this.#balancer),
      field('connection', this.#connection),
      this.#storeField,
      h('div', { class: 'openers' }, opener('settings', 'settings', 'dialog', 'panel.settings')),
    );
    this.append(this.#mode.element);
    this.disabled = true;
  }

  /** @param {boolean} value nobody would hear a command */
  set disabled(value) {
    this.#disabled = value;
    if (this.#state) this.show(this.#state);
    else for (const part of [this, this.setUp]) for (const control of part.querySelectorAll('button, select, input')) if (!control.hasAttribute('data-panel')) control.toggleAttribute('disabled', true);
  }

  /** Something was asked for, and has not happened yet. */
  get waiting() { return this.#wishes.size > 0; }

  /** The run refused: show how things are. */
  forgetWishes() {
    this.#wishes.clear();
    if (this.#state) this.show(this.#state);
  }

  /** The next or a given mode, by key. @param {string} mode */
  choose(mode) {
    if (!this.#disabled) this.#order('mode', `set mode=${mode}`, mode);
  }

  /** @param {State} state */
  show(state) {
    this.#state = state;
    const { scenario } = state;
    const mode = this.#wish('mode', scenario.mode);
    this.#mode.show(mode, this.#disabled);
    const n = this.#copies();
    setText(this.#number, String(n));
    setText(this.#people, String(state.visitors.size));
    this.#all.disabled = this.#disabled;
    setText(this.#copiesLabel, t(mode === 'threads' ? 'workers.threads' : 'workers'));
    this.#fewer.disabled = this.#disabled || n <= 1;
    this.#more.disabled = this.#disabled || n >= MAX_WORKERS;

    const single = mode === 'threads';
    this.#balancer.value = this.#wish('balancer', scenario.balancer);
    this.#balancer.disabled = this.#disabled || single;
    this.#balancer.title = single ? t('balancer.unused') : t(`balancer.${this.#balancer.value}.why`);
    this.#connection.value = this.#wish('connection', scenario.connection);
    this.#connection.disabled = this.#disabled;
    this.#connection.title = t(`connection.${this.#connection.value}.why`);

    const used = mode === 'store';
    this.#store.show(this.#wish('store', state.store.state), this.#disabled || !used);
    this.#storeField.title = used ? '' : t('store.unused');
    this.#storeField.classList.toggle('unused', !used);
  }

  #copies() {
    const scenario = this.#state?.scenario ?? {};
    return Number(this.#wish('workers', scenario.workers === 'max' ? scenario.cores : scenario.workers)) || 1;
  }

  /** @param {number} by */
  #count(by) {
    const n = Math.min(MAX_WORKERS, Math.max(1, this.#copies() + by));
    this.#order('workers', `set workers=${n}`, String(n));
  }

  /** @param {string} key @param {string} text @param {string} value */
  #order(key, text, value) {
    this.#wishes.set(key, { value, until: performance.now() + PATIENCE });
    if (this.#state) this.show(this.#state);
    this.dispatchEvent(new CustomEvent('order', { bubbles: true, detail: { do: text } }));
  }

  /** @param {string} key @param {string} present */
  #wish(key, present) {
    const wish = this.#wishes.get(key);
    if (!wish) return present;
    if (wish.value === present || performance.now() > wish.until) {
      this.#wishes.delete(key);
      return present;
    }
    return wish.value;
  }
}

/**
 * A control that opens something that may have to be loaded first.
 * @param {string} name @param {string} picture @param {string} [kind] menu or dialog @param {string} [words] key of what it says
 */
export function opener(name, picture, kind = 'menu', words = '') {
  const button = h('button', { type: 'button', class: words ? 'tool worded' : 'tool', 'data-panel': name, 'aria-haspopup': kind }, picture && icon(picture));
  queueMicrotask(() => {
    const label = t(words || `panel.${name}`);
    if (words) button.append(label);
    else setAttr(button, 'aria-label', label);
    setAttr(button, 'title', t('hint', { word: t(`panel.${name}.why`), key: t(`key.${name}`) }));
  });
  button.addEventListener('click', () => button.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name, anchor: button } })));
  return button;
}

/** @param {string} name @param {HTMLSelectElement} control */
function field(name, control) {
  return h('label', { class: 'field' }, h('span', { class: 'word' }, t(name)), control);
}

/**
 * @param {string} name @param {string[]} values @param {(value: string) => void} chosen
 */
function select(name, values, chosen) {
  const control = h('select', { name, change: () => chosen(control.value) });
  queueMicrotask(() => control.append(...values.map((v) => h('option', { value: v }, t(`${name}.${v}`)))));
  return control;
}

/**
 * One of a few, side by side: radio buttons, so that arrow keys work.
 * @param {string} name @param {string[]} values @param {(value: string) => void} chosen
 */
function segments(name, values, chosen) {
  const element = h('div', { class: 'segments', role: 'radiogroup' });
  /** @type {HTMLInputElement[]} */
  const inputs = [];
  for (const value of values) {
    const input = h('input', { type: 'radio', name, value, change: () => chosen(value) });
    inputs.push(input);
    element.append(h('label', { 'data-value': value, title: t(`${name}.${value}.why`) }, input, h('span', {}, t(`${name}.${value}`))));
  }
  return {
    element,
    /** @param {string} value @param {boolean} disabled */
    show(value, disabled) {
      const was = inputs.find((input) => input.checked);
      for (const input of inputs) {
        input.checked = input.value === value;
        input.disabled = disabled;
      }
      // The focus goes with what is chosen; among the others arrows move it.
      if (was && !was.checked && inputs.some((input) => input === document.activeElement)) inputs.find((input) => input.checked)?.focus({ preventScroll: true });
    },
  };
}
