// Why is it so? The story of a thing, from the trace, in words and in order. Pure.
//
//   const lines = story(events, 'request:17');
//
// A line has its moment, what to light on the stage, and either a key of the
// catalogue (under "why.") with its values, or an event that tells itself.

import { outcome, well } from '../run/outcome.js';
import { coreStory, lockStory, sessionStory, storeStory, threadStory, visitorStory, workerStory } from './lists.js';
import { requestStory } from './request.js';
import { parseSubject } from './subject.js';

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../run/model.js').State} State */

/** A value in a sentence; a list is joined with commas. @typedef {string | number | {key: string, values: Record<string, string | number>}[]} Value */

/**
 * seq, ts: its moment; 0: it has none, it is about the present or about all of it.
 * key: of the catalogue without "why.", empty where the event tells itself.
 * light: subjects; more: a subject whose story goes deeper; tone: what it means for the visitor.
 * @typedef {{seq: number, ts: number, key: string, values: Record<string, Value>, event?: Event, light: string[], more?: string, tone: '' | 'good' | 'bad'}} Line
 */

/**
 * before: how many older lines there are that are not told.
 * @typedef {{lines: Line[], before: number}} Story
 */

/**
 * @param {Event[]} events in order
 * @param {string} subject request:17, visitor:Ada, worker:1, thread:1:2, session:7f3a…, lock:1:checking, core:2, store
 * @param {State} [base] the picture before the first event, when that is not the first of the run
 * @returns {Story}
 */
export function story(events, subject, base) {
  const s = parseSubject(subject);
  switch (s?.what) {
    case 'request': return requestStory(events, s.req, base);
    case 'visitor': return visitorStory(events, s.name, base);
    case 'worker': return workerStory(events, s.pid, base);
    case 'thread': return threadStory(events, s.pid, s.tid, base);
    case 'session': return sessionStory(events, s.sid, base);
    case 'lock': return lockStory(events, s.pid, s.name, base);
    case 'core': return coreStory(events, s.core, base);
    case 'store': return storeStory(events, base);
  }
  return { lines: [], before: 0 };
}

/**
 * Whether a story has something that another one of the same thing does not have yet.
 * @param {Story} now @param {Line[]} lines @param {number} before
 */
export function isLonger(now, lines, before) {
  const said = (/** @type {Line} */ l) => [l.seq, l.key, ...Object.values(l.values).map((v) => JSON.stringify(v))].join('\n');
  return now.before !== before || now.lines.length !== lines.length || now.lines.some((l, i) => said(l) !== said(lines[i]));
}

/**
 * The request that somebody who asks "why?" most likely means: the last one
 * that ended badly, else the last one.
 * @param {Event[]} events
 */
export function mostAsked(events) {
  let last = '';
  for (let i = events.length - 1; i >= 0; i--) {
    const e = events[i];
    if (e.kind !== 'request.done') continue;
    if (!well(outcome(e))) return `request:${e.req}`;
    last ||= `request:${e.req}`;
  }
  return last;
}
