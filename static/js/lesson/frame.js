// The stage beside the text: one frame for all steps. The first run comes with
// its address, the others as messages, without a reload.

import { addressOf, opening } from './sim.js';

/** @typedef {import('./sim.js').Sim} Sim */
/** @typedef {import('./sim.js').Begin} Begin */

/**
 * What the frame tells of its run. now, until: virtual µs; stopped: it stands where it was to stop by itself.
 * @typedef {{now: number, until: number, playing: boolean, stopped: boolean, ended: boolean, ready: boolean, query: string, speed: number, id: number}} State
 */

/** The stage is given so long (ms) to show a run; then the page does without it, until it does. */
const PATIENCE = 8000;

/** Dispatches "state", "wish" (somebody wants what has to wait) and "key" with the detail, and "mute" where no run comes. */
export class Frame extends EventTarget {
  #frame;
  #lang;
  #id = 0;
  #awake = false;
  /** What is to be opened when the frame is awake. @type {ReturnType<typeof opening> | undefined} */
  #next;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** No run came. */
  mute = false;
  /** The last state of the run that is open. @type {State | undefined} */
  state;

  /** @param {HTMLIFrameElement} frame @param {string} lang */
  constructor(frame, lang) {
    super();
    this.#frame = frame;
    this.#lang = lang;
    addEventListener('message', (event) => {
      if (event.source !== frame.contentWindow || event.origin !== location.origin) return;
      this.#hear(event.data);
    });
  }

  get element() { return this.#frame; }

  /** Opens a run. @param {Sim} sim @param {Begin} begin */
  open(sim, begin) {
    this.state = undefined;
    if (!this.mute) this.#timer ??= setTimeout(() => this.#give(), PATIENCE);
    if (!this.#frame.hasAttribute('src')) {
      this.#frame.src = addressOf(sim, begin, this.#lang);
      return;
    }
    this.#next = opening(sim, begin, ++this.#id);
    if (this.#awake) this.#send();
  }

  /** Loads the stage once more, and opens a run in it. @param {Sim} sim @param {Begin} begin */
  anew(sim, begin) {
    const { contentWindow } = this.#frame;
    if (!contentWindow) return;
    // The old page is gone first, with what it still had to say.
    this.#frame.addEventListener('load', () => {
      this.#awake = false;
      this.#next = undefined;
      this.#id = 0;
      contentWindow.location.replace(addressOf(sim, begin, this.#lang));
    }, { once: true });
    contentWindow.location.replace('about:blank');
  }

  #give() {
    this.#timer = undefined;
    this.mute = true;
    this.dispatchEvent(new Event('mute'));
  }

  /** @param {'play' | 'pause' | 'step' | 'restart'} what */
  say(what) { this.#post({ procession: what }); }

  /** @param {string} theme */
  dress(theme) { this.#post({ procession: 'theme', theme }); }

  /** The stage stands alone, with its figures, or beside the text again. @param {boolean} on */
  present(on) { this.#post({ procession: 'present', on }); }

  #send() {
    if (this.#next) this.#post(this.#next);
    this.#next = undefined;
  }

  /** @param {object} message */
  #post(message) { this.#frame.contentWindow?.postMessage(message, location.origin); }

  /** @param {any} message */
  #hear(message) {
    switch (message?.procession) {
      case 'state':
        this.#awake = true;
        this.#send();
        if (message.id !== this.#id) return; // of a run that was left
        this.state = message;
        if (message.ready) {
          clearTimeout(this.#timer);
          this.#timer = undefined;
          this.mute = false;
        }
        this.dispatchEvent(new CustomEvent('state', { detail: message }));
        break;
      case 'wish': case 'key':
        this.dispatchEvent(new CustomEvent(message.procession, { detail: message }));
        break;
    }
  }
}
