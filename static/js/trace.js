// What a run was before this page looked: its events, asked for page by page.

import { patient } from './patient.js';
import { EventReader } from './wire.js';

/** @typedef {import('./model.js').Event} Event */

/** Events in one answer. */
const PAGE = 20_000;

/**
 * Hears the events of a run up to one, in order.
 * @param {string} query the scenario, its commands included
 * @param {number} to seq of the last one wanted
 * @param {(event: Event) => void} hear
 * @param {AbortSignal} [signal]
 * @param {number} [from] seq of the first one wanted
 */
export async function replay(query, to, hear, signal, from = 1) {
  while (from <= to) {
    const last = Math.min(to, from + PAGE - 1);
    const answer = await patient(`/trace/${from}-${last}?${query}`, { signal });
    if (!answer.ok) throw new Error(`The events from ${from} to ${last} could not be had (${answer.status}).`);
    const page = await answer.json();
    const reader = new EventReader(page.schema, page.texts);
    for (const e of reader.read({ ...page, ids: [], texts: [] })) hear(e);
    if (page.seq < last) return; // the run ends there
    from = last + 1;
  }
}
