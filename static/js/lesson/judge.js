// Asks the server whether a run meets the conditions of a challenge. One question
// at a time; of those that come meanwhile only the last is asked. Pure, but for
// what it is given to ask with.

/** @typedef {{met: boolean, conditions: {met: boolean, value: string}[]}} Verdict */

/** @template T what is said of a run beside its address */
export class Judge {
  #ask;
  #tell;
  #busy = false;
  /** @type {{address: string, about: T} | undefined} */
  #next;
  #round = 0;

  /** @param {(address: string) => Promise<Verdict>} ask @param {(verdict: Verdict, about: T) => void} tell */
  constructor(ask, tell) {
    this.#ask = ask;
    this.#tell = tell;
  }

  /** What was asked does not matter any more. */
  forget() {
    this.#round++;
    this.#next = undefined;
  }

  /** @param {string} address @param {T} about */
  async look(address, about) {
    if (this.#busy) {
      this.#next = { address, about };
      return;
    }
    this.#busy = true;
    const round = this.#round;
    /** @type {Verdict | undefined} */
    let verdict;
    try {
      verdict = await this.#ask(address);
    } catch {
      // The next one may get through.
    }
    this.#busy = false;
    if (verdict && round === this.#round) this.#tell(verdict, about);
    const next = this.#next;
    this.#next = undefined;
    if (next) void this.look(next.address, next.about);
  }
}

/**
 * The address that judges a step's run at a moment.
 * @param {string} slug @param {string} lang @param {number} step @param {number} at virtual µs @param {string} query
 */
export const addressOf = (slug, lang, step, at, query) => `/lessons/${slug}/judge?${[`step=${step}`, `at=${Math.round(at)}`, `lang=${lang}`, query].filter(Boolean).join('&')}`;
