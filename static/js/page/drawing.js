// Which moment is drawn, and when: as long as time goes on and somebody looks,
// each frame, be it of the present or of the past; else once for each change.

/** @typedef {import('../run/model.js').State} State */

/**
 * What is to be drawn. shown: virtual µs; rest: no other moment follows soon; wall: ms; fresh: the state is not the one that was drawn;
 * stale: something beside it changed; place: where in the past it is.
 * @typedef {{state: State, shown: number, playing: boolean, rest: boolean, wall: number, fresh: boolean, stale: boolean, place: import('../travel/travel.js').Place | undefined}} Moment
 */

/** How often (ms) a playing page notes its place for a reload. */
const NOTE = 1000;

/** How often (ms) the moment is written into the document for those who read attributes. */
const STAMP = 200;

/** Between pictures (ms) for those who want no movement. */
const STILL_PAUSE = 120;

/** Dispatches "moment" (to be drawn now; detail: Moment), then "drawn", and "motion" when movement is wanted or not any more. */
export class Drawing extends EventTarget {
  #room;
  /** Time travel, once there is some. @type {import('../travel/travel.js').Travel | undefined} */
  travel;
  #frame = 0;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #onScreen = true;
  #noted = 0;
  #stamped = 0;
  #seq = -1;
  /** Something changed while time stands still. */
  #stale = true;

  /** @param {Element} page @param {import('../room/room.js').Room} room */
  constructor(page, room) {
    super();
    this.#room = room;
    document.addEventListener('visibilitychange', () => this.#look());
    this.#still.addEventListener('change', () => this.dispatchEvent(new Event('motion')));
    new IntersectionObserver((entries) => {
      this.#onScreen = entries[entries.length - 1].isIntersecting;
      this.#look();
    }).observe(page);
  }

  /** No movement is wanted. */
  get still() { return this.#still.matches; }

  get #away() { return document.hidden || !this.#onScreen; }

  /** Somebody looks at the page, or nobody does any more. */
  #look() {
    this.#room.away = this.#away;
    this.refresh();
  }

  /** Draws everything anew, soon. */
  refresh() {
    this.#stale = true;
    this.wake();
  }

  /** Draws soon, and goes on as long as time does. */
  wake() {
    if (this.#frame || this.#away) return;
    this.#frame = this.still ? Number(setTimeout(() => this.#tick(), STILL_PAUSE)) : requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    this.#frame = 0;
    this.#draw();
    if (!this.#room.clock.settled || this.travel?.playing) this.wake();
  }

  /** Draws everything anew, at once. */
  now() {
    this.#stale = true;
    this.#draw();
  }

  /** Draws the world as it is at the moment that is shown. */
  #draw() {
    const { clock, world, ready } = this.#room;
    if (!ready) return;
    const wall = performance.now();
    const place = this.travel?.advance(wall);
    const shown = place?.moment ?? clock.advance(wall);
    const playing = place ? Boolean(this.travel?.playing) : clock.playing;
    const rest = place ? !playing : !playing && clock.settled;
    world.seek(shown, place?.seq);
    const { state } = world;
    const stale = this.#stale;
    const fresh = stale || state.seq !== this.#seq;
    this.#seq = state.seq;
    this.dispatchEvent(new CustomEvent('moment', { detail: /** @type {Moment} */ ({ state, shown, playing, rest, wall, fresh, stale, place }) }));
    if (rest || fresh || wall - this.#stamped > STAMP) {
      this.#stamped = wall;
      // Where the page is, for those who read the document.
      Object.assign(document.documentElement.dataset, { now: Math.round(shown), seq: state.seq, playing, rest, mode: state.scenario.mode, epoch: this.#room.epoch, ended: state.ended });
    }
    if (wall - this.#noted > NOTE || (rest && !place)) {
      this.#noted = wall;
      this.#room.markPlace();
    }
    this.#stale = false;
    this.dispatchEvent(new Event('drawn'));
  }
}
