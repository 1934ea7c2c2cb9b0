// Time travel, put into the page once the first picture is there.

import '../words/rest.js';
import { styles } from '../dom/styles.js';
import { TimelineElement } from './timeline.js';
import { Travel } from './travel.js';

/** @param {import('../room/room.js').Room} room @param {Element} place where the timeline goes */
export async function mount(room, place) {
  await styles('timeline');
  if (!customElements.get('procession-timeline')) customElements.define('procession-timeline', TimelineElement);
  const travel = new Travel(room);
  const timeline = new TimelineElement(travel);
  place.replaceChildren(timeline);
  travel.addEventListener('present', () => room.resume());
  return { travel, timeline };
}
