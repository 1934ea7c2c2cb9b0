// How time should go: what the room said last, and what was asked of it since.
// A key that is pressed three times means three steps, however long the answer
// takes. Pure.

/** @typedef {{playing: boolean, speed: number}} Pace */

export class Wanted {
  /** @type {Pace} */
  #pace = { playing: true, speed: 1 };
  /** What was asked for and has not been answered. @type {Partial<Pace>} */
  #asked = {};

  get playing() { return this.#asked.playing ?? this.#pace.playing; }

  get speed() { return this.#asked.speed ?? this.#pace.speed; }

  /** Both of them. @returns {Pace} */
  get pace() { return { playing: this.playing, speed: this.speed }; }

  /** Somebody asked for another pace. @param {Partial<Pace>} pace */
  ask(pace) { Object.assign(this.#asked, pace); }

  /** The room said how time goes; an answer to an earlier question changes nothing. @param {Pace} pace */
  hear({ playing, speed }) {
    this.#pace = { playing, speed };
    if (this.#asked.playing === playing) delete this.#asked.playing;
    if (this.#asked.speed === speed) delete this.#asked.speed;
  }

  /** There will be no answer. */
  forget() { this.#asked = {}; }
}
