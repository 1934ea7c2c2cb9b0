// The sentence of the moment that is shown: of the event that matters most in
// it, what the opening says of it, or words before anything has happened.

import { storage } from '../address/url.js';
import { styles } from '../dom/styles.js';
import { t } from '../words/text.js';

/** @typedef {import('../run/model.js').Event} Event */

/** Where a browser keeps that it has been here. */
const VISITED = 'procession-visited';

export class Telling {
  #room;
  #footer;
  /** The event that is told; undefined: none, the footer introduces. @type {Event | undefined} */
  #told;
  /** The picture that somebody leaves for another moment, of which they want to hear; empty: any will do; undefined: nobody asks. @type {string | undefined} */
  #asked;
  #shown = '';
  /** The page is on its way to another future. */
  leaves = false;
  /** Of another run nothing was told yet, and whoever listens hears it at once. */
  #anew = false;
  /** The first visit, while it tells. @type {import('./opening.js').Opening | undefined} */
  opening;

  /** @param {import('../room/room.js').Room} room @param {import('./footer.js').FooterElement} footer */
  constructor(room, footer) {
    this.#room = room;
    this.#footer = footer;
  }

  /** The first visit to the untouched page builds the picture up. @param {HTMLElement} page @param {boolean} still no movement is wanted */
  async open(page, still) {
    const untouched = !this.#room.framed && !this.#room.link.query && !location.hash;
    if (!untouched || storage('local')?.getItem(VISITED) !== null) return;
    storage('local')?.setItem(VISITED, 'true');
    await styles('opening');
    const { Opening } = await import('./opening.js');
    this.opening = new Opening(page, this.#room, still);
    this.opening.addEventListener('end', () => { this.opening = undefined; });
  }

  /** Somebody goes to another moment, and wants to hear of it, also where the words are the same. @param {boolean} [comes] it is yet to come */
  ask(comes = false) { this.#asked = comes ? this.#shown : ''; }

  /** Tells a moment. @param {import('./drawing.js').Moment} moment */
  tell({ shown, rest, place }) {
    if (this.opening) return this.#story(this.opening);
    const { world, wanted } = this.#room;
    this.#shown = `${shown} ${world.state.seq}`;
    const asked = (rest || this.#anew) && this.#asked !== undefined && this.#asked !== this.#shown ? shown : undefined;
    const e = (place?.event && world.past?.event(place.seq)) || world.told(shown, rest, wanted.speed);
    if (this.#anew && !e && world.fetching) return; // what led here is on its way
    // Who lets time go on again is not told what came before what was told already.
    if (asked !== undefined) this.#asked = undefined;
    else if (e === this.#told || (!rest && e && this.#told && e.seq < this.#told.seq && this.#told.seq <= world.state.seq)) return;
    if (asked === undefined && !e && !this.#told) return;
    this.#told = e;
    this.#anew = false;
    if (e) this.#footer.say(world.parts(e), e, asked);
    else this.#footer.introduce(t('intro'), asked);
    world.stage.tell(e);
  }

  /** What the opening says of the picture. @param {import('./opening.js').Opening} opening */
  #story(opening) {
    const { world, clock } = this.#room;
    const words = opening.words(world.state);
    if (words === this.#footer.told) return;
    const out = world.told(clock.shown, true, 1);
    if (world.state.totals.logouts && out) this.#footer.say([{ text: words, ink: '' }], out, NaN);
    else this.#footer.introduce(words);
  }

  /** Another run is shown. @param {boolean} begun it takes the place of one, at a moment of its own: what stands on the screen then is told, with that moment */
  renew(begun) {
    this.leaves = false;
    if (!begun) return this.introduce(t('intro'));
    this.#told = undefined;
    this.#anew = true;
    this.ask();
  }

  /** Words before anything has happened. @param {string} text */
  introduce(text) {
    this.#told = undefined;
    this.#footer.introduce(text);
    this.#room.world.stage.tell(undefined);
  }
}
