// Files of the run that this page shows: pictures for slides, a film, the
// figures. The page around a frame asks for them as the page itself does.

import '../words/rest.js';
import { moment } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { fileName, setUpOf } from './snippets.js';

/** @typedef {import('../page/views.js').Views} Views */
/** svg and png: a picture for a slide; film and gif: five seconds of it; csv: figures over time. @typedef {'svg' | 'png' | 'film' | 'gif' | 'csv'} Kind */
/** address: of the run at this moment, for the picture; progress: from 0 to 1. @typedef {{address: string, progress: (share: number) => void, signal: AbortSignal}} Wish */

/** Which run it is, in a line. @param {{query: string, seed: string, version: string, at: number}} run at: virtual µs */
export function aboutOf({ query, seed, version, at }) {
  const { keys, commands } = setUpOf(query);
  return [keys || t('share.default'), commands && t('share.commands', { n: commands }), seed && t('share.seed', { seed }), version && t('share.version', { version }), moment(at, language)].filter(Boolean).join(' · ');
}

/** The run of a page, at the moment of its picture, be that in the past or not. playing: time goes on. @param {Pick<Views, 'page' | 'room'>} views */
export function runOf({ page, room }) {
  const playing = typeof document !== 'undefined' && document.documentElement.dataset.playing === 'true';
  const { world: { state, moment: at }, link: { shared: query } } = room;
  return { query, seed: state.scenario.seed, mode: state.scenario.mode, version: page.dataset.version ?? '', at: Math.max(0, Math.round(at)), seq: state.seq, ended: state.ended, playing };
}

/**
 * Makes a file and gives it to the reader.
 * @param {Views} views @param {Kind} kind @param {Wish} wish
 * @returns {Promise<string>} its name
 */
export async function keep(views, kind, wish) {
  if (kind === 'film' || kind === 'gif') return keepFilm(views, kind, wish);
  if (kind === 'csv') return keepFigures(views, wish);
  const [{ png, save, textOf }, { slide }] = await Promise.all([import('../exports/picture.js'), import('../exports/slide.js')]);
  const run = runOf(views);
  const name = fileName(run, run.at, kind);
  const svg = slide(subject(views), caption(views, wish.address));
  save(kind === 'svg' ? new Blob([textOf(svg)], { type: 'image/svg+xml' }) : await png(svg), name);
  return name;
}

/** What is looked at: the stage, or several of them. @param {Views} views */
const subject = (views) => /** @type {HTMLElement} */ (document.querySelector('procession-compare') ?? views.stage);

/** @param {Views} views @param {string} address @returns {import('../exports/slide.js').Caption} */
const caption = (views, address) => ({ sentence: views.page.querySelector('[data-sentence]')?.textContent ?? '', about: aboutOf(runOf(views)), address });

/** The run plays while it is recorded, and stands again when it stood before. @param {Views} views @param {'film' | 'gif'} kind @param {Wish} wish */
async function keepFilm(views, kind, { address, progress, signal }) {
  const [{ film, filmEnding, gif }, { save }] = await Promise.all([import('../exports/film.js'), import('../exports/picture.js')]);
  const run = runOf(views);
  const stood = !run.playing;
  /** @param {string} time */
  const order = (time) => views.page.dispatchEvent(new CustomEvent('order', { detail: { time } }));
  if (stood) order('play');
  try {
    const make = kind === 'gif' ? gif : film;
    const blob = await make({ stage: subject(views), caption: () => caption(views, address), progress, signal });
    const name = fileName(run, run.at, kind === 'gif' ? kind : filmEnding());
    save(blob, name);
    return name;
  } finally {
    if (stood) order('pause');
  }
}

/** The whole run up to the shown moment, counted as everywhere. @param {Views} views @param {Wish} wish */
async function keepFigures(views, { progress, signal }) {
  const [{ Counts }, { csv, overTime }, { save }] = await Promise.all([import('../run/counts.js'), import('./csv.js'), import('../exports/picture.js')]);
  const run = runOf(views);
  const past = await views.room.world.whole();
  const there = { ...views.room.world.state };
  const counts = new Counts();
  do {
    counts.follow(past, views.room.world.figures, 'run', there);
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
 * @param {Views} views @param {{port: MessagePort, kind: Kind | 'run', address: string}} wish
 */
export async function answer(views, { port, kind, address }) {
  if (kind === 'run') {
    port.postMessage({ run: runOf(views) });
    return;
  }
  const stop = new AbortController();
  port.addEventListener('message', () => stop.abort()); // it says nothing else
  port.start();
  try {
    port.postMessage({ name: await keep(views, kind, { address, progress: (share) => port.postMessage({ share }), signal: stop.signal }) });
  } catch {
    port.postMessage({ failed: true });
  }
}
