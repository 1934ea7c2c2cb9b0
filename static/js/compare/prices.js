// What each world costs and what it gives, one row a world.

import { h, setAttr, setChildren, setText } from '../dom/dom.js';
import { counted } from '../page/footer.js';
import { stretched } from '../panels/stretched.js';
import { duration, percent } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { death } from './title.js';

/** @typedef {import('./column.js').Column} Column */

const COLUMNS = ['welcome', 'logouts', 'latency', 'memory', 'commands', 'death'];

/** The shape that goes with the colour of a verdict. */
const SIGN = { good: '✓', bad: '✕' };

export class Prices {
  #rows = h('tbody');
  element = h('table', { class: 'prices' },
    h('caption', {}, t('beside.prices')),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('beside.world')),
      ...COLUMNS.map((c) => h('th', { scope: 'col', title: t(`beside.${c}.why`), 'data-column': c }, t(`beside.${c}`))))),
    this.#rows);
  /** What the words of the table mean. */
  why = h('p', { class: 'prices-why', hidden: true });
  /** @type {{element: HTMLElement, name: HTMLElement, window: HTMLElement, cells: HTMLElement[]}[]} */
  #made = [];

  /** @param {Column[]} columns @param {string[]} titles @param {import('../run/figures.js').Window} window what is counted @param {number} shown virtual µs */
  show(columns, titles, window, shown) {
    while (this.#made.length < columns.length) this.#made.push(row(this.#made.length));
    setChildren(this.#rows, columns.map((_, i) => this.#made[i].element));
    // What holds for all is said below the stage.
    const apart = new Set(columns.map(({ world: { figures } }) => figures.begin(window).since)).size > 1;
    let clocks = '';
    columns.forEach(({ world, counts }, i) => {
      const { name, window: when, cells } = this.#made[i];
      setText(name, titles[i]);
      setText(when, apart ? counted(world.figures, window, shown) : '');
      const { stats, whole } = counts;
      const { p95 } = stats.latency();
      put(cells[0], ...welcome(stats));
      put(cells[1], String(stats.total.logouts), stats.total.requests === 0 ? '' : stats.total.logouts ? 'bad' : 'good');
      const { word: clock, why } = stretched(world.state.scenario);
      const took = duration(p95, language);
      put(cells[2], !stats.total.requests ? '–' : clock ? t('beside.latency.stretched', { took }) : took, '');
      setAttr(cells[2], 'title', why || undefined);
      if (why) clocks = why;
      const { copies, threads } = stats.peak;
      put(cells[3], t(threads > copies ? 'beside.memory.threads' : 'beside.memory.of', { mb: Math.round(stats.memory / 1000), n: copies, threads }), '');
      put(cells[4], String(stats.total.commands), '');
      const dies = t(death(world.state.scenario, world.state.workers.length));
      const { crashes, bereft } = stats.total;
      put(cells[5], crashes ? t('beside.death.seen', { word: dies, n: crashes, sessions: bereft }) : dies, '');
      setAttr(this.#made[i].element, 'data-since', stats.since ? String(stats.since) : undefined);
      setAttr(this.#made[i].element, 'data-whole', String(whole && Boolean(world.past?.fromStart)));
    });
    setText(this.why, clocks);
    this.why.hidden = !clocks;
  }
}

/** How many are still logged in, and what that says. @param {import('../run/stats.js').Stats} stats @returns {[string, '' | 'good' | 'bad']} */
export function welcome({ welcome: share }) {
  if (share === undefined) return ['–', ''];
  return [percent(Math.round(share * 100), language), share > 0.995 ? 'good' : share < 0.9 ? 'bad' : ''];
}

/** @param {number} number */
function row(number) {
  const name = h('span');
  const window = h('span', { class: 'price-window' });
  const cells = COLUMNS.map((c) => h('td', { 'data-column': c, 'data-label': t(`beside.${c}`) }));
  return { element: h('tr', { 'data-price': number }, h('th', { scope: 'row' }, name, window), ...cells), name, window, cells };
}

/** Writes a figure with the sign of its verdict. @param {HTMLElement} cell @param {string} text @param {'' | 'good' | 'bad'} verdict */
export function put(cell, text, verdict) {
  setText(cell, verdict ? `${SIGN[verdict]} ${text}` : text);
  setAttr(cell, 'data-verdict', verdict || undefined);
}
