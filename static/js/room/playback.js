// Which virtual moment is shown. Pure: the caller says what the wall clock has.
//
// While the run plays, the shown moment follows the server's a little behind, so
// that what happens next has arrived before it is due. It moves smoothly and
// never backwards, except by seek. When the run stands still, it glides to the
// server's moment and rests there; a clock that ran ahead of the server goes back.
//
// Virtual times are µs; wall times are ms.

/** How far behind the server the shown moment is, wall ms. It covers a frame (50 ms) and a slow network. */
export const DELAY = 120;

/** The longest glide to a moment at which the run stands still, wall ms. */
export const GLIDE = 700;

/** Further behind than this (wall ms) the shown moment jumps instead of hurrying. */
const JUMP = 1500;

/** How fast small errors of the clock are evened out, wall ms. */
const SMOOTH = 400;

export class Playback {
  #shown = 0;
  #wall = 0; // of the last advance
  #now = 0; // the server's moment …
  #at = 0; // … when the wall clock had this
  #heard = 0; // the moment of the server's last message
  #playing = false;
  #speed = 1;
  #held = false;
  #glide = 0; // virtual µs a wall ms while gliding
  #until = Infinity;
  #rested = false; // it stood at a limit that is gone, and time begins to count now

  /** The shown moment, virtual µs. */
  get shown() { return this.#shown; }

  /** How far the run is, as the server said last, virtual µs. */
  get reached() { return this.#now; }

  get playing() { return this.#playing; }

  /** Where the shown moment stops by itself, virtual µs. */
  get until() { return this.#until; }

  set until(until) {
    this.#rested = this.#shown === this.#until;
    this.#until = until;
  }

  get speed() { return this.#speed; }

  /** Nothing will move before the server says something new. */
  get settled() { return this.#held || this.#shown === this.#until || (!this.#playing && this.#shown >= this.#now); }

  /**
   * Goes to a moment at once.
   * @param {{now: number, playing: boolean, speed: number}} pace @param {number} wall
   */
  seek(pace, wall) {
    this.#shown = pace.now;
    this.#now = pace.now;
    this.#heard = pace.now;
    this.#at = wall;
    this.#wall = wall;
    this.#playing = pace.playing;
    this.#speed = pace.speed;
    this.#held = false;
    this.#glide = 0;
  }

  /**
   * The server said where it is.
   * @param {{now: number, playing: boolean, speed: number}} pace @param {number} wall
   */
  pace(pace, wall) {
    this.#heard = pace.now;
    const changed = pace.playing !== this.#playing || pace.speed !== this.#speed || this.#held;
    if (this.#playing && pace.playing && !changed) {
      // A message that was late on its way must not pull the clock back.
      const expected = this.#estimate(wall);
      const late = expected - pace.now;
      const small = JUMP * 200 * pace.speed;
      this.#now = late > 0 && late < small ? expected - late / 10 : pace.now;
    } else {
      if (this.settled) this.#wall = wall;
      this.#now = pace.now;
    }
    this.#at = wall;
    this.#playing = pace.playing;
    this.#speed = pace.speed;
    this.#held = false;
    if (!pace.playing) {
      // The clock went on while a busy server did not: nothing beyond its moment has happened.
      this.#shown = Math.min(this.#shown, this.#now);
      this.#glide = Math.max(1000 * pace.speed, (this.#now - this.#shown) / GLIDE);
    }
  }

  /** Stands still: the server cannot be heard. */
  hold() { this.#held = true; }

  /**
   * Moves to the wall clock's present and gives the shown moment.
   * @param {number} wall
   */
  advance(wall) {
    const before = this.#shown;
    this.#move(wall);
    // The limit is reached when the server says so, not when it should be there: a busy one is slower.
    const limit = this.#heard < this.#until ? this.#until - 1 : this.#until;
    if (before <= this.#until) this.#shown = Math.max(before, Math.min(this.#shown, limit));
    return this.#shown;
  }

  /** @param {number} wall */
  #move(wall) {
    const passed = this.#rested ? 0 : Math.max(0, wall - this.#wall);
    this.#rested = false;
    this.#wall = wall;
    if (this.#held) return;
    if (!this.#playing) {
      this.#shown = Math.max(this.#shown, Math.min(this.#now, this.#shown + this.#glide * passed));
      return;
    }
    const rate = 1000 * this.#speed;
    const target = this.#estimate(wall) - DELAY * rate;
    const next = this.#shown + passed * rate;
    const error = target - next;
    if (error > JUMP * rate) {
      this.#shown = target;
    } else {
      this.#shown = Math.max(this.#shown, next + error * Math.min(1, passed / SMOOTH));
    }
  }

  /** Where the server is by now. @param {number} wall */
  #estimate(wall) {
    return this.#now + (this.#playing ? (wall - this.#at) * 1000 * this.#speed : 0);
  }
}
