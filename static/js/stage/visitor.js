// One visitor: a disc ringed in the hue of the memory that issued the cookie,
// the name, what the cookie is, and the last answers.

import { h, setAttr, setInk, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { JAR } from '../run/memory.js';
import { carried } from './brief.js';
import { ringOf, short } from './ring.js';
import { isPale, letters, Strip } from './strip.js';

export class VisitorView {
  #strip = new Strip();
  #letter = h('b');
  #sign = h('span', { class: 'sign', 'aria-hidden': 'true' });
  #disc = h('span', { class: 'disc', 'aria-hidden': 'true' }, this.#letter, this.#sign);
  #name = h('span', { class: 'name' });
  #cookie = h('span', { class: 'cookie' });
  /** What the picture shows without words. */
  #more = h('span', { class: 'aloud' });
  element;

  /** @param {string} name */
  constructor(name) {
    this.element = h('button', { class: 'visitor', type: 'button', 'aria-haspopup': 'menu', 'data-visitor': name },
      this.#disc,
      h('span', { class: 'who' }, this.#name, ' ', this.#cookie, this.#more),
      this.#strip.element);
    setText(this.#name, name);
  }

  get disc() { return this.#disc; }

  /**
   * @param {import('../run/model.js').Visitor} v @param {import('../run/model.js').State} state
   * @param {string} letter @param {number} most cells in the strip @param {number[]} spared requests whose answers tell of a change of mode alone
   */
  show(v, state, letter, most, spared) {
    const ring = ringOf(state, v.made, v.sid);
    setInk(this.element, ring.ink);
    this.element.classList.toggle('gone', ring.gone);
    this.element.classList.toggle('fresh', !v.sid);
    setText(this.#letter, letter);
    this.#letter.classList.toggle('long', letter.length > 1);
    setText(this.#sign, ring.sign);
    const jar = v.sid !== '' && v.made === JAR;
    this.#cookie.classList.toggle('carried', jar);
    const cookie = jar ? t('cookie.carried', { session: carried(v) }) : v.sid ? t(ring.gone ? 'cookie.gone' : 'cookie.held', { sid: short(v.sid) }) : t('cookie.none');
    setText(this.#cookie, cookie);
    this.#strip.show(v.strip, most, spared);
    setAttr(this.element, 'data-strip', letters(v.strip));
    const last = v.strip.at(-1);
    setAttr(this.element, 'data-believes', String(v.believes));
    const from = ring.sign ? t(ring.ink === 'store' ? 'place.store' : 'place.process', { pid: ring.sign }) : '';
    setText(this.#more, ['',
      v.sid && from ? t(ring.gone ? 'visitor.cookieGone' : 'visitor.cookie', { place: from }) : '',
      v.socket ? t('socket.of', { pid: v.socket }) : '',
      last ? t('visitor.last', { mark: t(`mark.${isPale(last, spared) ? 'spared' : last.mark}`) }) : '',
    ].filter((words, i) => words || !i).join(', '));
  }
}
