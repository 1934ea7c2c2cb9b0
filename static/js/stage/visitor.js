// One visitor: a disc ringed in the hue of the memory that issued the cookie,
// the name, what the cookie is, and the last answers.

import { h, setAttr, setInk, setText } from '../dom.js';
import { t } from '../text.js';
import { ringOf, short } from './ring.js';
import { letters, Strip } from './strip.js';

export class VisitorView {
  #strip = new Strip();
  #letter = h('b');
  #sign = h('span', { class: 'sign', 'aria-hidden': 'true' });
  #disc = h('span', { class: 'disc' }, this.#letter, this.#sign);
  #name = h('span', { class: 'name' });
  #cookie = h('span', { class: 'cookie' });
  element;

  /** @param {string} name */
  constructor(name) {
    this.element = h('button', { class: 'visitor', type: 'button', 'aria-haspopup': 'menu', 'data-visitor': name, title: t('visitor.hint', { name }) },
      this.#disc,
      h('span', { class: 'who' }, this.#name, this.#cookie),
      this.#strip.element);
    setText(this.#name, name);
  }

  get disc() { return this.#disc; }

  /**
   * @param {import('../model.js').Visitor} v @param {import('../model.js').State} state
   * @param {string} letter @param {number} most cells in the strip
   */
  show(v, state, letter, most) {
    const ring = ringOf(state, v.made, v.sid);
    setInk(this.element, ring.ink);
    this.element.classList.toggle('gone', ring.gone);
    this.element.classList.toggle('fresh', !v.sid);
    setText(this.#letter, letter);
    this.#letter.classList.toggle('long', letter.length > 1);
    setText(this.#sign, ring.sign);
    setText(this.#cookie, v.sid ? t(ring.gone ? 'cookie.gone' : 'cookie.held', { sid: short(v.sid) }) : t('cookie.none'));
    this.#strip.show(v.strip, most);
    setAttr(this.element, 'data-strip', letters(v.strip));
    const last = v.strip.at(-1);
    setAttr(this.element, 'data-believes', String(v.believes));
    const from = ring.sign ? t(ring.ink === 'store' ? 'place.store' : 'place.process', { pid: ring.sign }) : '';
    setAttr(this.element, 'aria-label', [
      v.name,
      v.sid ? t(ring.gone ? 'visitor.cookieGone' : 'visitor.cookie', { place: from }) : t('cookie.none'),
      last ? t('visitor.last', { mark: t(`mark.${last.mark}`) }) : '',
    ].filter(Boolean).join(', '));
  }
}
