// What the first picture does without: presenting, choosing by key, the remark on
// the set-up, the voice, and the parts of the stage that come after it. Each fails alone.

import { styles } from '../dom/styles.js';

/** What the page itself asks for. @typedef {{noteOn?: typeof import('../words/notes.js').noteOn, voice?: import('./voice.js').Voice}} Late */

/**
 * Loads it all.
 * @param {Late} late is filled
 * @param {import('../stage/stage.js').StageElement} stage @param {import('./footer.js').FooterElement} footer
 * @param {import('../controls/present.js').PresentElement} present @param {import('../room/room.js').Room} room
 * @param {() => void} refresh is called when there is more to be drawn
 */
export function bring(late, stage, footer, present, room, refresh) {
  void styles('overlay');
  void import('../controls/present.js').then(() => { present.world = room.world; }).catch(() => {}); // then nobody presents
  void import('../controls/choosing.js').catch(() => {}); // then arrows choose, as in any page
  void import('../words/notes.js').then(({ noteOn }) => {
    late.noteOn = noteOn;
    refresh();
  }).catch(() => {}); // then nothing is remarked
  void import('./voice.js').then(({ Voice }) => {
    late.voice = footer.voice = new Voice(footer, room);
    refresh();
  }).catch(() => {}); // then nothing is told
  void import('../stage/parts/parts.js').then(async ({ parts }) => stage.extend(await parts(stage), room.world.state, room.world.recent(room.clock.shown)));
}
