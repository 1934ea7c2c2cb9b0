// What belongs to the stage beside its people, processes and store, in parts: each
// is told of events and draws itself. The first picture does without them.

import '../../words/rest.js';
import '../../words/remarks.js';
import { styles } from '../../dom/styles.js';
import { Crowds } from './crowds.js';
import { Letters } from './letters.js';
import { Locks } from './locks.js';
import { Machine } from './machine.js';
import { Pick } from './pick.js';
import { Plugs } from './plugs.js';
import { Rooms } from './rooms.js';
import { Spoken } from './spoken.js';

/**
 * A part: it is told of each event, and draws a moment. follow: another moment of the same run, and what happened in
 * the seconds before it; without it, renew.
 * space: what a process has room for.
 * @typedef {{
 *   renew: (state: import('../../run/model.js').State) => void, recolour: () => void, note: (e: import('../../run/model.js').Event) => void,
 *   draw: (state: import('../../run/model.js').State, moment: number, rest: boolean, geometry: import('../geometry.js').Geometry) => void,
 *   follow?: (state: import('../../run/model.js').State, recent: import('../../run/model.js').Event[]) => void,
 *   flying?: boolean, fly?: (c: CanvasRenderingContext2D, moment: number, g: import('../geometry.js').Geometry, still: boolean) => void,
 *   space?: (processes: HTMLElement, mode: string, narrow: boolean, height: number, rem: number) => import('./rooms.js').Space | undefined,
 * }} Part
 */

/**
 * Makes the parts, once their style sheet is there.
 * @param {HTMLElement} stage
 * @returns {Promise<Part[]>}
 */
export async function parts(stage) {
  await styles('machine');
  void import('../../signs/bubble.js').then(({ watch }) => watch(stage)).catch(() => {}); // then signs have no notes
  return [new Machine(stage), new Locks(stage), new Plugs(stage), new Pick(stage), new Letters(), new Crowds(stage), new Spoken(stage), new Rooms()];
}
