// The panel of charts: it counts while it is open.

import '../later.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { Sheet } from '../panels/sheet.js';
import { styles } from '../panels/styles.js';
import { Counts } from '../counts.js';
import { t } from '../text.js';
import { Chart } from './chart.js';
import { DRAWINGS } from './drawings.js';
import { savePng, saveSvg } from '../exports/picture.js';

/** The charts are drawn anew at most this often, wall ms. */
const PAUSE = 400;

export class Charts {
  #host;
  #sheet;
  #counts = new Counts();
  /** @type {Chart[]} */
  #charts = [];
  #drawn = -Infinity; // wall ms

  /** @param {import('../views.js').Host} host */
  constructor(host) {
    this.#host = host;
    this.#sheet = new Sheet('charts', t('charts'), host.page);
    this.#charts = Object.keys(DRAWINGS).map((name) => new Chart(name, (chart) => tools(chart)));
    this.#sheet.body.append(h('p', { class: 'sheet-lead' }, t('charts.lead')), ...this.#charts.map((c) => c.element));
    this.#sheet.onToggle = (open) => {
      if (open) this.#soon();
    };
  }

  async toggle() {
    await styles('charts');
    if (this.#sheet.isOpen) this.#sheet.close();
    else await this.#sheet.open();
  }

  #soon() {
    this.#drawn = -Infinity;
    this.#host.wake();
  }

  /** @param {boolean} rest @param {number} wall */
  draw(rest, wall) {
    const { past, figures, state } = this.#host.world;
    if (!past || !this.#sheet.isOpen || (!rest && wall - this.#drawn < PAUSE)) return;
    this.#drawn = wall;
    this.#counts.follow(past, figures, this.#host.window(), state.seq);
    const { stats, whole } = this.#counts;
    if (!whole) this.#soon();
    for (const chart of this.#charts) {
      const { drawing, summary } = DRAWINGS[chart.name](stats);
      chart.show(drawing, summary);
    }
    this.#sheet.element.dataset.counted = String(stats.seq);
    this.#sheet.element.dataset.whole = String(whole && past.whole);
  }
}

/** Saves a chart. @param {Chart} chart */
function tools(chart) {
  /** @param {'svg' | 'png'} kind */
  const save = (kind) => h('button', {
    type: 'button', class: 'tool worded', 'aria-label': t('charts.save', { name: chart.title, kind: kind.toUpperCase() }),
    click: () => {
      const picture = { svg: chart.svg, title: chart.title, words: chart.summary, name: `procession-${chart.name}` };
      if (kind === 'svg') saveSvg(picture);
      else void savePng(picture);
    },
  }, icon('save'), kind.toUpperCase());
  return h('span', { class: 'chart-tools' }, save('svg'), save('png'));
}
