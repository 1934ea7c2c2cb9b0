// What a lesson gives away: its step, and the run beside it. The frame with the
// stage makes the files, since it has what is on them.

import '../words/rest.js';
import { addressOf } from '../address/address.js';
import { untilOf } from '../lesson/sim.js';
import { moment } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { formatDuration, parse, unversioned } from '../address/url.js';
import { share } from './share.js';
import { liveLink } from './ofstage.js';

/** How long a stage has time to say what it shows, ms. */
const PATIENCE = 2000;

/**
 * What is on the page. step: its id; first: it is the first one; waits: the stage waits for an answer.
 * @typedef {{frame: HTMLIFrameElement, sim: import('../lesson/sim.js').Sim | undefined, begin: import('../lesson/sim.js').Begin, title: string, step: string, first: boolean, waits: boolean}} Lesson
 */

/** What the address of a step says of a moment, and of a run that is not the step's own. @param {number} at virtual µs @param {string} query */
const momentIn = (at, query) => `&t=${formatDuration(Math.round(at))}${query && `&run=${encodeURIComponent(query)}`}`;

/** @param {Element} page @param {HTMLElement} anchor what gets the focus back @param {Lesson} lesson */
export async function shareLesson(page, anchor, { frame, sim, begin, title, step, first, waits }) {
  if (!sim) return;
  /** @type {import('./share.js').Shared['run'] & {playing: boolean, ended: boolean}} */
  let run = { query: sim.query, seed: parse(sim.query).get('seed') ?? '', version: '', at: begin.at, playing: begin.play, ended: false };
  try {
    ({ run } = await ask(frame, 'run', '', () => {}, AbortSignal.timeout(PATIENCE)));
  } catch {
    // It is not there yet: then it is the run as the lesson has it.
  }
  const { at } = run;
  const live = liveLink(run.query, at, sim.beside, run.playing && !run.ended);
  const here = addressOf('', location.search, location.pathname);
  // What the learner has made of it is another run, of which the author said nothing.
  const own = unversioned(run.query) === unversioned(sim.query);
  const until = untilOf(sim);
  await share(page, anchor, {
    run, live, title,
    links: [
      { name: t('share.links.within', { moment: moment(at, language) }), address: `${here}#${step}${momentIn(at, own ? '' : run.query)}`, at },
      { name: t('share.links.step'), address: here + (first ? '' : `#${step}`), at: sim.from },
      { name: t('share.links.stage', { moment: moment(at, language) }), address: live, at },
    ],
    sim: own ? { ...sim, query: run.query } : { ...sim, query: run.query, headline: '', note: '' },
    playing: run.playing, over: run.ended || (until > 0 && at >= until),
    still: waits ? t('share.film.waits') : '',
    keep: async (kind, { address, progress, signal }) => (await ask(frame, kind, address, progress, signal)).name,
  });
}

/**
 * Asks the stage for a file, or which run it shows.
 * @param {HTMLIFrameElement} frame @param {import('./keep.js').Kind | 'run'} kind @param {string} address of the run at its moment
 * @param {(share: number) => void} progress @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
function ask(frame, kind, address, progress, signal) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.addEventListener('message', ({ data }) => {
      if (data.share !== undefined) {
        progress(data.share);
        return;
      }
      port1.close();
      if (data.failed) reject(new Error('The stage could not make the file.'));
      else resolve(data);
    });
    port1.start();
    signal.addEventListener('abort', () => {
      port1.postMessage({ stop: true });
      reject(signal.reason);
    }, { once: true });
    frame.contentWindow?.postMessage({ procession: 'keep', kind, address }, location.origin, [port2]);
  });
}
