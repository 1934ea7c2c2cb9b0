// One of several worlds that stand beside each other: a title, a stage, and what
// its run comes to.

import { Counts } from '../run/counts.js';
import { h, setText } from '../dom/dom.js';
import { moment } from '../words/narrate.js';
import { put, welcome } from './prices.js';
import { language, t } from '../words/text.js';
import { World } from '../run/world.js';

export class Column {
  counts = new Counts();
  world;
  #title = h('span');
  #since = h('span', { class: 'world-since' });
  /** What it comes to, also where the prices are below the window. */
  #verdict = h('b', { 'aria-hidden': 'true', title: `${t('beside.welcome')}: ${t('beside.welcome.why')}` });
  /** The same in words. */
  #said = h('span', { class: 'aloud' });
  #before = h('p', { class: 'world-before', hidden: true });
  element;

  /** @param {number} number @param {World} [own] the page's own, of column 0 */
  constructor(number, own) {
    this.world = own ?? new World();
    this.#title.id = `world-${number}`;
    this.element = h('section', { class: 'world', 'data-world': number, 'aria-labelledby': this.#title.id }, h('h2', {}, this.#title, this.#said, this.#verdict, this.#since), this.#before, this.world.stage);
  }

  /** What a stage draws beside its first picture. @param {number} shown virtual µs */
  async extend(shown) {
    const { parts } = await import('../stage/parts/parts.js');
    const { stage } = this.world;
    stage.extend(await parts(stage), this.world.state, this.world.recent(shown));
  }

  /** @param {string} text */
  set title(text) { setText(this.#title, text); }

  /** Since when it is what its title says. @param {string} text */
  set since(text) { setText(this.#since, text); }

  /** Draws the moment; the page's own world is drawn by the page. @param {number} shown virtual µs @param {boolean} rest no other moment follows soon */
  draw(shown, rest) {
    const { past, stage } = this.world;
    if (!past) return;
    // What was before it was opened is asked for; until it comes, that is said.
    const before = shown < past.baseState.ts && !past.fromStart;
    this.#before.hidden = !before;
    if (before) setText(this.#before, t('beside.before', { moment: moment(past.baseState.ts, language) }));
    this.world.seek(shown);
    stage.draw(this.world.state, shown, rest);
  }

  /** Counts up to the moment that is shown. @param {import('../run/figures.js').Window} window @returns {boolean} whether that is done */
  count(window) {
    const { past, figures, state } = this.world;
    if (past) this.counts.follow(past, figures, window, state);
    const [share, verdict] = welcome(this.counts.stats);
    put(this.#verdict, share, verdict);
    setText(this.#said, t('voice.world', { share }));
    return this.counts.whole;
  }
}
