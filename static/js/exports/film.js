// A short film of the stage, recorded while it plays.

import { imageOf } from './picture.js';
import { ORIGIN, snapshot } from './snapshot.js';

/** How long it is, ms. */
export const LONG = 5000;

/** Pictures a second; what stands still is looked at less often, ms. */
const RATE = 25;
const STILL = 200;

const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

/** Why there can be no film, as a key of the catalogue; undefined when there can. @returns {string | undefined} */
export function noFilm() {
  if (typeof MediaRecorder === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype)) return 'exports.film.unknown';
  return TYPES.some((type) => MediaRecorder.isTypeSupported(type)) ? undefined : 'exports.film.format';
}

/**
 * Records what happens from now on.
 * @param {HTMLElement} stage @param {(share: number) => void} progress @param {AbortSignal} signal
 * @returns {Promise<Blob>}
 */
export async function film(stage, progress, signal) {
  const canvas = document.createElement('canvas');
  const box = stage.getBoundingClientRect();
  // Some decoders want even numbers.
  canvas.width = Math.ceil((box.width + 2 * ORIGIN) / 2) * 2;
  canvas.height = Math.ceil((box.height + 2 * ORIGIN) / 2) * 2;
  const c = canvas.getContext('2d');
  if (!c) throw new Error('There is no canvas to draw on.');
  let ground = await imageOf(snapshot(stage, { moving: false }));
  const paint = () => {
    c.drawImage(ground, 0, 0);
    for (const flights of stage.querySelectorAll('canvas.flights')) {
      const at = flights.getBoundingClientRect();
      const from = stage.getBoundingClientRect();
      c.drawImage(/** @type {HTMLCanvasElement} */ (flights), at.left - from.left + ORIGIN, at.top - from.top + ORIGIN, at.width, at.height);
    }
  };
  paint();
  const recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType: TYPES.find((type) => MediaRecorder.isTypeSupported(type)), videoBitsPerSecond: 4_000_000 });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
  const ended = new Promise((resolve) => { recorder.addEventListener('stop', resolve); });
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
      recorder.stop();
    } else if (!looking && now - looked > STILL) {
      looked = now;
      looking = true;
      imageOf(snapshot(stage, { moving: false })).then((image) => { ground = image; }).finally(() => { looking = false; });
    }
  }, 1000 / RATE);
  await ended;
  signal.throwIfAborted();
  return new Blob(parts, { type: 'video/webm' });
}
