// Whose session a change of mode ended. The change itself logs everybody out,
// as a deployment would: until a visitor has logged in again, in a memory of the
// set-up that it brought, a session that is not found tells of the change, and
// not of that set-up. What counts, marks or tells answers asks here. Pure.

import { JAR, STORE } from './memory.js';
import { outcome } from './outcome.js';

/** @typedef {import('./model.js').Event} Event */

/** changed: there was a change; back: so many of those who came back and of memories that began since, of all that are in their list. @typedef {{changed: boolean, list: Set<string | number>, back: number}} Kept */

/**
 * What an answer tells of. '': the set-up as it is; change: the change of mode alone; before: the set-up of before, since a process that was
 * stopped still answered. @typedef {'' | 'change' | 'before'} Telling
 */

/** @param {Event} e */
export const isMode = (e) => e.kind === 'scenario.set' && (e.text?.startsWith('mode=') ?? false);

export class Renewal {
  #changed = false;
  /** Who is logged in by a memory of the set-up as it is, and those memories. It only grows, so that what was kept of it stays true. @type {Set<string | number>} */
  #back = new Set();

  /** For another look at this moment. @returns {Kept} */
  save() { return { changed: this.#changed, list: this.#back, back: this.#back.size }; }

  /** @param {Kept} [kept] nothing is known: then nothing is blamed on a change */
  load(kept) {
    this.#changed = kept?.changed ?? false;
    if (kept && kept.list.size === kept.back) this.#back = kept.list;
    else this.#back = new Set([...(kept?.list ?? [])].slice(0, kept?.back));
  }

  /** Somebody whom the change logged out has not logged in again. @param {import('./model.js').State} state of this moment */
  waits({ visitors }) {
    if (this.#changed) for (const v of visitors.values()) if (v.believes && !this.#back.has(v.name)) return true;
    return false;
  }

  /**
   * The next event of the run.
   * @param {Event} e
   * @returns {Telling}
   */
  note(e) {
    if (isMode(e)) {
      this.#changed = true;
      this.#back = new Set(e.text === 'mode=store' ? [STORE] : e.text === 'mode=cookie' ? [JAR] : []);
    }
    if (!this.#changed) return '';
    const { kind, visitor, op, session, made = 0 } = e;
    if (kind === 'worker.starting') this.#back.add(e.mem ?? 0);
    if (kind !== 'request.done' || !visitor || this.#back.has(visitor)) return '';
    const fresh = this.#back.has(made);
    const came = outcome(e);
    if (fresh && (came === 'welcome' || (came === 'served' && op === 'login'))) this.#back.add(visitor);
    // In the memory of another process the session was still alive when it was looked up.
    if (session === 'miss') return e.why === 'elsewhere' && made > 0 ? 'before' : 'change';
    return session === 'hit' && !fresh ? 'before' : '';
  }
}
