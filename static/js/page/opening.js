// The first visit builds the picture up: one visitor and one process, a login, a
// second copy of the app, and the same visitor is out. It is a run like any
// other, told in a few words; Space stops it and lets it go on, Tab goes to what
// it offers, any other key or a tap ends it. What is told is a function of the
// picture. Who wants no movement sees four still pictures of it.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { t } from '../words/text.js';

/** @typedef {import('../run/model.js').State} State */

/** The run that is shown. */
const RUN = 'visitors=Ada&workers=1&do=5.5s+set+workers=2';

/** The still pictures, by their moments in it (virtual µs), and how long each stays (wall ms). */
const STILLS = [1_000_000, 4_100_000, 7_000_000, 11_300_000];
const STAYS = 5000;

/** So long the cure is offered before the page goes on by itself, wall ms; not while somebody reads, or has the pointer there. */
const OFFERED = 60_000;

/** Keys that only end it, and mean nothing else then. */
const ONLY = new Set(['Escape', 'Enter']);

/** Keys that ask for nothing by themselves. */
const SILENT = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock']);

/**
 * What is told of a picture.
 * @param {State} state
 * @returns {'login' | 'known' | 'second' | 'other' | 'out'}
 */
export function scene(state) {
  const ada = state.visitors.values().next().value;
  if (state.totals.logouts > 0) return 'out';
  if (state.workers.length > 1) return state.workers.every((w) => w.state === 'up') ? 'other' : 'second';
  return ada?.believes ? 'known' : 'login';
}

/** Dispatches "end" when it is over, and at the page "choices" when there is something to choose. */
export class Opening extends EventTarget {
  #page;
  #room;
  #scene = '';
  #skip = h('button', { type: 'button', 'data-opening-skip': true, click: () => this.end() }, t('opening.skip'));
  #cure = h('button', { type: 'button', class: 'primary', hidden: true, 'data-opening-cure': true, click: () => this.end('set mode=store') }, t('opening.cure'));
  element = h('div', { class: 'opening' }, this.#cure, this.#skip);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #ended = new AbortController();
  /** Which still picture is shown, where no movement is wanted, and whether it stays. */
  #n = 0;
  #rests = false;
  #still;

  /** @param {HTMLElement} page @param {import('../room/room.js').Room} room @param {boolean} still no movement is wanted */
  constructor(page, room, still) {
    super();
    this.#page = page;
    this.#room = room;
    this.#still = still;
    room.link.turn(RUN, true);
    const { signal } = this.#ended;
    document.documentElement.dataset.opening = 'login';
    page.querySelector('.say')?.append(this.element);
    addEventListener('keydown', (event) => this.#key(event), { capture: true, signal });
    addEventListener('pointerdown', (event) => this.#tap(event), { capture: true, signal });
    addEventListener('pointerover', (event) => this.#own(event.target), { signal });
    if (still) this.#turn(0);
  }

  /** The next still picture. @param {number} n */
  #turn(n) {
    if (n >= STILLS.length) return;
    this.#n = n;
    this.#room.reopen(RUN, STILLS[n], false, 1, true);
    this.#timer = setTimeout(() => this.#turn(n + 1), STAYS);
  }

  /**
   * The words for a picture.
   * @param {State} state
   */
  words(state) {
    const now = scene(state);
    if (now !== this.#scene) {
      this.#scene = now;
      document.documentElement.dataset.opening = now;
      if (now === 'out') this.#offer();
    }
    return t(`opening.${now}`);
  }

  /** Whoever was logged out is out, and the run waits for somebody to ask why, or to cure it. */
  #offer() {
    this.#room.order({ time: 'pause' });
    this.#cure.hidden = false;
    this.#skip.textContent = t('opening.around');
    this.#page.dispatchEvent(new Event('choices'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), OFFERED);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || SILENT.has(event.key) || this.#own(event.target)) return;
    if (event.key === 'Tab') {
      this.#come(event);
      return;
    }
    if (event.key === ' ' && this.#cure.hidden) {
      this.#rest(event);
      return;
    }
    if (event.key === ' ' || ONLY.has(event.key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    this.end();
  }

  /** Who looks for the controls comes to what is offered here first. @param {KeyboardEvent} event */
  #come(event) {
    if (event.shiftKey || document.activeElement !== document.body) return;
    event.preventDefault();
    (this.#cure.hidden ? this.#skip : this.#cure).focus({ preventScroll: true });
  }

  /** Stops, or goes on: somebody speaks. @param {KeyboardEvent} event */
  #rest(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat) return;
    if (this.#still) {
      this.#rests = !this.#rests;
      clearTimeout(this.#timer);
      if (!this.#rests) this.#turn(this.#n + 1);
    } else {
      this.#room.order({ time: this.#room.wanted.playing ? 'pause' : 'play' });
    }
  }

  /** @param {PointerEvent} event */
  #tap(event) {
    if (this.#own(event.target)) return;
    // What is tapped in the picture is of a run that is over.
    if (/** @type {Element} */ (event.target).closest('procession-stage')) addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
    this.end();
  }

  /** The story, and what it offers, may be asked without ending it. @param {EventTarget | null} target */
  #own(target) {
    const asks = target instanceof Element && target.closest('.opening, .ask, .sheet');
    if (asks) clearTimeout(this.#timer); // somebody reads
    return Boolean(asks);
  }

  /** The page begins as it does. @param {string} [command] the first thing in it */
  end(command) {
    clearTimeout(this.#timer);
    this.#ended.abort();
    this.element.remove();
    delete document.documentElement.dataset.opening;
    this.dispatchEvent(new Event('end'));
    this.#room.reopen('', 0, true, 1);
    if (command) this.#page.dispatchEvent(new CustomEvent('order', { detail: { do: command } }));
  }
}
