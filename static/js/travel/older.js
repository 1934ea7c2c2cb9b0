// The part of a run that this browser never received: it was given a picture of
// the middle. The server plays the run once more and says what happened.

import { MOST_EVENTS, Past } from '../history/history.js';
import { copyOf } from '../history/copy.js';
import { create } from '../run/model.js';
import { patient } from '../wire/requests.js';
import { parse } from '../address/url.js';
import { EventReader } from '../wire/wire.js';

/** @typedef {import('../run/model.js').State} State */
/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../history/history.js').Watch} Watch */

/** So many events are asked for at once … */
const PORTION = 20_000;

/** … and so many are looked at before the page may draw again. */
const SLICE = 1500;

/** It cannot be had; the server may have said why. */
export class Unavailable extends Error {
  name = 'Unavailable';
}

/**
 * The past from the beginning of the run up to a picture of its middle.
 * @param {{
 *   query: string,
 *   base: State,
 *   last: number,
 *   watch: Watch,
 *   progress: (done: number) => void,
 *   busy?: (seconds: number) => void,
 *   signal: AbortSignal,
 * }} ask the run, its picture, the last event (Seq) that is known, who remembers things on the way (not one that somebody looks at); busy: the server is, and is asked again after so long; 0: it is asked again now
 * @returns {Promise<Past>}
 */
export async function older({ query, base, last, watch, progress, busy, signal }) {
  if (last > MOST_EVENTS) throw new Unavailable(); // what is fetched at one end would go at once
  const link = parse(query);
  /** @type {Past | undefined} */
  let past;
  for (let from = 1; from <= base.seq; from += PORTION) {
    const events = await portion(query, from, Math.min(base.seq, from + PORTION - 1), signal, busy);
    past ??= new Past(await beginning(base, events, link, signal));
    for (let i = 0; i < events.length; i += SLICE) {
      past.append(events.slice(i, i + SLICE));
      past.seek(past.last, watch);
      progress(past.last / base.seq);
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
  }
  if (past?.last !== base.seq) throw new Unavailable();
  return past;
}

/**
 * The picture before the first event. The present one tells the settings, but
 * for those that were changed on the way.
 * @param {State} base @param {Event[]} events the first ones @param {Map<string, string>} link @param {AbortSignal} signal
 */
async function beginning(base, events, link, signal) {
  const scenario = { ...base.scenario };
  // A change that comes later is found here all the same: what is not in the link was the default.
  const changed = Object.keys(scenario).filter((key) => base.commands.some((c) => c.text.startsWith(`set ${key}=`)) || events.some((e) => e.kind === 'scenario.set' && e.text?.startsWith(`${key}=`)));
  if (changed.some((key) => !link.has(key))) {
    const about = await json('/about.json', signal);
    for (const { name, default: value } of about.keys) if (changed.includes(name)) scenario[name] = value;
  }
  for (const key of changed) scenario[key] = link.get(key) ?? scenario[key];
  return copyOf(create(scenario));
}

/** @param {string} query @param {number} from Seq @param {number} to Seq @param {AbortSignal} signal @param {(seconds: number) => void} [busy] @returns {Promise<Event[]>} */
async function portion(query, from, to, signal, busy) {
  const { schema, texts, events, seq } = await json(`/trace/${from}-${to}?${query}`, signal, busy);
  return new EventReader(schema, texts).read({ type: 'frame', epoch: 0, now: 0, seq, ids: [], texts: [], events });
}

/** @param {string} address @param {AbortSignal} signal @param {(seconds: number) => void} [busy] */
async function json(address, signal, busy) {
  const answer = await patient(address, { signal }, busy);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Unavailable(body.text);
  return body;
}
