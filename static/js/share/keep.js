// Files of the run that this page shows: pictures for slides, a film, the
// figures. The page around a frame asks for them as the page itself does.

import '../words/rest.js';
import { moment } from '../words/narrate.js';
import { t } from '../words/text.js';
import { fileName, setUpOf } from './snippets.js';

/** @typedef {import('../page/views.js').Host} Host */
/** svg and png: a picture for a slide; film: five seconds of it; csv: figures over time. @typedef {'svg' | 'png' | 'film' | 'csv'} Kind */
/** address: of the run at this moment, for the picture; progress: from 0 to 1. @typedef {{address: string, progress: (share: number) => void, signal: AbortSignal}} Wish */

/** Which run it is, in a line. @param {{query: string, seed: string, version: string, at: number}} run at: virtual µs */
export function aboutOf({ query, seed, version, at }) {
  const { keys, commands } = setUpOf(query);
  return [keys || t('share.default'), commands && t('share.commands', { n: commands }), seed && t('share.seed', { seed }), version && t('share.version', { version }), moment(at)].filter(Boolean).join(' · ');
}

/** The run of a page. @param {Host} host */
export function runOf({ page, now }) {
  const { state, shown, query } = now();
  return { query, seed: state.scenario.seed, mode: state.scenario.mode, version: page.dataset.version ?? '', at: Math.max(0, Math.round(shown)), seq: state.seq, ended: state.ended };
}

/**
 * Makes a file and gives it to the reader.
 * @param {Host} host @param {Kind} kind @param {Wish} wish
 * @returns {Promise<string>} its name
 */
export async function keep(host, kind, wish) {
  if (kind === 'film') return keepFilm(host, wish);
  if (kind === 'csv') return keepFigures(host, wish);
  const [{ png, save, textOf }, { slide }] = await Promise.all([import('../exports/picture.js'), import('../exports/slide.js')]);
  const run = runOf(host);
  const name = fileName(run, run.at, kind);
  const svg = slide(subject(host), caption(host, wish.address));
  save(kind === 'svg' ? new Blob([textOf(svg)], { type: 'image/svg+xml' }) : await png(svg), name);
  return name;
}

/** What is looked at: the stage, or several of them. @param {Host} host */
const subject = (host) => /** @type {HTMLElement} */ (document.querySelector('procession-compare') ?? host.stage);

/** @param {Host} host @param {string} address @returns {import('../exports/slide.js').Caption} */
const caption = (host, address) => ({ sentence: host.page.querySelector('[data-sentence]')?.textContent ?? '', about: aboutOf(runOf(host)), address });

/** The run plays while it is recorded, and stands again when it stood before. @param {Host} host @param {Wish} wish */
async function keepFilm(host, { address, progress, signal }) {
  const [{ film, filmEnding }, { save }] = await Promise.all([import('../exports/film.js'), import('../exports/picture.js')]);
  const run = runOf(host);
  const stood = document.documentElement.dataset.playing !== 'true';
  /** @param {string} time */
  const order = (time) => host.page.dispatchEvent(new CustomEvent('order', { detail: { time } }));
  if (stood) order('play');
  try {
    const blob = await film(subject(host), () => caption(host, address), progress, signal);
    const name = fileName(run, run.at, filmEnding());
    save(blob, name);
    return name;
  } finally {
    if (stood) order('pause');
  }
}

/** The whole run up to the shown moment, counted as everywhere. @param {Host} host @param {Wish} wish */
async function keepFigures(host, { progress, signal }) {
  const [{ Counts }, { csv, overTime }, { save }] = await Promise.all([import('../run/counts.js'), import('./csv.js'), import('../exports/picture.js')]);
  const run = runOf(host);
  const past = await host.world.whole();
  const counts = new Counts();
  do {
    counts.follow(past, host.world.figures, 'run', run.seq);
    progress(counts.stats.seq / Math.max(1, run.seq));
    await new Promise((resolve) => setTimeout(resolve)); // the page may draw
    signal.throwIfAborted();
  } while (!counts.whole);
  const name = fileName(run, run.at, 'csv');
  save(new Blob([csv(overTime(counts.stats, run.at), run)], { type: 'text/csv' }), name);
  return name;
}

/**
 * A page around this one, of the same origin, wants to know the run or have a file: it is told how that goes.
 * @param {Host} host @param {{port: MessagePort, kind: Kind | 'run', address: string}} wish
 */
export async function answer(host, { port, kind, address }) {
  if (kind === 'run') {
    port.postMessage({ run: runOf(host) });
    return;
  }
  const stop = new AbortController();
  port.addEventListener('message', () => stop.abort()); // it says nothing else
  port.start();
  try {
    port.postMessage({ name: await keep(host, kind, { address, progress: (share) => port.postMessage({ share }), signal: stop.signal }) });
  } catch {
    port.postMessage({ failed: true });
  }
}
