// What each chart shows, from the figures of a run. Pure, but for the words.

import { duration, percent as hundredths } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { seconds } from './axis.js';

/** @typedef {import('../run/stats.js').Stats} Stats */
/** @typedef {import('./chart.js').Drawing} Drawing */

/** Slices are put together until there are at most so many points. */
const POINTS = 60;

/** @param {number} share */
const percent = (share) => hundredths(Math.round(share * 100), language);

/** The slices of a run, some put together. @param {Stats} stats */
function spans(stats) {
  const each = Math.max(1, Math.ceil(stats.slices.length / POINTS));
  const list = [];
  for (let i = 0; i < stats.slices.length; i += each) {
    const some = stats.slices.slice(i, i + each);
    /** @param {'requests' | 'hits' | 'misses'} key */
    const sum = (key) => some.reduce((n, slice) => n + slice[key], 0);
    const from = stats.since + i * stats.slice;
    list.push({ from, long: Math.min(some.length * stats.slice, Math.max(1, stats.now - from)), requests: sum('requests'), hits: sum('hits'), misses: sum('misses') });
  }
  return list;
}

/** What a chart comes to, and what it leaves out. @param {Stats} stats @param {string} sum */
const without = ({ spared }, sum) => (spared ? t('charts.spared', { sum, n: spared }) : sum);

/** @type {Record<string, (stats: Stats, clock: import('../panels/stretched.js').Stretched) => {drawing: Drawing, summary: string, why?: string, help?: string}>} */
export const DRAWINGS = {
  ratio(stats) {
    const items = spans(stats).map(({ from, hits, misses }) => {
      const n = hits + misses;
      return { label: seconds(from, language), value: n ? hits / n : undefined, text: n ? t('charts.ratio.value', { share: percent(hits / n), hits, n }) : t('charts.nothing') };
    });
    const all = stats.hitRatio;
    return { drawing: { kind: 'line', items, most: 1, unit: percent }, summary: without(stats, all === undefined ? t('charts.nothing') : t('charts.ratio.sum', { share: percent(all) })) };
  },
  latency(stats, { word, why }) {
    const bins = stats.histogram();
    const { p50, p95, p99 } = stats.latency();
    const items = bins.map((b) => ({ label: duration(b.from, language), value: b.n, text: t('charts.latency.value', { n: b.n, from: duration(b.from, language), to: duration(b.to, language) }), parts: [{ value: b.n, ink: 'p6', word: '' }] }));
    const marks = bins.length ? [['p50', p50], ['p95', p95]].map(([word, us]) => ({ at: (Number(us) - bins[0].from) / (bins[0].to - bins[0].from), word: String(word) })) : [];
    return {
      drawing: { kind: 'bars', items, unit: String, marks },
      summary: bins.length ? t('charts.latency.sum', { p50: duration(p50, language), p95: duration(p95, language), p99: duration(p99, language) }) + (word && `, ${word}`) : t('charts.nothing'),
      why,
      help: bins.length ? t('charts.latency.help') : '',
    };
  },
  throughput(stats) {
    const items = spans(stats).map(({ from, long, requests }) => {
      const value = Math.round((requests * 1e7) / long) / 10;
      return { label: seconds(from, language), value, text: t('charts.throughput.value', { n: value }) };
    });
    return { drawing: { kind: 'line', items, unit: String }, summary: stats.total.requests ? t('charts.throughput.value', { n: Math.round(stats.throughput * 100) / 100 }) : t('charts.nothing') };
  },
  workers(stats) {
    const list = [...stats.workers.values()].sort((a, b) => a.pid - b.pid);
    const items = list.map((w) => ({
      label: t('process.n', { pid: w.pid }), value: w.requests, text: t('charts.workers.value', { n: w.requests, hits: w.hits, misses: w.misses }),
      parts: [{ value: w.requests - w.misses, ink: `p${w.pid}`, word: 'found' }, { value: w.misses, ink: 'miss', word: 'missed' }],
    }));
    return { drawing: { kind: 'bars', items, unit: String }, summary: without(stats, t('charts.workers.sum', { n: stats.total.requests, misses: stats.total.misses })) };
  },
};
