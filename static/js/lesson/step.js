// One step of a lesson: its text, its run, and what there is to do.

import { h } from '../dom/dom.js';
import { Predict } from './predict.js';
import { read } from './sim.js';
import { t } from '../words/text.js';

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
  /** What helps to reach the goal, once it has loaded. @type {import('./challenge.js').Challenge | undefined} */
  challenge;
  /** @type {HTMLElement | undefined} */
  #goal;
  /** @type {Promise<void> | undefined} */
  #equipped;
  /** The goal was reached on an earlier visit. */
  #met = false;
  #mute = false;
  /** Its run was seen to its end. */
  #over = false;
  /** Stands before what tells how the run went, until it went there. @type {HTMLElement | null} */
  #untold;
  #host;

  /**
   * @param {HTMLElement} element @param {Sim | undefined} before what is on the stage before it
   * @param {Host} host
   */
  constructor(element, before, host) {
    this.element = element;
    this.#host = host;
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
      this.#goal = goal;
      // Answers come after the hints, and these after the first tries.
      goal.dataset.met = 'false';
      for (const help of /** @type {NodeListOf<HTMLElement>} */ (goal.querySelectorAll('.solutions, [data-hint]'))) help.hidden = true;
    }
  }

  /** Loads what is needed to reach a goal; without it, the answers can be read. */
  equip() {
    const goal = this.#goal;
    if (!goal) return Promise.resolve();
    const { slug, lang, finished, watch, run } = this.#host;
    this.#equipped ??= import('./challenge.js').then(({ Challenge }) => {
      this.challenge = new Challenge(goal, {
        slug, lang, step: this.number, sim: /** @type {Sim} */ (this.sim),
        won: () => finished(this),
        play: (query, at) => watch(this, query, at),
        anew: () => run(this),
      });
      if (this.#met) this.challenge.recall();
      if (this.#mute) this.challenge.mute = true;
    }, () => {
      const solutions = /** @type {HTMLElement | null} */ (goal.querySelector('.solutions'));
      if (solutions) solutions.hidden = false;
    });
    return this.#equipped;
  }

  /** The goal was reached before. */
  recall() {
    this.#met = true;
    this.challenge?.recall();
  }

  get title() { return this.heading.textContent?.trim() ?? ''; }

  /** There is nothing to do but to read and look. */
  get quiet() { return !this.predict && !this.#goal; }

  /** Counts for how far one is. */
  get counts() { return this.kind !== 'sandbox'; }

  /** The run as the step opens it. @returns {Sim | undefined} */
  get run() {
    return this.sim && this.#goal ? { ...this.sim, until: Math.max(Number(this.#goal.dataset.until) || 0, this.sim.until) } : this.sim;
  }

  /** How the stage begins; where its run cannot be read, there is none to begin. @returns {import('./sim.js').Begin} */
  get begin() {
    const { from = 0, until = 0, play } = /** @type {Partial<Sim>} */ (this.sim ?? {});
    if (!this.own || (this.predict?.answered && !this.predict.running)) return { at: until, play: false, wait: false };
    if (this.predict) return { at: from, play: this.predict.running, wait: !this.predict.answered };
    return { at: from, play: play === 'auto', wait: false };
  }

  /** There is no run to be seen: what it would have shown is told. @param {boolean} value */
  set mute(value) {
    this.#mute = value;
    if (this.predict) this.predict.mute = value;
    if (this.challenge) this.challenge.mute = value;
    if (value && (!this.predict || this.predict.answered)) this.reveal();
  }

  /** What was to be seen has happened, or is known from an earlier visit. */
  reveal() {
    this.predict?.reveal();
    if (this.#untold) this.#untold.hidden = true;
  }

  /** The run stands somewhere else. @param {State} state */
  see(state) {
    if (state.ready && (state.stopped || state.ended)) this.#ended();
    this.challenge?.see(state);
  }

  /** Its run came to its end: where there was only to look, it is done. */
  #ended() {
    this.reveal();
    if (this.#over || !this.own || !this.quiet) return;
    this.#over = true;
    this.#host.finished(this);
  }
}
