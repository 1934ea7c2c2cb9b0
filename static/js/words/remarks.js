// Remarks that are needed only after something went wrong; their words load with the rest.

import './rest.js';
import { noteLater } from './notes.js';

/** The store is at the limit of its memory. @param {import('../run/model.js').State} state */
const full = ({ scenario, store }) => (scenario.mode === 'store' && store.state === 'full' ? { key: 'note.store.full', values: {} } : undefined);

/**
 * Somebody's session died with its process, and nobody logs in again by themselves: it looks as if the page were broken.
 * @param {import('../run/model.js').State} state
 */
function died({ scenario, visitors, workers }) {
  const { mode, traffic, relogin } = scenario;
  if ((mode !== 'local' && mode !== 'threads') || traffic !== 'auto' || relogin === 'true') return undefined;
  for (const { sid, believes, made, strip } of visitors.values()) {
    // It is of a memory that is no more, and they have met that more than once.
    if (sid && believes && made > 0 && !workers.some((w) => w.mem === made) && strip.length > 1 && strip.slice(-2).every((c) => c.mark === '-')) return { key: 'note.died', values: {} };
  }
  return undefined;
}

noteLater((state) => full(state) ?? died(state));
