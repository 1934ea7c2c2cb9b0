// A goal to reach with the controls of the stage. The server judges the run as it
// stands; this shows what is met, and helps whoever is stuck.

import { h, setAttr, setText } from '../dom/dom.js';
import { patient } from '../wire/requests.js';
import { t } from '../words/text.js';
import { addressOf, Judge } from './judge.js';
import { withSolution } from './solution.js';
import { Tries } from './tries.js';

/** @typedef {import('./frame.js').State} State */
/** @typedef {import('./sim.js').Sim} Sim */

/** While time goes on, the run is judged so often, ms. */
const PAUSE = 1000;

/**
 * @typedef {{
 *   slug: string, lang: string, step: number, sim: Sim,
 *   won: () => void,
 *   play: (query: string, at: number) => void,
 *   anew: () => void,
 * }} Host won: the goal is reached; play: a run is to be watched; anew: the learner's own run again
 */

export class Challenge {
  #host;
  #element;
  /** @type {HTMLElement[]} */
  #conditions;
  /** @type {HTMLElement[]} */
  #hints;
  #hint;
  #won;
  #solutions;
  #offer = h('p', { class: 'offer', role: 'status' });
  #said = h('p', { class: 'aloud', role: 'status' });
  #anew = h('button', { type: 'button', class: 'link', 'data-anew': true, hidden: true, click: () => this.#begin() }, t('lesson.anew'));
  #tries;
  #met = false;
  #mute = false;
  /** @type {Judge<State>} */
  #judge;
  #askedAt = -Infinity; // wall ms
  #asked = '';
  /** How far it is, where that was said. */
  #far = '';

  /** @param {HTMLElement} element @param {Host} host */
  constructor(element, host) {
    this.#element = element;
    this.#host = host;
    this.#tries = new Tries(host.sim.query);
    this.#conditions = [...element.querySelectorAll('[data-condition]')].map((e) => /** @type {HTMLElement} */ (e));
    this.#hints = [...element.querySelectorAll('.hints > li')].map((e) => /** @type {HTMLElement} */ (e));
    this.#hint = /** @type {HTMLButtonElement | null} */ (element.querySelector('[data-hint]'));
    this.#won = /** @type {HTMLElement} */ (element.querySelector('.won'));
    this.#solutions = /** @type {HTMLDetailsElement | null} */ (element.querySelector('.solutions'));
    this.#judge = new Judge((address) => ask(address, (seconds) => setText(this.#offer, seconds ? t('lesson.busy', { n: seconds }) : '')), (verdict, state) => this.#hear(verdict, state));
    this.#hint?.addEventListener('click', () => this.hint());
    this.#hint?.before(this.#offer);
    this.#solutions?.append(this.#anew);
    element.append(this.#said);
    for (const li of this.#solutions?.querySelectorAll('li') ?? []) li.append(h('button', { type: 'button', class: 'link', 'data-play': true, click: () => this.#play(li) }, t('lesson.watch')));
    for (const output of element.querySelectorAll('output')) setAttr(output, 'aria-live', 'off'); // it changes with nearly every event
    for (const li of this.#conditions) li.prepend(h('i', { class: 'tick', 'aria-hidden': 'true' }));
    this.#show();
  }

  /** There is no run to try it with. @param {boolean} value */
  set mute(value) {
    this.#mute = value;
    this.#show();
  }

  /** It was met before; it can be played again all the same. */
  recall() {
    this.#met = true;
    this.#show();
  }

  /** The run stands somewhere else. @param {State} state */
  see(state) {
    if (this.#met || !state.ready || document.hidden) return;
    const key = `${state.query}\n${state.playing ? '' : Math.round(state.now)}`;
    const wall = performance.now();
    if (key === this.#asked && (!state.playing || wall - this.#askedAt < PAUSE)) return;
    this.#asked = key;
    this.#askedAt = wall;
    void this.#judge.look(addressOf(this.#host.slug, this.#host.lang, this.#host.step, state.now, state.query), state);
  }

  /** The step is left, or begun anew. */
  leave() {
    this.#judge.forget();
    this.#asked = '';
  }

  /** One hint more. */
  hint() {
    const next = this.#hints.find((li) => li.hidden);
    if (next) {
      next.hidden = false;
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
      setText(this.#offer, '');
    }
    this.#show();
  }

  /** @param {import('./judge.js').Verdict} verdict @param {State} state */
  #hear({ met, conditions }, state) {
    for (const [i, li] of this.#conditions.entries()) {
      const verdict = conditions[i];
      if (!verdict) continue;
      setAttr(li, 'data-met', String(verdict.met));
      setText(/** @type {HTMLElement} */ (li.querySelector('output')), t(verdict.met ? 'lesson.met' : 'lesson.unmet', { value: verdict.value }));
    }
    const far = conditions.map(({ met: there, value }) => stage(there, value)).join('');
    const words = this.#conditions.map((li) => li.textContent?.trim().replace(/\s+/g, ' ')).join('. ');
    if (!met) setText(this.#said, status(this.#said.textContent ?? '', words, far > this.#far));
    this.#far = far;
    if (met && !this.#met) {
      this.#met = true;
      setText(this.#said, this.#won.textContent?.trim() ?? '');
      this.#host.won();
    } else if (!met && !this.#met) {
      const before = this.#tries.enough;
      this.#tries.note(state);
      if (this.#tries.enough && !before && this.#hints.length) setText(this.#offer, t('lesson.offer'));
    }
    this.#show();
  }

  #show() {
    const left = this.#hints.some((li) => li.hidden);
    this.#element.dataset.met = String(this.#met);
    this.#element.dataset.tries = String(this.#tries.count);
    this.#won.hidden = !this.#met;
    if (this.#met) {
      setText(this.#offer, '');
      for (const li of this.#conditions) setAttr(li, 'data-met', 'true');
    }
    const begun = this.#hints.some((li) => !li.hidden);
    if (this.#hint) {
      this.#hint.hidden = this.#met || !left || !(this.#tries.enough || begun || this.#mute);
      setText(this.#hint, t(begun ? 'lesson.hint.more' : 'lesson.hint'));
    }
    // Answers come after the hints, or when they are not needed any more.
    if (this.#solutions) this.#solutions.hidden = !this.#met && !this.#mute && (left || (!this.#tries.enough && !begun));
  }

  #begin() {
    this.#anew.hidden = true;
    this.#solutions?.querySelector('summary')?.focus();
    this.#host.anew();
  }

  /** Watches a solution. @param {HTMLElement} li */
  #play(li) {
    const { set = '', do: commands = '' } = li.dataset;
    this.#anew.hidden = false;
    this.#host.play(withSolution(this.#host.sim.query, set, commands), this.#host.sim.from);
  }
}

/**
 * How far a condition is, as what is said of it: nothing yet, something, half of it, all.
 * @param {boolean} met @param {string} value such as 3 / 12, and what it counts
 */
export function stage(met, value) {
  const [, n, of] = /(\d+) \/ (\d+)/.exec(value) ?? [];
  return met ? 3 : !of || n === '0' ? 0 : 2 * Number(n) < Number(of) ? 1 : 2;
}

/**
 * What the status says: how far it is, when it is further than before. It is there to be read as well, so what is so no more goes.
 * @param {string} said the status until now @param {string} words how far it is @param {boolean} further
 */
export const status = (said, words, further) => (further || said === words ? words : '');

/** @param {string} address @param {(seconds: number) => void} busy @returns {Promise<import('./judge.js').Verdict>} */
async function ask(address, busy) {
  const answer = await patient(address, { headers: { Accept: 'application/json' } }, busy);
  if (!answer.ok) throw new Error(`The run could not be judged (${answer.status}).`);
  return answer.json();
}
