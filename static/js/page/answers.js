// What event answers a command. Pure.

/** @typedef {import('../run/model.js').Event} Event */

/** Kinds of events that answer a command to processes, visitors or the store. @type {Record<string, string[]>} */
const KINDS = {
  set: ['scenario.set'], store: ['store.up', 'store.slowed', 'store.filled', 'store.down'],
  crash: ['worker.crashed'], restart: ['worker.listening'], reload: ['worker.listening'],
  join: ['visitor.joined'], leave: ['visitor.left'], plant: ['cookie.planted'],
};

/** Whether the answer to a command takes time. @param {string} command */
export const waits = (command) => !(command.split(' ')[0] in KINDS);

/**
 * Whether an event is what somebody waits for who gave a command.
 * @param {string} command @returns {(e: Event) => boolean}
 */
export function answers(command) {
  const [, verb, about] = /** @type {RegExpExecArray} */ (/^(\S*)\s*(.*)$/.exec(command));
  const kinds = about.endsWith(' handler') ? ['handler.threw'] : KINDS[verb];
  return (e) => {
    if (e.kind === 'command.refused') return true;
    if (!kinds) return e.kind === 'request.done' && e.visitor === about && (!e.op || e.op === verb);
    if (!kinds.includes(e.kind)) return false;
    if (verb === 'crash' || e.kind.startsWith('worker.')) return !about || e.pid === parseInt(about, 10);
    return !e.kind.startsWith('visitor.') || e.visitor === about;
  };
}
