// The commands of a run, in the order in which they were given: those of its
// address first. The server counts them and does not say them again, so a page
// keeps them. Pure.

import { formatCommands, parseCommands } from '../address/url.js';

/** @typedef {import('../address/url.js').Command} Command */

export class Given {
  /** @type {Command[]} */
  #all = [];

  /** Begins with the commands of an address. @param {string} list as in the key do */
  begin(list) { this.#all = parseCommands(list); }

  /** All of them, by their moments, as in the key do. */
  get list() { return formatCommands([...this.#all].sort((a, b) => a.at - b.at)); }

  /** The server says which are missing. @param {import('../wire/wire.js').Given} message */
  hear(message) { this.#all = [...this.#all.slice(0, message.from), ...parseCommands(message.do)]; }

  /** One was applied. @param {Command} command */
  learn({ at, text }) {
    if (!this.#all.some((c) => c.at === at && c.text === text)) this.#all.push({ at, text });
  }

  /**
   * A picture counts commands; here it gets them: those that are done into its
   * state, and all of them into its scenario.
   * @param {import('../wire/wire.js').Snapshot} message
   */
  fill(message) {
    this.#all.length = Math.min(this.#all.length, message.position);
    message.state.commands = message.done.flatMap((n) => this.#all[n - 1] ?? []).map((c) => ({ ...c }));
    const { list } = this;
    if (list) message.scenario = [message.scenario, `do=${encodeURIComponent(list)}`].filter(Boolean).join('&');
  }
}
