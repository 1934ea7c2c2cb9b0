// Same traffic, side by side: two or three worlds with the same visitors, the
// same chance and the same commands, in step. The first is the page's own.

import { h, setAttr, setText } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { styles } from '../dom/styles.js';
import { clock } from '../page/footer.js';
import { t } from '../words/text.js';
import { Column } from './column.js';
import { Editor } from './editor.js';
import { Prices } from './prices.js';
import { title } from './title.js';

/** The prices are written anew at most this often, wall ms. */
const PAUSE = 250;

export class CompareElement extends HTMLElement {
  #views;
  /** @type {Column[]} */
  #columns = [];
  #lead = h('p', {}, t('beside.lead'));
  #row = h('div', { class: 'worlds' });
  #prices = new Prices();
  #editor = new Editor((worlds) => this.#views.change(worlds));
  /** @type {string[]} */
  #overrides = [];
  #priced = -Infinity;
  #still = false;
  #shown = 0;

  /** Other ways to look, where they stand below the stage: they would go with it. @type {HTMLElement | undefined} */
  #taken;

  /** @param {import('../page/views.js').Views} views */
  constructor(views) {
    super();
    this.#views = views;
  }

  /** @param {import('../page/views.js').Views} views */
  static async make(views) {
    if (!customElements.get('procession-compare')) customElements.define('procession-compare', CompareElement);
    await styles('compare');
    return new CompareElement(views);
  }

  connectedCallback() {
    // It is the page's main part now, and the stage is one of several in it.
    setAttr(this, 'role', 'main');
    setAttr(this.#own.stage, 'role', undefined);
    if (this.childElementCount) return;
    this.#taken = this.#own.stage.contains(this.#views.element) ? this.#views.element : undefined;
    const edit = h('button', { type: 'button', class: 'button', 'data-edit-worlds': true, click: () => this.#edit() }, t('beside.change'));
    const close = h('button', { type: 'button', class: 'tool', 'aria-label': t('beside.close'), title: t('hint', { word: t('beside.close'), key: t('key.beside') }), click: () => this.#views.change([]) }, icon('close'));
    this.append(
      h('div', { class: 'beside' }, h('h1', {}, t('beside')), this.#lead, h('span', { class: 'buttons' }, edit, this.#taken, close)),
      this.#row, this.#prices.element, this.#prices.why, this.#editor.element);
  }

  /** The page's world. */
  get #own() { return this.#views.room.world; }

  /** Those beside the page's own. */
  get #others() { return this.#columns.slice(1); }

  /** One of the worlds; undefined: it is not there. @param {number} n */
  world(n) { return this.#columns[n]?.world; }

  /** Which worlds there are. @param {string[]} overrides */
  set overrides(overrides) {
    this.#overrides = overrides;
    const all = [this.#columns[0] ?? new Column(0, this.#own)];
    for (let n = 1; n <= overrides.length; n++) all.push(this.#columns[n] ?? this.#open(n));
    for (const gone of this.#columns.slice(all.length)) gone.world.stop();
    this.#columns = all;
    this.still = this.#still;
    this.#row.replaceChildren(...all.map((w) => w.element));
    setAttr(this, 'data-worlds', String(all.length));
  }

  /** @param {number} n */
  #open(n) {
    const column = new Column(n);
    let extended = false;
    column.world.addEventListener('change', () => {
      if (!extended) void column.extend(this.#shown).then(() => this.#changed());
      extended = true;
      this.#changed();
    });
    return column;
  }

  /** @param {boolean} value movement is not wanted */
  set still(value) {
    this.#still = value;
    for (const { world } of this.#others) world.stage.still = value;
  }

  recolour() {
    for (const { world } of this.#others) world.stage.recolour();
  }

  #changed() {
    this.#priced = -Infinity;
    this.#views.wake();
  }

  /** @param {number} shown virtual µs @param {boolean} rest no other moment follows soon @param {number} wall */
  draw(shown, rest, wall) {
    const columns = this.#columns;
    this.#shown = shown;
    for (const column of this.#others) column.draw(shown, rest);
    if (!rest && wall - this.#priced < PAUSE) return;
    if (!columns.length || columns.some(({ world }) => !world.past)) return; // its first picture is on its way
    this.#priced = wall;
    const done = columns.map((c) => c.count(this.#views.window));
    const scenarios = columns.map(({ world }) => world.state.scenario);
    const titles = scenarios.map((s) => title(s, scenarios));
    // A change that reached some of them alone tells them apart as well.
    const begins = columns.map(({ world: { figures } }) => (figures.changed ? figures.begin('change').since : 0));
    const apart = new Set(begins).size > 1 && columns.every(({ world }) => world.past?.fromStart);
    setText(this.#lead, t(apart ? 'beside.lead.apart' : 'beside.lead'));
    columns.forEach((column, i) => {
      column.title = titles[i];
      column.since = apart ? t(begins[i] ? 'beside.changed' : 'beside.always', { moment: clock(begins[i]) }) : '';
      setAttr(column.element, 'data-seq', String(column.world.state.seq));
      setAttr(column.element, 'data-at', String(column.world.state.ts));
    });
    this.#prices.show(columns, titles, this.#views.window, shown);
    if (done.includes(false)) this.#changed();
  }

  #edit() {
    const scenario = this.#own.state.scenario;
    this.#editor.open(title(scenario, [scenario]), this.#overrides);
  }

  /** Gives the page its stage back. */
  close() {
    for (const { world } of this.#others) world.stop();
    const { stage } = this.#own;
    if (this.#taken) stage.views = this.#taken;
    setAttr(stage, 'role', 'main');
    this.replaceWith(stage);
  }
}
