// The sessions in a memory, one chip each; and the places where one was looked
// for that is not there.

import { h, setAttr, setChildren, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { contents, short } from './ring.js';

/** said: what it is, for those who listen and for who points at it; data: of the session, as it was written on the chip last. @typedef {{element: HTMLElement, sid: HTMLElement, user: HTMLElement, said: HTMLElement, data?: string}} Chip */

/**
 * Which of a memory have room: of its sessions, of the ids that are missing there, and how many more there are. asked: ids, those that matter most first.
 * @typedef {(all: import('../run/model.js').Session[], missing: string[], asked: string[]) => {shown: import('../run/model.js').Session[], ghosts: string[], more: number}} Fold
 */

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
   * @param {Fold} fold
   */
  show(sessions, traces, place, fold) {
    const read = traces.justRead(place);
    const { shown, ghosts, more } = fold([...sessions.values()], traces.ghosts(place).map((g) => g.sid).filter((sid) => !sessions.has(sid)),
      [traces.told, ...read, ...traces.missed()]);
    /** @type {Map<string, Chip>} */
    const next = new Map();
    for (const session of shown) {
      const chip = this.#chips.get(session.sid) ?? make('chip');
      chip.element.classList.toggle('read', read.has(session.sid));
      if (chip.data !== session.data) {
        chip.data = session.data;
        const { user, cart } = contents(session.data);
        setText(chip.sid, short(session.sid));
        setText(chip.user, words(session));
        setAttr(chip.element, 'data-why', `session:${session.sid}`);
        setText(chip.said, named(session.sid, user, cart));
      }
      next.set(session.sid, chip);
    }
    for (const sid of ghosts) {
      const key = `?${sid}`;
      let chip = this.#chips.get(key);
      if (!chip) {
        chip = make('chip ghost');
        setText(chip.sid, short(sid));
        setText(chip.user, '?');
        setAttr(chip.element, 'data-why', `session:${sid}`);
        setText(chip.said, t('session.ghost', { sid: short(sid) }));
      }
      next.set(key, chip);
    }
    this.#chips = next;
    const nodes = [...next.values()].map((c) => c.element);
    if (more) {
      setText(this.#rest, t('session.more', { n: more }));
      setText(this.#restSaid, t('session.rest', { n: more }));
      nodes.push(this.#more);
    }
    setChildren(this.element, nodes);
  }
}

/** What a chip says beside the id. @param {import('../run/model.js').Session} session */
export function words({ data }) {
  const { user, cart } = contents(data);
  return (user || t('session.empty')) + (cart ? ` +${cart}` : '');
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
