// Whose session a change of mode ended. The change itself logs everybody out,
// as a deployment would: until a visitor has logged in again, a session that is
// not found tells of the change, and not of the set-up that it brought. What
// counts, marks or tells answers asks here. Pure.

import { outcome } from './outcome.js';

/** @typedef {import('./model.js').Event} Event */

/**
 * at: the moment of the last change, virtual µs, -1: there was none; back: so many of those who logged in since, of all that are in their list;
 * out: so many others have met an answer that tells of the change.
 * @typedef {{at: number, list: Set<string>, back: number, out: string[]}} Kept
 */

/** @param {Event} e */
export const isMode = (e) => e.kind === 'scenario.set' && (e.text?.startsWith('mode=') ?? false);

export class Renewal {
  #at = -1;
  /** Who has logged in since. It only grows, so that what was kept of it stays true. @type {Set<string>} */
  #back = new Set();
  /** Who was thrown out by it, and is not back. @type {Set<string>} */
  #out = new Set();

  /** For another look at this moment. @returns {Kept} */
  save() { return { at: this.#at, list: this.#back, back: this.#back.size, out: [...this.#out] }; }

  /** More are out by the change than have logged in again: what it brought cannot be told yet. */
  get early() { return this.#out.size > this.#back.size; }

  /** @param {Kept} [kept] nothing is known: then nothing is blamed on a change */
  load(kept) {
    this.#at = kept?.at ?? -1;
    this.#out = new Set(kept?.out);
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
      this.#at = e.ts;
      this.#back = new Set();
      this.#out = new Set();
    }
    if (this.#at < 0 || e.kind !== 'request.done' || !e.visitor || this.#back.has(e.visitor)) return false;
    // A login that was on its way at the change made its session where it was then.
    if (e.op === 'login' && outcome(e) === 'served' && e.ts - (e.dur ?? 0) >= this.#at) {
      this.#back.add(e.visitor);
      this.#out.delete(e.visitor);
    }
    if (e.session !== 'miss') return false;
    if (!this.#back.has(e.visitor)) this.#out.add(e.visitor);
    return true;
  }
}
