// The panel of charts: it counts while it is open.

import '../words/rest.js';
import { h, setText } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { counted } from '../page/footer.js';
import { Sheet } from '../panels/sheet.js';
import { stretched } from '../panels/stretched.js';
import { styles } from '../dom/styles.js';
import { Counts } from '../run/counts.js';
import { t } from '../words/text.js';
import { Chart } from './chart.js';
import { DRAWINGS } from './drawings.js';
import { save, savePng, saveSvg } from '../exports/picture.js';
import { byLatency, byWorker, csv, overTime } from '../share/csv.js';
import { aboutOf, runOf } from '../share/keep.js';
import { fileName } from '../share/snippets.js';

/** @typedef {'svg' | 'png' | 'csv'} Kind */

/** What a chart can be saved as. @type {Kind[]} */
const KINDS = ['svg', 'png', 'csv'];

/** The numbers of each chart. @type {Record<string, (stats: import('../run/stats.js').Stats, until: number) => import('../share/csv.js').Row[]>} */
const NUMBERS = { ratio: overTime, latency: byLatency, throughput: overTime, workers: byWorker };

/** The charts are drawn anew at most this often, wall ms. */
const PAUSE = 400;

export class Charts {
  #views;
  #sheet;
  #counts = new Counts();
  #lead = h('p', { class: 'sheet-lead' });
  /** @type {Chart[]} */
  #charts = [];
  #drawn = -Infinity; // wall ms

  /** @param {import('../page/views.js').Views} views */
  constructor(views) {
    this.#views = views;
    this.#sheet = new Sheet('charts', t('charts'), views.page);
    this.#charts = Object.keys(DRAWINGS).map((name) => new Chart(name, (chart) => this.#tools(chart)));
    this.#sheet.body.append(this.#lead, ...this.#charts.map((c) => c.element));
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
    this.#views.wake();
  }

  /** @param {number} shown virtual µs @param {boolean} rest @param {number} wall */
  draw(shown, rest, wall) {
    const { past, figures, state } = this.#views.room.world;
    if (!past || !this.#sheet.isOpen) return;
    setText(this.#lead, t('charts.lead', { counted: counted(figures, this.#views.window, shown) })); // as the figures say it, at once
    if (!rest && wall - this.#drawn < PAUSE) return;
    this.#drawn = wall;
    this.#counts.follow(past, figures, this.#views.window, state);
    const { stats, whole } = this.#counts;
    if (!whole) this.#soon();
    for (const chart of this.#charts) {
      const { drawing, summary, why, help } = DRAWINGS[chart.name](stats, stretched(state.scenario));
      chart.show(drawing, summary, why, help);
    }
    this.#sheet.element.dataset.counted = String(stats.seq);
    this.#sheet.element.dataset.whole = String(whole && past.fromStart);
  }

  /** What a chart can be saved as, each time with the run that it is of. @param {Chart} chart */
  #tools(chart) {
    /** @param {Kind} kind */
    const button = (kind) => h('button', {
      type: 'button', class: 'tool worded', 'aria-label': t('charts.save', { name: chart.title, kind: kind.toUpperCase() }), click: () => void this.#save(chart, kind),
    }, icon('save'), kind.toUpperCase());
    return h('span', { class: 'chart-tools' }, ...KINDS.map(button));
  }

  /** @param {Chart} chart @param {Kind} kind */
  async #save(chart, kind) {
    const { stats } = this.#counts;
    const run = runOf(this.#views);
    const picture = { svg: chart.svg, title: chart.title, words: chart.summary, about: aboutOf(run), name: fileName(run, run.at, '', chart.name) };
    if (kind === 'svg') saveSvg(picture);
    else if (kind === 'png') await savePng(picture);
    else save(new Blob([csv(NUMBERS[chart.name](stats, run.at), { ...run, since: stats.since })], { type: 'text/csv' }), `${picture.name}.csv`);
  }
}
