// What the stage gives away: the run that it shows, at the moment that it shows.

import '../words/rest.js';
import { linkOf } from '../address/address.js';
import { set, withMoment } from '../address/hash.js';
import { moment } from '../words/narrate.js';
import { t } from '../words/text.js';
import { keep, runOf } from './keep.js';
import { share } from './share.js';

/** The key of the fragment that has the worlds beside the run. */
const WITH = 'with';

/**
 * The address of a run at a moment, without a host.
 * @param {string} query @param {number} at virtual µs @param {string[]} worlds beside it
 */
export function liveLink(query, at, worlds) {
  return linkOf(query, '', '/', withMoment(set('', WITH, worlds.join('|') || undefined), at || undefined));
}

/** @param {import('../page/views.js').Views} views @param {HTMLElement} anchor what gets the focus back */
export async function shareStage(views, anchor) {
  const run = runOf(views);
  const beside = views.worlds;
  const live = liveLink(run.query, run.at, beside);
  await share(views.page, anchor, {
    run, live, title: t('page.title'),
    links: [{ name: t('share.links.moment', { moment: moment(run.at) }), address: live }, { name: t('share.links.begin'), address: liveLink(run.query, 0, beside) }],
    sim: { query: run.query, from: 0, until: 0, play: 'auto', speed: 1, controls: [], point: [], open: '', beside, continue: false },
    begin: { at: run.ended ? 0 : run.at, play: true, wait: false },
    still: run.ended ? t('share.film.ended') : '',
    keep: (kind, wish) => keep(views, kind, wish),
  });
}
