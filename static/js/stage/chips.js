// The sessions in a memory, one chip each; and the places where one was looked
// for that is not there.

import { h, setAttr, setChildren, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { contents, short } from './ring.js';

/** said: what it is, for those who listen and for who points at it; data: of the session, as it was written on the chip last. @typedef {{element: HTMLElement, sid: HTMLElement, user: HTMLElement, said: HTMLElement, data?: string}} Chip */

export class Chips {
  element = h('ul', { class: 'chips' });
  /** @type {Map<string, Chip>} */
  #chips = new Map();
  #rest = h('span', { 'aria-hidden': 'true' });
  #restSaid = h('span', { class: 'aloud' });
  #more = h('li', { class: 'more' }, this.#rest, this.#restSaid);

  /**
   * @param {Map<string, import('../run/model.js').Session>} sessions
   * @param {import('./traces.js').Traces} traces
   * @param {number} place a pid, 0 for the store
   * @param {number} most how many chips have room, those for what is missing included
   */
  show(sessions, traces, place, most) {
    // What is there comes before what is missing.
    const missing = Math.min(Math.max(1, Math.ceil(most / 3)), most - Math.min(1, sessions.size));
    const ghosts = missing > 0 ? traces.ghosts(place).filter((g) => !sessions.has(g.sid)).slice(-missing) : [];
    const room = Math.max(1, most - ghosts.length);
    const all = [...sessions.values()];
    const read = traces.justRead(place);
    const shown = all.length <= room ? all : choose(all, new Set([traces.told, ...read, ...traces.missed()]), room);
    /** @type {Map<string, Chip>} */
    const next = new Map();
    for (const session of shown) {
      const chip = this.#chips.get(session.sid) ?? make('chip');
      chip.element.classList.toggle('read', read.has(session.sid));
      if (chip.data !== session.data) {
        chip.data = session.data;
        const { user, cart } = contents(session.data);
        setText(chip.sid, short(session.sid));
        setText(chip.user, (user || t('session.empty')) + (cart ? ` +${cart}` : ''));
        setAttr(chip.element, 'data-why', `session:${session.sid}`);
        setText(chip.said, named(session.sid, user, cart));
      }
      next.set(session.sid, chip);
    }
    for (const ghost of ghosts) {
      const key = `?${ghost.sid}`;
      let chip = this.#chips.get(key);
      if (!chip) {
        chip = make('chip ghost');
        setText(chip.sid, short(ghost.sid));
        setText(chip.user, '?');
        setAttr(chip.element, 'data-why', `session:${ghost.sid}`);
        setText(chip.said, t('session.ghost', { sid: short(ghost.sid) }));
      }
      next.set(key, chip);
    }
    this.#chips = next;
    const nodes = [...next.values()].map((c) => c.element);
    if (all.length > shown.length) {
      const n = all.length - shown.length;
      setText(this.#rest, t('session.more', { n }));
      setText(this.#restSaid, t('session.rest', { n }));
      nodes.push(this.#more);
    }
    setChildren(this.element, nodes);
  }
}

/**
 * Those that are shown: the one that is spoken of, those that were just asked for, here or elsewhere, and the youngest.
 * @param {import('../run/model.js').Session[]} all @param {Set<string>} asked their ids, those that matter most first @param {number} room
 */
export function choose(all, asked, room) {
  const shown = [...asked].flatMap((sid) => all.find((s) => s.sid === sid) ?? []).slice(0, room);
  for (let i = all.length - 1; i >= 0 && shown.length < room; i--) if (!asked.has(all[i].sid)) shown.push(all[i]);
  return shown;
}

/** @param {string} classes @returns {Chip} */
function make(classes) {
  const sid = h('code', { 'aria-hidden': 'true' });
  const user = h('span', { 'aria-hidden': 'true' });
  const said = h('span', { class: 'aloud' });
  return { element: h('li', { class: classes }, sid, user, said), sid, user, said };
}

/** A session in plain words. @param {string} sid @param {string} user empty: nobody is logged in @param {number} cart */
export function named(sid, user, cart) {
  const session = t(user ? 'session.of' : 'session.nobody', { sid: short(sid), user });
  return cart ? t('session.cart', { session, n: cart }) : session;
}
