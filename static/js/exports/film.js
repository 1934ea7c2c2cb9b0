// A short film of the stage, recorded while it plays.

import { imageOf } from './picture.js';
import { slide } from './slide.js';
import { ORIGIN } from './snapshot.js';

/** How long it is, ms. */
export const LONG = 5000;

/** Pictures a second; what stands still is looked at less often, ms. */
const RATE = 25;
const STILL = 200;

const BITS = 4_000_000; // a second

/** Kinds of files, the one that most programs show first; H.264 at a level for large screens. */
const TYPES = ['video/mp4;codecs=avc1.640033', 'video/mp4;codecs=avc1.42E01F', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

/** The kind that this browser writes; undefined: none. @returns {string | undefined} */
const kind = () => TYPES.find((type) => MediaRecorder.isTypeSupported(type));

/** How the name of a film ends in this browser. */
export const filmEnding = () => (kind()?.startsWith('video/mp4') ? 'mp4' : 'webm');

/** Why there can be no film, as a key of the catalogue; undefined when there can. @returns {string | undefined} */
export function noFilm() {
  if (typeof MediaRecorder === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype)) return 'share.film.unknown';
  return kind() ? undefined : 'share.film.format';
}

/**
 * Records what happens from now on.
 * @param {HTMLElement} stage @param {() => import('./slide.js').Caption} caption what stands below it by now
 * @param {(share: number) => void} progress @param {AbortSignal} signal
 * @returns {Promise<Blob>}
 */
export async function film(stage, caption, progress, signal) {
  const canvas = document.createElement('canvas');
  const look = () => imageOf(slide(stage, caption(), { moving: false, steady: true }));
  let ground = await look();
  // Some decoders want even numbers.
  canvas.width = Math.ceil(ground.width / 2) * 2;
  canvas.height = Math.ceil(ground.height / 2) * 2;
  const c = canvas.getContext('2d');
  if (!c) throw new Error('There is no canvas to draw on.');
  const paint = () => {
    c.drawImage(ground, 0, 0);
    for (const flights of stage.querySelectorAll('canvas.flights')) {
      const at = flights.getBoundingClientRect();
      const from = stage.getBoundingClientRect();
      c.drawImage(/** @type {HTMLCanvasElement} */ (flights), at.left - from.left + ORIGIN, at.top - from.top + ORIGIN, at.width, at.height);
    }
  };
  paint();
  const recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType: kind(), videoBitsPerSecond: BITS });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
  const ended = new Promise((resolve, reject) => {
    recorder.addEventListener('stop', resolve);
    recorder.addEventListener('error', () => reject(new Error('The film could not be recorded.')));
  });
  recorder.start();
  const begin = performance.now();
  let looked = begin;
  let looking = false;
  const timer = setInterval(() => {
    const now = performance.now();
    paint();
    progress(Math.min(1, (now - begin) / LONG));
    if (now - begin >= LONG || signal.aborted) {
      clearInterval(timer);
      if (recorder.state !== 'inactive') recorder.stop();
    } else if (!looking && now - looked > STILL) {
      looked = now;
      looking = true;
      look().then((image) => { ground = image; }, () => {}).finally(() => { looking = false; });
    }
  }, 1000 / RATE);
  try {
    await ended;
  } finally {
    clearInterval(timer);
  }
  signal.throwIfAborted();
  return new Blob(parts, { type: recorder.mimeType });
}
