// Other ways to look at the run: other worlds beside it, charts, a copy to give
// away. Each loads when it is asked for; until then this is all there is of them.

import { h } from '../dom/dom.js';
import { get, set } from '../address/hash.js';
import { icon } from '../dom/icons.js';
import { MAX_BESIDE } from '../run/limits.js';
import { t } from '../words/text.js';
import { parse } from '../address/url.js';
import { giveBack, Layer, openerOf } from '../dom/layers.js';

/** The key of the fragment that has the other worlds. */
const WITH = 'with';

/** Keys, and what they open. @type {Record<string, 'beside' | 'charts' | 'share'>} */
const KEYS = { v: 'beside', g: 'charts', x: 'share' };

export class Views {
  page;
  room;
  /** The worlds beside the page's own, as the keys in which they differ. */
  #worlds = (get(location.hash, WITH) ?? '').split('|').filter(Boolean).slice(0, MAX_BESIDE);
  /** @type {import('../compare/compare.js').CompareElement | undefined} */
  #compare;
  /** @type {import('../charts/charts.js').Charts | undefined} */
  #charts;
  #still = false;
  /** Other worlds that the reader opened. */
  #layer = new Layer(() => void this.change([]));
  /** What had the focus then. @type {Element | null} */
  #opener = null;
  /** What is counted, here as everywhere. @type {import('../run/figures.js').Window} */
  window = 'change';
  #buttons = {
    code: button('code', 'code', () => this.element.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name: 'code', anchor: this.#buttons.code } }))),
    beside: button('beside', 'worlds', () => this.#beside()),
    charts: button('charts', 'chart', () => this.#openCharts()),
    share: button('share', 'share', () => void this.#share()),
  };
  element = h('div', { class: 'views', role: 'group' }, ...Object.values(this.#buttons));

  /** @param {HTMLElement} page @param {import('../room/room.js').Room} room */
  constructor(page, room) {
    this.page = page;
    this.room = room;
    room.beside = this;
    this.stage.views = this.element;
    this.element.setAttribute('aria-label', t('views'));
    // The page around a frame gives away what is in it.
    page.addEventListener('keep', (event) => void import('../share/keep.js').then(({ answer }) => answer(this, /** @type {CustomEvent} */ (event).detail)));
  }

  /** The page's own stage. */
  get stage() { return this.room.world.stage; }

  /** There is more to be drawn. */
  wake() { this.page.dispatchEvent(new Event('stale')); }

  /** Settles when the connection may be opened. */
  async ready() {
    if (!this.#worlds.length) return;
    await this.#openWorlds();
    if (!('embed' in document.documentElement.dataset)) this.#layer.rise();
  }

  /** In what the worlds beside the page's own differ from it. */
  get worlds() { return [...this.#worlds]; }

  /** One of those beside the page's own; undefined: it is not there. @param {number} n from 1 */
  world(n) { return this.#compare?.world(n); }

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
    const { others } = await import('../compare/title.js');
    this.change(this.#worlds.length ? [] : others(this.room.world.state.scenario.mode));
  }

  /** Shows these worlds beside the page's own; none: only that. @param {string[]} worlds */
  async change(worlds) {
    if (worlds.length && !this.#worlds.length) {
      this.#opener = document.activeElement;
      this.#layer.rise();
    }
    this.#worlds = worlds;
    history.replaceState(history.state, '', location.pathname + location.search + set(location.hash, WITH, worlds.join('|') || undefined));
    const had = document.activeElement;
    if (worlds.length) {
      await this.#openWorlds();
      if (document.activeElement !== had) giveBack(had); // the stage moves
    } else {
      this.#closeWorlds();
    }
    this.room.reconnect();
  }

  /** Other worlds with the run that is opened next. @param {string[]} worlds */
  async turn(worlds) {
    if (worlds.join('|') === this.#worlds.join('|')) return;
    this.#worlds = worlds;
    if (worlds.length) await this.#openWorlds();
    else this.#closeWorlds(false);
  }

  async #openWorlds() {
    const { CompareElement } = await import('../compare/compare.js');
    this.#compare ??= await CompareElement.make(this);
    if (!this.#compare.isConnected) this.stage.replaceWith(this.#compare);
    this.#compare.overrides = this.#worlds;
    this.#compare.still = this.#still;
    this.#buttons.beside.setAttribute('aria-pressed', 'true');
    document.documentElement.dataset.worlds = String(this.#worlds.length + 1);
  }

  /** @param {boolean} [focus] the focus goes to where it was, or to what opens them again */
  #closeWorlds(focus = true) {
    const inside = this.#compare?.contains(document.activeElement);
    this.#compare?.close();
    this.#compare = undefined;
    this.#layer.gone();
    this.#buttons.beside.setAttribute('aria-pressed', 'false');
    delete document.documentElement.dataset.worlds;
    if (focus) giveBack(this.#opener && this.#opener !== document.body ? this.#opener : inside ? this.#buttons.beside : undefined);
    this.#opener = null;
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

  /** The server did not want to. @param {import('../wire/wire.js').Problem} message */
  refused(message) {
    // A fragment that somebody mistyped: the page's own world is fine.
    if (message.code === 'bad-scenario' && this.#worlds.length) queueMicrotask(() => this.change([]));
  }

  // ---- charts and copies

  async #openCharts() {
    if (!this.#charts) {
      const { Charts } = await import('../charts/charts.js');
      this.#charts ??= new Charts(this);
    }
    await this.#charts.toggle();
  }

  async #share() {
    const opener = /** @type {HTMLElement} */ (openerOf(this.#buttons.share));
    const { shareStage } = await import('../share/ofstage.js');
    await shareStage(this, opener);
  }

  // ---- what the page tells

  /** @param {number} shown virtual µs @param {boolean} rest @param {number} wall */
  draw(shown, rest, wall) {
    this.#compare?.draw(shown, rest, wall);
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
