// The run of this page as its address has it: the scenario, the commands that
// were given, and those that are yet to come.

import { linkOf, runIn } from './address.js';
import { allCommands, format, parse, parseCommands, unversioned, versioned } from './url.js';

/** @typedef {import('./url.js').Command} Command */

export class Link {
  #version;
  #query = runIn(location.search, location.hash);
  /** The scenario without its commands. */
  #values = parse(this.#query);
  /** The commands of the address it was opened with. @type {Command[]} */
  #linked = parseCommands(this.#values.get('do') ?? '');
  /** @type {Command[]} */
  #applied = [];
  /** The run that is shown is not that of the address, and is not to be remembered. */
  unsaid = false;

  /** @param {string | undefined} version of the simulator that runs here */
  constructor(version) {
    this.#version = version;
    this.#values.delete('do');
  }

  /** The run, its commands included. */
  get query() { return this.#query; }

  /** The run as others get it. */
  get shared() { return versioned(this.#query, this.#version); }

  /** The version with which the address was made, where that is another one. */
  get made() {
    const made = parse(this.#query).get('v');
    return made && made !== this.#version ? made : undefined;
  }

  /** Commands that are yet to come after a moment (virtual µs). @param {number} now */
  later(now) { return this.#linked.filter((c) => c.at > now); }

  /** Another run, from the address on. @param {string} query @param {boolean} [unsaid] it is shown for a while, and the address says nothing of it */
  turn(query, unsaid = false) {
    this.#query = query;
    this.unsaid = unsaid;
    if (!unsaid) this.#write();
  }

  /** A picture says what the scenario is and which commands were given. @param {import('../wire/wire.js').Snapshot} message */
  read(message) {
    this.#values = parse(message.scenario);
    this.#linked = parseCommands(this.#values.get('do') ?? '');
    this.#values.delete('do');
    this.#values.delete('v');
    this.#applied = message.state.commands.map((/** @type {Command} */ c) => ({ at: c.at, text: c.text }));
  }

  /** A command was applied, in this world or in one beside it. @param {Command} command @returns {boolean} whether that is new */
  learn({ at, text }) {
    if (this.#applied.some((c) => c.at === at && c.text === text)) return false;
    this.#applied.push({ at, text });
    this.#applied.sort((a, b) => a.at - b.at);
    return true;
  }

  /**
   * Writes the commands into the address.
   * @param {number} now virtual µs, of the server
   * @returns {string | undefined} the run that the address had, if it is another one now
   */
  update(now) {
    const query = format(this.#values, allCommands(this.#applied, this.#linked, now));
    if (this.unsaid || query === unversioned(this.#query)) return undefined;
    const before = this.#query;
    this.#query = versioned(query, this.#version);
    this.#write();
    return before;
  }

  #write() {
    history.replaceState(null, '', linkOf(this.#query, location.search, location.pathname, location.hash));
  }
}
