// One step of a lesson: its text, its run, and what there is to do.

import { Challenge } from './challenge.js';
import { h } from '../dom.js';
import { Predict } from './predict.js';
import { read } from './sim.js';
import { t } from '../text.js';

/** @typedef {import('./sim.js').Sim} Sim */
/** @typedef {import('./frame.js').State} State */

/**
 * @typedef {{
 *   slug: string, lang: string, speed: number,
 *   answered: (step: Step, choice: number | undefined) => void,
 *   finished: (step: Step) => void,
 *   run: (step: Step) => void,
 *   end: (step: Step) => void,
 *   watch: (step: Step, query: string, at: number) => void,
 * }} Host speed: of all runs, 0: as the lesson has it; run: the run goes on; end: it is shown how it ends
 */

export class Step {
  /** @type {Predict | undefined} */
  predict;
  /** @type {Challenge | undefined} */
  challenge;
  /** Stands before what tells how the run went, until it went there. @type {HTMLElement | null} */
  #untold;

  /**
   * @param {HTMLElement} element @param {Sim | undefined} before what is on the stage before it
   * @param {Host} host
   */
  constructor(element, before, host) {
    this.element = element;
    this.id = element.id;
    this.number = Number(element.dataset.step);
    this.kind = element.dataset.kind ?? '';
    this.heading = /** @type {HTMLElement} */ (element.querySelector('h2'));
    this.heading.tabIndex = -1;
    element.querySelector('.step-nav')?.setAttribute('aria-label', t('lesson.from', { n: this.number }));
    // What is wider than the page scrolls, by keys as well.
    for (const wide of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll('pre, table'))) wide.tabIndex = 0;
    const own = read(element.dataset.sim);
    /** A run of its own; without one the stage stays as it is. */
    this.own = own !== undefined;
    this.sim = own ? { ...own, speed: host.speed || own.speed } : before;
    const form = /** @type {HTMLFormElement | null} */ (element.querySelector('[data-predict]'));
    const goal = /** @type {HTMLElement | null} */ (element.querySelector('[data-challenge]'));
    this.#untold = element.querySelector('.untold');
    if (this.#untold) {
      this.#untold.append(t('lesson.untold'), ' ', h('button', { type: 'button', class: 'link', 'data-now': true, click: () => host.end(this) }, t('lesson.now')));
      this.#untold.hidden = false;
    }
    if (form) {
      this.predict = new Predict(form, {
        answered: (choice) => host.answered(this, choice),
        run: () => host.run(this),
        end: () => host.end(this),
      });
    }
    if (goal && this.sim) {
      this.challenge = new Challenge(goal, {
        slug: host.slug, lang: host.lang, step: this.number, sim: this.sim,
        won: () => host.finished(this),
        play: (query, at) => host.watch(this, query, at),
        anew: () => host.run(this),
      });
    }
  }

  get title() { return this.heading.textContent?.trim() ?? ''; }

  /** There is nothing to do but to read and look. */
  get quiet() { return !this.predict && !this.challenge; }

  /** Counts for how far one is. */
  get counts() { return this.kind !== 'sandbox'; }

  /** The run as the step opens it. @returns {Sim | undefined} */
  get run() {
    return this.sim && this.challenge ? { ...this.sim, until: this.challenge.until } : this.sim;
  }

  /** How the stage begins. @returns {import('./sim.js').Begin} */
  get begin() {
    const { from, until, play } = /** @type {Sim} */ (this.sim);
    if (!this.own || (this.predict?.answered && !this.predict.running)) return { at: until, play: false, wait: false };
    if (this.predict) return { at: from, play: this.predict.running, wait: !this.predict.answered };
    return { at: from, play: play === 'auto', wait: false };
  }

  /** What was to be seen has happened, or is known from an earlier visit. */
  reveal() {
    this.predict?.reveal();
    if (this.#untold) this.#untold.hidden = true;
  }

  /** The run stands somewhere else. @param {State} state */
  see(state) {
    if (state.ready && (state.stopped || state.ended)) this.reveal();
    this.challenge?.see(state);
  }
}
