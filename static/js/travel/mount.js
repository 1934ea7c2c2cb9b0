// Time travel, put into the page once the first picture is there.

import '../words/rest.js';
import { styles } from '../dom/styles.js';
import { TimelineElement } from './timeline.js';
import { Travel } from './travel.js';

/**
 * @param {import('./travel.js').Page} page @param {Element} place where the timeline goes
 */
export async function mount(page, place) {
  await styles('timeline');
  if (!customElements.get('procession-timeline')) customElements.define('procession-timeline', TimelineElement);
  const travel = new Travel(page);
  const timeline = new TimelineElement(travel);
  place.replaceChildren(timeline);
  return { travel, timeline };
}
