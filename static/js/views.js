// Other ways to look at the run: other worlds beside it, charts, a copy to take
// away. Each loads when it is asked for; until then this is all there is of them.

import { h } from './dom.js';
import { get, set } from './hash.js';
import { icon } from './icons.js';
import { MAX_BESIDE } from './limits.js';
import { t } from './text.js';
import { parse } from './url.js';

/** @typedef {import('./model.js').Event} Event */
/** @typedef {import('./model.js').State} State */
/** @typedef {{at: number, text: string}} Command */

/** The key of the fragment that has the other worlds. */
const WITH = 'with';

/** Keys, and what they open. @type {Record<string, 'beside' | 'charts' | 'exports'>} */
const KEYS = { v: 'beside', g: 'charts', x: 'exports' };

/**
 * @typedef {{
 *   page: HTMLElement,
 *   stage: import('./stage/stage.js').StageElement,
 *   reconnect: () => void,
 *   resync: () => void,
 *   wake: () => void,
 *   now: () => {state: State, shown: number, query: string},
 * }} Page
 * @typedef {Page & {worlds: () => string[]}} Host
 * reconnect: to a room with the worlds of where(); query: the run, commands included; worlds: those beside the page's own
 */

export class Views {
  /** @type {Host} */
  #host;
  /** The worlds beside the page's own, as the keys in which they differ. */
  #worlds = (get(location.hash, WITH) ?? '').split('|').filter(Boolean).slice(0, MAX_BESIDE);
  /** @type {import('./compare/compare.js').CompareElement | undefined} */
  #compare;
  /** @type {import('./charts/charts.js').Charts | undefined} */
  #charts;
  /** @type {import('./exports/exports.js').Exports | undefined} */
  #exports;
  #still = false;
  #buttons = {
    code: button('code', 'code', () => this.element.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name: 'code', anchor: this.#buttons.code } }))),
    beside: button('beside', 'worlds', () => this.#beside()),
    charts: button('charts', 'chart', () => this.#openCharts()),
    exports: button('exports', 'save', () => this.#openExports()),
  };
  element = h('div', { class: 'views', role: 'group' }, ...Object.values(this.#buttons));

  /** @param {Page} page */
  constructor(page) {
    const host = (this.#host = { ...page, worlds: () => [...this.#worlds] });
    host.stage.views = this.element;
    this.element.setAttribute('aria-label', t('views'));
  }

  /** Settles when the connection may be opened. */
  async ready() {
    if (this.#worlds.length) await this.#show();
  }

  /** What the first message on a connection says of other worlds. */
  where() { return this.#worlds.length ? { worlds: this.#worlds } : {}; }

  /** @param {string} key @returns {boolean} whether it opens something */
  key(key) {
    const name = KEYS[key];
    if (!name || this.#buttons[name].disabled) return false;
    this.#buttons[name].click();
    return true;
  }

  // ---- side by side

  /** Opens the other worlds, or closes them. */
  async #beside() {
    const { others } = await import('./compare/title.js');
    this.#change(this.#worlds.length ? [] : others(this.#host.now().state.scenario.mode));
  }

  /** @param {string[]} worlds */
  async #change(worlds) {
    this.#worlds = worlds;
    history.replaceState(history.state, '', location.pathname + location.search + set(location.hash, WITH, worlds.join('|') || undefined));
    if (worlds.length) await this.#show();
    else this.#hide();
    this.#host.reconnect();
  }

  /** Other worlds with the run that is opened next. @param {string[]} worlds */
  async turn(worlds) {
    if (worlds.join('|') === this.#worlds.join('|')) return;
    this.#worlds = worlds;
    if (worlds.length) await this.#show();
    else this.#hide(false);
  }

  async #show() {
    const { CompareElement } = await import('./compare/compare.js');
    this.#compare ??= await CompareElement.make({
      stage: this.#host.stage, views: this.element, change: (worlds) => this.#change(worlds), resync: this.#host.resync, wake: this.#host.wake,
    });
    if (!this.#compare.isConnected) this.#host.stage.replaceWith(this.#compare);
    this.#compare.overrides = this.#worlds;
    this.#compare.still = this.#still;
    this.#buttons.beside.setAttribute('aria-pressed', 'true');
    document.documentElement.dataset.worlds = String(this.#worlds.length + 1);
  }

  /** @param {boolean} [focus] the focus goes to what opens them again */
  #hide(focus = true) {
    this.#compare?.close();
    this.#compare = undefined;
    this.#buttons.beside.setAttribute('aria-pressed', 'false');
    delete document.documentElement.dataset.worlds;
    if (focus) this.#buttons.beside.focus({ preventScroll: true });
  }

  /**
   * The key that a command would set for all worlds though it is what tells them
   * apart; undefined: none.
   * @param {string} command
   */
  apart(command) {
    const key = /^set ([\w-]+)=/.exec(command)?.[1];
    return key !== undefined && this.#worlds.some((w) => parse(w).has(key)) ? key : undefined;
  }

  /**
   * A message of the server: what is another world's is taken.
   * @param {import('./wire.js').Message} message
   * @returns {{commands: Command[], now: number} | undefined} undefined: it is the page's own; else the commands that it tells of
   */
  hear(message) {
    if (message.type === 'welcome' && this.#compare) this.#compare.schema = message.schema;
    if (message.type === 'error' && message.code === 'bad-scenario' && this.#worlds.length) {
      // A fragment that somebody mistyped: the page's own world is fine.
      queueMicrotask(() => this.#change([]));
      return undefined;
    }
    if ((message.type !== 'snapshot' && message.type !== 'frame') || !message.world) return undefined;
    const events = this.#compare?.hear(message) ?? [];
    const commands = message.type === 'snapshot' ? message.state.commands
      : events.filter((e) => e.kind === 'command.applied').map((e) => ({ at: e.ts, text: e.text ?? '' }));
    return { commands, now: message.now };
  }

  // ---- charts and copies

  async #openCharts() {
    if (!this.#charts) {
      const { Charts } = await import('./charts/charts.js');
      this.#charts ??= new Charts(this.#host);
    }
    await this.#charts.toggle();
  }

  async #openExports() {
    if (!this.#exports) {
      const { Exports } = await import('./exports/exports.js');
      this.#exports ??= new Exports(this.#host);
    }
    this.#exports.toggle(this.#buttons.exports);
  }

  // ---- what the page tells

  /** A new picture. @param {import('./wire.js').Snapshot} message @param {State} state */
  renew(message, state) {
    this.#compare?.renew(message, state);
    this.#charts?.renew();
  }

  /** An event is about to happen. @param {Event} e @param {State} state before it */
  before(e, state) {
    this.#compare?.expect(e, state);
    this.#charts?.note(e);
  }

  /** @param {State} state @param {number} shown virtual µs @param {boolean} rest @param {number} wall */
  draw(state, shown, rest, wall) {
    this.#compare?.draw(state, shown, rest, wall);
    this.#charts?.draw(shown, rest, wall);
  }

  /** @param {boolean} value movement is not wanted */
  set still(value) {
    this.#still = value;
    if (this.#compare) this.#compare.still = value;
  }

  recolour() { this.#compare?.recolour(); }
}

/** @param {string} name @param {string} picture @param {() => void} click */
function button(name, picture, click) {
  return h('button', { type: 'button', class: 'tool worded', 'data-view': name, title: t('hint', { word: t(`${name}.why`), key: t(`key.${name}`) }), click }, icon(picture), t(name));
}
