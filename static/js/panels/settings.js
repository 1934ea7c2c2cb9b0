// Everything that can be set, in groups. A live key is a command to the run; of
// the others a new run is made.

import { h, setAttr, setText } from '../dom/dom.js';
import { addressOf } from '../address/address.js';
import { ask } from '../wire/requests.js';
import { t } from '../words/text.js';
import { format, versioned } from '../address/url.js';
import { about } from './about.js';
import { control, differs, fresh, groups, idle } from './groups.js';
import { REOPEN } from './panels.js';
import { Row } from './row.js';
import { Sheet } from './sheet.js';
import { word } from './terms.js';

/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('./about.js').Key} Key */

/** Groups that are open at first. */
const FIRST = new Set(['traffic']);

export class Settings {
  #sheet;
  #page;
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {{element: HTMLElement, count: HTMLElement, keys: Key[]}[]} */
  #groups = [];
  /** @type {Key[]} */
  #keys = [];
  /** What a new run would have. @type {Map<string, string>} */
  #changes = new Map();
  #words = h('p', { 'aria-live': 'polite' });
  #begin = h('button', { type: 'button', class: 'button strong', 'data-begin': true });
  #drop = h('button', { type: 'button', class: 'button' });
  #trouble = h('p', { class: 'refused', role: 'alert', hidden: true });
  /** @type {State | undefined} */
  #state;
  #disabled = true;

  /** @param {HTMLElement} page that orders go to */
  constructor(page) {
    this.#page = page;
    this.#sheet = new Sheet('settings', t('settings.title'), page);
    this.#sheet.body.append(h('p', { class: 'sheet-lead' }, t('settings.lead')));
    setText(this.#begin, t('settings.begin'));
    setText(this.#drop, t('settings.drop'));
    this.#begin.addEventListener('click', () => this.#newRun());
    this.#drop.addEventListener('click', () => this.#forget());
    this.#sheet.foot.append(this.#words, this.#trouble, h('span', { class: 'buttons' }, this.#begin, this.#drop));
    this.#sheet.onToggle = (open) => {
      if (open && this.#state) this.show(this.#state, this.#disabled);
    };
  }

  async toggle() {
    if (this.#sheet.isOpen) return this.#sheet.close();
    await this.#sheet.open();
    if (this.#keys.length) return;
    try {
      const { keys } = await about();
      if (this.#keys.length) return;
      this.#build(keys);
    } catch {
      const sorry = h('p', { class: 'refused', role: 'alert' }, t('about.failed'));
      this.#sheet.body.replaceChildren(sorry);
    }
  }

  /** @param {Key[]} keys */
  #build(keys) {
    this.#keys = keys;
    const sections = groups(keys).filter((g) => g.keys.length + g.rare.length > 0).map((group) => {
      const count = h('span', { class: 'changed', 'data-none': '' }); // has its place always, so that nothing moves when it comes
      const all = [...group.keys, ...group.rare];
      const changed = all.some((k) => this.#state && differs(k, this.#state.scenario));
      const element = h('details', { class: 'group', 'data-group': group.name, open: FIRST.has(group.name) || changed },
        h('summary', {}, h('h3', {}, t(`settings.${group.name}`)), count),
        ...group.keys.map((key) => this.#row(key)),
        group.rare.length > 0 && h('details', { class: 'rare' },
          h('summary', {}, t('settings.rare', { n: group.rare.length })),
          ...group.rare.map((key) => this.#row(key))));
      this.#groups.push({ element, count, keys: all });
      return element;
    });
    this.#sheet.body.append(...sections);
    this.#sheet.element.dataset.built = 'true';
    if (this.#state) this.show(this.#state, this.#disabled);
  }

  /** @param {Key} key */
  #row(key) {
    const row = new Row(key, control(key), (value) => this.#set(key, value));
    this.#rows.set(key.name, row);
    return row.element;
  }

  /** @param {Key} key @param {string} value */
  #set(key, value) {
    if (key.live) {
      this.#page.dispatchEvent(new CustomEvent('order', { detail: { do: `set ${key.name}=${value}` } }));
      return;
    }
    if (value === (this.#state?.scenario[key.name] ?? key.default)) this.#changes.delete(key.name);
    else this.#changes.set(key.name, value);
    this.#trouble.hidden = true;
    if (this.#state) this.show(this.#state, this.#disabled);
  }

  /** A wish is shown that the run has not fulfilled yet. */
  get waiting() { return this.#sheet.isOpen && [...this.#rows.values()].some((row) => row.waiting); }

  /** @param {State} state @param {boolean} disabled nobody would hear a command */
  show(state, disabled) {
    this.#state = state;
    this.#disabled = disabled;
    if (!this.#sheet.isOpen) return;
    for (const row of this.#rows.values()) {
      const { name } = row.key;
      const present = state.scenario[name] ?? row.key.default;
      row.show({ present, wanted: this.#changes.get(name), disabled, idle: idle(name, state.scenario) });
    }
    for (const { count, keys } of this.#groups) {
      const n = keys.filter((k) => differs(k, state.scenario) || this.#changes.has(k.name)).length;
      setAttr(count, 'data-none', n === 0 ? '' : undefined);
      setText(count, t('settings.changed', { n }));
    }
    this.#sheet.foot.hidden = this.#changes.size === 0;
    setText(this.#words, t('settings.fresh', {
      n: this.#changes.size, keys: [...this.#changes.keys()].map((name) => word(`set.${name}`, name)).join(', '),
    }));
  }

  /**
   * The run refused a value: says so where it was written.
   * @param {string} key @param {string} text
   * @returns {boolean} whether that was seen here
   */
  refuse(key, text) {
    const row = this.#rows.get(key);
    if (!row || !this.#sheet.isOpen) return false;
    row.refuse(text);
    return true;
  }

  #forget() {
    this.#changes.clear();
    this.#trouble.hidden = true;
    if (this.#state) this.show(this.#state, this.#disabled);
  }

  /** Goes to the new run, if there can be one: the server says whether. */
  async #newRun() {
    if (!this.#state) return;
    const query = versioned(format(fresh(this.#keys, this.#state.scenario, this.#changes), []), this.#page.dataset.version);
    // A frame begins it where it is.
    const own = new CustomEvent('begin', { cancelable: true, detail: { query } });
    const trouble = await refusal(addressOf(query, location.search, '/check'));
    if (trouble !== undefined) {
      this.#trouble.hidden = false;
      setText(this.#trouble, trouble);
      return;
    }
    if (!this.#page.dispatchEvent(own)) return;
    try {
      sessionStorage.setItem(REOPEN, '');
    } catch {
      // Closed then.
    }
    location.assign(addressOf(query, location.search, location.pathname));
  }
}

/**
 * Why the server would not play a scenario; undefined when it would.
 * @param {string} address at which it says so
 */
async function refusal(address) {
  try {
    const answer = await ask(address);
    return answer.ok ? undefined : (await answer.json()).text;
  } catch {
    return t('about.failed');
  }
}
