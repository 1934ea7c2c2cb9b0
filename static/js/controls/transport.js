// Time: play, pause, slower, faster, step, reset, and the clock.

import { h, setAttr, setText } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';

export class TransportElement extends HTMLElement {
  #play = h('button', { type: 'button', class: 'tool primary' });
  #step = tool('step', 'step');
  #reset = tool('reset', 'reset');
  #slower = tool('slower', 'minus');
  #faster = tool('faster', 'plus');
  #speed = h('output', { class: 'speed', 'aria-live': 'off' });
  #clock = h('time', { class: 'clock' });
  #icons = { play: icon('play'), pause: icon('pause') };
  #playing = true;
  /** @type {number[]} */
  #speeds = [1];

  connectedCallback() {
    if (this.childElementCount) return;
    setAttr(this.#speed, 'aria-label', t('speed'));
    setAttr(this.#clock, 'title', t('clock'));
    this.#play.addEventListener('click', () => this.#order(this.#playing ? 'pause' : 'play'));
    this.#step.addEventListener('click', () => this.#order('step'));
    this.#reset.addEventListener('click', () => this.#order('reset'));
    this.#slower.addEventListener('click', () => this.#order('slower'));
    this.#faster.addEventListener('click', () => this.#order('faster'));
    // In the order in which they are seen: so Tab goes through them.
    this.append(
      h('span', { class: 'pace', role: 'group', 'aria-label': t('speed') }, this.#slower, this.#speed, this.#faster),
      h('span', { class: 'go' }, this.#play, this.#reset, this.#step),
      this.#clock,
    );
    this.show({ playing: true, speed: 1, speeds: [1], ended: false, disabled: true });
  }

  /** @param {{playing: boolean, speed: number, speeds: number[], ended: boolean, disabled: boolean}} now */
  show({ playing, speed, speeds, ended, disabled }) {
    this.#playing = playing;
    this.#speeds = speeds;
    const word = t(playing ? 'pause' : 'play');
    const shown = playing ? this.#icons.pause : this.#icons.play;
    if (this.#play.firstChild !== shown) this.#play.replaceChildren(shown);
    setAttr(this.#play, 'aria-label', word);
    setAttr(this.#play, 'title', t('hint', { word, key: t('key.space') }));
    setText(this.#speed, `${speed}×`);
    this.#play.disabled = disabled || ended;
    this.#step.disabled = disabled || ended;
    this.#reset.disabled = disabled;
    this.#slower.disabled = disabled || speed <= this.#speeds[0];
    this.#faster.disabled = disabled || speed >= this.#speeds[this.#speeds.length - 1];
  }

  /** @param {number} moment virtual µs @param {boolean} exact to the millisecond */
  draw(moment, exact) {
    setText(this.#clock, clock(moment, exact));
  }

  /** @param {string} what */
  #order(what) {
    this.dispatchEvent(new CustomEvent('order', { bubbles: true, detail: { time: what } }));
  }
}

/**
 * A moment as mm:ss with tenths, or thousandths when time stands still.
 * @param {number} us @param {boolean} exact
 */
export function clock(us, exact) {
  const ms = Math.floor(us / 1000);
  const minutes = Math.floor(ms / 60_000);
  const rest = String(ms % 60_000).padStart(5, '0');
  return `${String(minutes).padStart(2, '0')}:${rest.slice(0, 2)}.${rest.slice(2, exact ? 5 : 3)}`;
}

/** @param {string} key @param {string} name */
function tool(key, name) {
  const button = h('button', { type: 'button', class: 'tool' }, icon(name));
  queueMicrotask(() => {
    setAttr(button, 'aria-label', t(key));
    setAttr(button, 'title', t('hint', { word: t(key), key: t(`key.${key}`) }));
  });
  return button;
}
