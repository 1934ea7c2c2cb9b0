// Remarks that are needed only after something was changed or went wrong; their words load with the rest.

import './rest.js';
import { noteLater } from './notes.js';

/** @typedef {import('../run/model.js').State} State */

/** @param {string} key @param {Record<string, string | number>} [values] */
const note = (key, values = {}) => ({ key, values });

/** The store is not as it should be. @param {State} state */
function ill({ scenario, store }) {
  if (scenario.mode !== 'store' || store.state === 'up') return undefined;
  return note(store.state === 'down' && scenario['store-client'] === 'no-error-handler' ? 'note.store.noErrorHandler' : `note.store.${store.state}`);
}

/** What threads can do to each other, while they can. @param {State} state */
function onThreads({ scenario, workers, totals }) {
  if (scenario.mode !== 'threads' || (workers[0]?.threads ?? 0) < 2) return undefined;
  const stuck = workers.some((w) => w.locks.some((l) => l.waiting.length > 0 && w.locks.some((o) => o !== l && o.waiting.includes(l.holder))));
  if (totals.deadlocks > 0 && stuck) return note('note.deadlock');
  if (scenario.lock === 'none') return note('note.lockNone');
  if (scenario['lock-order'] === 'opposite') return note('note.opposite');
  if (scenario.cores === '1') return note('note.oneCore');
  return undefined;
}

/** What is counted or said in one process, and not in the others. @param {State} state */
function apart({ scenario, workers, store, totals }) {
  if (totals.missed > 0 && scenario.chat === 'local' && workers.length > 1) return note('note.chat');
  if (scenario.mode === 'store' && store.count > 0 && scenario.counter === 'plain') return note('note.counterStore');
  if (scenario.mode === 'local' && workers.filter((w) => w.count > 0).length > 1) return note('note.counterOwn', { counts: workers.map((w) => w.count).join(' + ') });
  return undefined;
}

/**
 * Somebody's session died with its process, and nobody logs in again by themselves: it looks as if the page were broken.
 * Whom a change of mode logged out does log in again.
 * @param {State} state @param {boolean} waits for them
 */
function died({ scenario, visitors, workers }, waits) {
  const { mode, traffic, relogin } = scenario;
  if (waits || (mode !== 'local' && mode !== 'threads') || traffic !== 'auto' || relogin === 'true') return undefined;
  for (const { sid, believes, made, strip } of visitors.values()) {
    // It is of a memory that is no more, and they have met that more than once.
    if (sid && believes && made > 0 && !workers.some((w) => w.mem === made) && strip.length > 1 && strip.slice(-2).every((c) => c.mark === '-')) return note('note.died');
  }
  return undefined;
}

noteLater((state, waits) => ill(state) ?? onThreads(state) ?? apart(state) ?? died(state, waits));
