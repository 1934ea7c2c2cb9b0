// Same traffic, side by side: two or three worlds with the same visitors, the
// same chance and the same commands, in step. The first is the page's own.

import { h, setAttr } from '../dom.js';
import { icon } from '../icons.js';
import { styles } from '../panels/styles.js';
import { t } from '../text.js';
import { format, parse } from '../url.js';
import { Editor } from './editor.js';
import { Prices } from './prices.js';
import { title } from './title.js';
import { World } from './world.js';

/** @typedef {import('../model.js').Event} Event */
/** @typedef {import('../model.js').State} State */
/** @typedef {import('../stage/stage.js').StageElement} StageElement */

/** The prices are written anew at most this often, wall ms. */
const PAUSE = 250;

/**
 * @typedef {{stage: StageElement, views: HTMLElement, change: (worlds: string[]) => void, resync: () => void, wake: () => void}} Host
 * change: the page is to show these worlds beside its own, none of them: only its own
 */

export class CompareElement extends HTMLElement {
  #host;
  /** @type {World[]} */
  #worlds = [];
  #row = h('div', { class: 'worlds' });
  #prices = new Prices();
  #editor = new Editor((worlds) => this.#host.change(worlds));
  /** @type {string[]} */
  #overrides = [];
  #priced = -Infinity;
  #still = false;
  /** @type {import('../wire.js').Schema | undefined} */
  #schema;

  /** @param {Host} host */
  constructor(host) {
    super();
    this.#host = host;
  }

  /** @param {Host} host */
  static async make(host) {
    if (!customElements.get('procession-compare')) customElements.define('procession-compare', CompareElement);
    await styles('compare');
    return new CompareElement(host);
  }

  connectedCallback() {
    // It is the page's main part now, and the stage is one of several in it.
    setAttr(this, 'role', 'main');
    setAttr(this.#host.stage, 'role', undefined);
    if (this.childElementCount) return;
    const edit = h('button', { type: 'button', class: 'button', 'data-edit-worlds': true, click: () => this.#edit() }, t('beside.change'));
    const close = h('button', { type: 'button', class: 'tool', 'aria-label': t('beside.close'), title: t('hint', { word: t('beside.close'), key: t('key.beside') }), click: () => this.#host.change([]) }, icon('close'));
    this.append(
      h('div', { class: 'beside' }, h('h1', {}, t('beside')), h('p', {}, t('beside.lead')), h('span', { class: 'buttons' }, edit, this.#host.views, close)),
      this.#row, this.#prices.element, this.#editor.element);
  }

  /** The stages of the worlds beside the page's own. */
  get stages() { return this.#worlds.slice(1).map((w) => w.stage); }

  /** Which worlds there are. @param {string[]} overrides */
  set overrides(overrides) {
    this.#overrides = overrides;
    const all = [this.#worlds[0] ?? new World(0, this.#host.stage)];
    for (let n = 1; n <= overrides.length; n++) all.push(this.#worlds[n] ?? new World(n));
    for (const gone of this.#worlds.slice(all.length)) gone.stop();
    this.#worlds = all;
    this.still = this.#still;
    this.#row.replaceChildren(...all.map((w) => w.element));
    setAttr(this, 'data-worlds', String(all.length));
  }

  /** @param {import('../wire.js').Schema} schema */
  set schema(schema) { this.#schema = schema; }

  /** @param {boolean} value movement is not wanted */
  set still(value) {
    this.#still = value;
    for (const stage of this.stages) stage.still = value;
  }

  recolour() {
    for (const stage of this.stages) stage.recolour();
  }

  /**
   * The page's own world has a new picture.
   * @param {import('../wire.js').Snapshot} message @param {State} state
   */
  renew(message, state) {
    const [own] = this.#worlds;
    if (!own) return;
    own.bereft = 0;
    const values = parse(message.scenario);
    own.state = state;
    own.tally.begin(() => format(values, own.state.commands), state, () => this.#changed());
    this.#changed();
  }

  /** An event of the page's own world is about to happen. @param {Event} e @param {State} state before it */
  expect(e, state) {
    const [own] = this.#worlds;
    if (!own || e.seq <= own.tally.stats.seq) return;
    if (e.kind === 'worker.crashed') own.bereft += state.workers.find((w) => w.pid === e.pid)?.sessions.size ?? 0;
    own.tally.note(e);
  }

  /**
   * What the server says of another world.
   * @param {import('../wire.js').Snapshot | import('../wire.js').Frame} message
   * @returns {Event[]} what is new
   */
  hear(message) {
    const world = this.#worlds[message.world ?? 0];
    if (!world || !this.#schema) return [];
    if (message.type === 'snapshot') {
      world.renew(message, this.#schema, () => this.#changed());
      this.#changed();
      return [];
    }
    const events = world.receive(message);
    if (!events) this.#host.resync();
    return events ?? [];
  }

  #changed() {
    this.#priced = -Infinity;
    this.#host.wake();
  }

  /**
   * @param {State} state of the page's own world @param {number} shown virtual µs
   * @param {boolean} rest no other moment follows soon @param {number} wall
   */
  draw(state, shown, rest, wall) {
    if (!this.#worlds.length) return;
    this.#worlds[0].state = state;
    for (const world of this.#worlds.slice(1)) world.draw(shown, rest);
    if (!rest && wall - this.#priced < PAUSE) return;
    if (this.#worlds.some((w) => !w.state.scenario.mode)) return; // its first picture is on its way
    this.#priced = wall;
    const scenarios = this.#worlds.map((w) => w.state.scenario);
    const titles = scenarios.map((s) => title(s, scenarios));
    this.#worlds.forEach((world, i) => {
      world.title = titles[i];
      setAttr(world.element, 'data-seq', String(world.state.seq));
      setAttr(world.element, 'data-at', String(world.state.ts));
    });
    this.#prices.show(this.#worlds, titles);
  }

  #edit() {
    const scenario = this.#worlds[0].state.scenario;
    this.#editor.open(title(scenario, [scenario]), this.#overrides);
  }

  /** Gives the page its stage back. */
  close() {
    for (const world of this.#worlds) world.stop();
    this.#host.stage.views = this.#host.views;
    setAttr(this.#host.stage, 'role', 'main');
    this.replaceWith(this.#host.stage);
  }
}
