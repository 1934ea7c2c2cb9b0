// Whose session a change of mode ended. The change itself logs everybody out,
// as a deployment would: until a visitor has logged in again, a session that is
// not found tells of the change, and not of the set-up that it brought. What
// counts, marks or tells answers asks here. Pure.

import { outcome } from './outcome.js';

/** @typedef {import('./model.js').Event} Event */

/** changed: there was a change; back: so many of those who logged in since, of all that are in their list. @typedef {{changed: boolean, list: Set<string>, back: number}} Kept */

/** @param {Event} e */
export const isMode = (e) => e.kind === 'scenario.set' && (e.text?.startsWith('mode=') ?? false);

export class Renewal {
  #changed = false;
  /** Who has logged in since. It only grows, so that what was kept of it stays true. @type {Set<string>} */
  #back = new Set();

  /** For another look at this moment. @returns {Kept} */
  save() { return { changed: this.#changed, list: this.#back, back: this.#back.size }; }

  /** @param {Kept} [kept] nothing is known: then nothing is blamed on a change */
  load(kept) {
    this.#changed = kept?.changed ?? false;
    if (kept && kept.list.size === kept.back) this.#back = kept.list;
    else this.#back = new Set([...(kept?.list ?? [])].slice(0, kept?.back));
  }

  /**
   * The next event of the run.
   * @param {Event} e
   * @returns {boolean} it is an answer that tells of the change alone
   */
  note(e) {
    if (isMode(e)) {
      this.#changed = true;
      this.#back = new Set();
    }
    if (!this.#changed || e.kind !== 'request.done' || !e.visitor || this.#back.has(e.visitor)) return false;
    if (e.op === 'login' && outcome(e) === 'served') this.#back.add(e.visitor);
    return e.session === 'miss';
  }
}
