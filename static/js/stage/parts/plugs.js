// Websockets: a plug at the visitor in the hue of the process that holds the
// other end, and at the process how many it holds; what was heard, and what not.

import { h, s, setAttr, setInk, setText } from '../../dom/dom.js';
import { t } from '../../words/text.js';

/** @typedef {import('../../run/model.js').State} State */

export class Plugs {
  #stage;
  /** @type {WeakMap<Element, {plug: HTMLElement, word: HTMLElement}>} */
  #faces = new WeakMap();
  /** @type {WeakMap<Element, {plug: HTMLElement, word: HTMLElement}>} */
  #rooms = new WeakMap();
  #dirty = true;

  /** @param {HTMLElement} stage */
  constructor(stage) { this.#stage = stage; }

  renew() { this.#dirty = true; }

  recolour() {}

  /** @param {import('../../run/model.js').Event} e */
  note(e) {
    if (/^(socket|chat|visitor|worker|scenario)\./.test(e.kind)) this.#dirty = true;
  }

  /** @param {State} state */
  draw(state) {
    if (!this.#dirty) return;
    this.#dirty = false;
    const any = [...state.visitors.values()].some((v) => v.socket || v.heard || v.missed);
    if (any !== this.#stage.hasAttribute('data-sockets')) {
      setAttr(this.#stage, 'data-sockets', any ? '' : undefined);
      this.#stage.dispatchEvent(new CustomEvent('moved')); // faces are higher with a plug
    }
    if (!any) return;
    /** @type {Map<number, number>} */
    const held = new Map();
    for (const v of state.visitors.values()) if (v.socket) held.set(v.socket, (held.get(v.socket) ?? 0) + 1);
    for (const face of this.#stage.querySelectorAll('[data-visitor]')) {
      const v = state.visitors.get(face.getAttribute('data-visitor') ?? '');
      if (!v) continue;
      const { plug, word } = this.#at(this.#faces, face, '.who');
      setInk(plug, v.socket ? `p${v.socket}` : 'none');
      setAttr(face, 'data-socket', String(v.socket));
      setText(word, t('socket.heard', { heard: v.heard, missed: v.missed }));
      setAttr(plug, 'data-is', v.socket ? t('socket.of', { pid: v.socket }) : t('socket.none'));
    }
    for (const room of this.#stage.querySelectorAll('[data-worker]')) {
      const pid = Number(room.getAttribute('data-worker'));
      const { plug, word } = this.#at(this.#rooms, room, '.head');
      const n = held.get(pid) ?? 0;
      setInk(plug, `p${pid}`);
      setAttr(room, 'data-holds', String(n));
      plug.hidden = n === 0;
      setText(word, t('socket.held', { n }));
    }
  }

  /** @param {WeakMap<Element, {plug: HTMLElement, word: HTMLElement}>} map @param {Element} thing @param {string} within */
  #at(map, thing, within) {
    let made = map.get(thing);
    if (!made) {
      const word = h('span');
      made = { plug: h('span', { class: 'plug' }, shape(), word), word };
      thing.querySelector(within)?.append(made.plug);
      map.set(thing, made);
    }
    return made;
  }
}

function shape() {
  return s('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: 'M5.6 2v3M10.4 2v3M3.8 5h8.4v2.4a4.2 4.2 0 0 1-8.4 0zM8 11.6V14' }));
}
