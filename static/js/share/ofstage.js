// What the stage gives away: the run that it shows, at the moment that it shows.

import '../words/rest.js';
import { linkOf } from '../address/address.js';
import { goingOn, set, withMoment } from '../address/hash.js';
import { moment } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { keep, runOf } from './keep.js';
import { share } from './share.js';
import { setUpOf } from './snippets.js';

/** The key of the fragment that has the worlds beside the run. */
const WITH = 'with';

/**
 * The address of a run at a moment, without a host.
 * @param {string} query @param {number} at virtual µs @param {string[]} worlds beside it @param {boolean} [playing] it goes on from there
 */
export function liveLink(query, at, worlds, playing = false) {
  const hash = withMoment(set('', WITH, worlds.join('|') || undefined), at || undefined);
  return linkOf(query, '', '/', at && playing ? goingOn(hash) : hash);
}

/** What a run is, for who does not see it: what stands over it, and how it is set up. @param {import('../page/views.js').Views} views @param {string} query */
function nameOf({ stage }, query) {
  const headline = stage.querySelector('.caption h1')?.textContent;
  const { keys } = setUpOf(query);
  return headline ? t(keys ? 'share.name.keys' : 'share.name', { headline, keys }) : t('page.title');
}

/** @param {import('../page/views.js').Views} views @param {HTMLElement} anchor what gets the focus back */
export async function shareStage(views, anchor) {
  const run = runOf(views);
  const beside = views.worlds;
  const live = liveLink(run.query, run.at, beside, run.playing && !run.ended);
  await share(views.page, anchor, {
    run, live, title: nameOf(views, run.query),
    links: [{ name: t('share.links.moment', { moment: moment(run.at, language) }), address: live, at: run.at }, { name: t('share.links.begin'), address: liveLink(run.query, 0, beside), at: 0 }],
    sim: { query: run.query, from: 0, until: 0, play: 'auto', speed: 1, controls: [], point: [], open: '', beside, continue: false },
    playing: run.playing, over: run.ended,
    still: run.ended ? t('share.film.ended') : '',
    keep: (kind, wish) => keep(views, kind, wish),
  });
}
