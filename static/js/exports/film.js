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

/** A GIF is at most so wide, px, and has fewer pictures a second. */
const GIF_WIDTH = 720;
const GIF_RATE = 8;

/** @typedef {{stage: HTMLElement, caption: () => import('./slide.js').Caption, progress: (share: number) => void, signal: AbortSignal}} Scene caption: what stands below the stage by now; progress: from 0 to 1 */

/** Records what happens from now on. @param {Scene} scene @returns {Promise<Blob>} */
export async function film(scene) {
  const reel = await reelOf(scene);
  const recorder = new MediaRecorder(reel.canvas.captureStream(RATE), { mimeType: kind(), videoBitsPerSecond: BITS });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
  const ended = new Promise((resolve, reject) => {
    recorder.addEventListener('stop', resolve);
    recorder.addEventListener('error', () => reject(new Error('The film could not be recorded.')));
  });
  recorder.start();
  try {
    await Promise.race([reel.run(RATE), ended]);
  } finally {
    if (recorder.state !== 'inactive') recorder.stop();
  }
  await ended;
  scene.signal.throwIfAborted();
  return new Blob(parts, { type: recorder.mimeType });
}

/** The same as a GIF. @param {Scene} scene @returns {Promise<Blob>} */
export async function gif(scene) {
  const [reel, { Gif }] = await Promise.all([reelOf(scene), import('./gif.js')]);
  const small = document.createElement('canvas');
  const scale = Math.min(1, GIF_WIDTH / reel.canvas.width);
  small.width = Math.round(reel.canvas.width * scale);
  small.height = Math.round(reel.canvas.height * scale);
  const c = small.getContext('2d', { willReadFrequently: true });
  if (!c) throw new Error('There is no canvas to draw on.');
  c.imageSmoothingQuality = 'high';
  const pictures = new Gif(small.width, small.height);
  await reel.run(GIF_RATE, (at) => {
    c.drawImage(reel.canvas, 0, 0, small.width, small.height);
    pictures.add(c.getImageData(0, 0, small.width, small.height).data, at);
  });
  scene.signal.throwIfAborted();
  return new Blob(pictures.end(LONG), { type: 'image/gif' });
}

/** A canvas on which a scene goes on as on the stage. @param {Scene} scene */
async function reelOf({ stage, caption, progress, signal }) {
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
  /**
   * Goes on to the end of the film, or until somebody stops it.
   * @param {number} rate pictures a second @param {(at: number) => void} [seen] at: ms since it began
   */
  const run = async (rate, seen) => {
    const begin = performance.now();
    let looked = begin;
    let looking = false;
    for (let at = 0; at < LONG && !signal.aborted; at = performance.now() - begin) {
      paint();
      seen?.(at);
      progress(at / LONG);
      if (!looking && begin + at - looked > STILL) {
        looked = begin + at;
        looking = true;
        look().then((image) => { ground = image; }, () => {}).finally(() => { looking = false; });
      }
      await new Promise((resolve) => setTimeout(resolve, 1000 / rate - ((performance.now() - begin) % (1000 / rate))));
    }
  };
  return { canvas, run };
}
