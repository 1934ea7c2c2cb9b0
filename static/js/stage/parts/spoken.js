// What the stage says to those who do not see it: headings of what stands on it,
// how a process is, and a visitor's last answers.

import { h, setAttr, setHidden, setText } from '../../dom/dom.js';
import { t } from '../../words/text.js';
import { restOf } from '../process.js';
import { markWord } from '../strip.js';

/** @typedef {import('../../run/model.js').State} State */

/** While time goes on, so often it is looked at again, and so often what has the focus, and is read aloud, wall ms. */
const PAUSE = 500;
const CALM = 5000;

/** So many answers are said. */
const ANSWERS = 5;

/** What has a heading, and its word. */
const HEADINGS = { '.visitors': 'visitors', '.balancer': 'balancer', '.processes': 'processes', '.store': 'store' };

export class Spoken {
  #stage;
  /** @type {{element: HTMLElement, of: HTMLElement}[]} */
  #headings = [];
  /** @type {WeakMap<Element, HTMLElement>} */
  #words = new WeakMap();
  #at = -Infinity; // wall ms
  #calmAt = -Infinity;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.#stage = stage;
    for (const [which, word] of Object.entries(HEADINGS)) {
      const of = /** @type {HTMLElement | null} */ (stage.querySelector(`.floor > ${which}`));
      if (!of) continue;
      const element = h('span', { class: 'aloud', role: 'heading', 'aria-level': 2 }, t(word));
      of.before(element);
      this.#headings.push({ element, of });
    }
    stage.addEventListener('focusin', (event) => requestAnimationFrame(() => uncover(/** @type {Element} */ (event.target))));
  }

  renew() { this.#at = -Infinity; }

  recolour() {}

  note() {}

  /** @param {State} state @param {number} _moment @param {boolean} rest */
  draw(state, _moment, rest) {
    const wall = performance.now();
    if (!rest && wall - this.#at < PAUSE) return;
    this.#at = wall;
    const calm = rest || wall - this.#calmAt > CALM;
    if (calm) this.#calmAt = wall;
    const level = this.#stage.closest('.world') ? '3' : '2';
    for (const { element, of } of this.#headings) {
      setAttr(element, 'aria-level', level);
      setHidden(element, Boolean(of.hidden));
    }
    for (const button of this.#stage.querySelectorAll('.floor > .visitors > .visitor, .floor > .processes .head')) {
      if (!calm && button === document.activeElement) continue;
      const words = this.#words.get(button) ?? h('span', { class: 'aloud' });
      this.#words.set(button, words);
      if (!words.isConnected) (button.querySelector('.who') ?? button).append(words);
      const name = button.getAttribute('data-visitor');
      setText(words, `, ${name ? answersOf(state, name) : processOf(state, Number(button.closest('[data-worker]')?.getAttribute('data-worker')))}`);
    }
  }
}

/** An answer, and which process gave it. @param {import('../../run/model.js').Cell} cell */
export const said = ({ mark, pid }) => markWord('voice.answer', mark) + (pid ? ` (${t('process.n', { pid })})` : '');

/** @param {State} state @param {string} name */
function answersOf(state, name) {
  const last = state.visitors.get(name)?.strip.slice(-ANSWERS).reverse() ?? [];
  return last.length ? t('voice.answers', { n: last.length, answers: last.map(said).join(', ') }) : t('voice.answers.none');
}

/** @param {State} state @param {number} pid */
function processOf(state, pid) {
  const worker = state.workers.find((w) => w.pid === pid);
  if (!worker) return '';
  if (worker.state !== 'up') return t(`voice.${worker.state}`);
  const cores = state.cores.filter((c) => c.pid === pid).map((c) => t('core.n', { core: c.core }));
  const does = cores.length ? cores.join(', ') : t(restOf(worker, state));
  const { mode } = state.scenario;
  return mode === 'store' || mode === 'cookie' ? does : `${does}, ${t('voice.sessions', { n: worker.sessions.size })}`;
}

/** What has the focus does not lie under what stays at the bottom of the window. @param {Element} element */
function uncover(element) {
  const footer = document.querySelector('procession-footer');
  if (!footer || element !== document.activeElement) return;
  const over = element.getBoundingClientRect().bottom + 8 - footer.getBoundingClientRect().top;
  if (over > 0 && getComputedStyle(footer).position !== 'static') scrollBy(0, over);
}
