// The part of the address after the #: what is looked at, as opposed to what
// runs. Several keys share it: #t=12.5s&with=…. Pure.

import { MAX_TIME } from '../run/limits.js';
import { formatDuration, parseDuration } from './url.js';

/** The key of the moment. */
const MOMENT = 't';

/** The key that says whether time goes on there. */
const PLAY = 'play';

/** @param {string} hash */
const parts = (hash) => hash.replace(/^#/, '').split('&').filter(Boolean);

/**
 * The value of a key; undefined when it is not there.
 * @param {string} hash with or without # @param {string} key
 */
export function get(hash, key) {
  const part = parts(hash).find((p) => p.startsWith(`${key}=`));
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part.slice(key.length + 1));
  } catch {
    return undefined; // a percent sign that is no escape: not one of ours
  }
}

/**
 * The hash with another value of a key, or without it; the other keys stay as they are.
 * @param {string} hash @param {string} key @param {string | undefined} value
 */
export function set(hash, key, value) {
  const rest = parts(hash).filter((p) => !p.startsWith(`${key}=`));
  if (value !== undefined) rest.unshift(`${key}=${encodeURIComponent(value)}`);
  return rest.length ? `#${rest.join('&')}` : '';
}

/** The moment of a hash, virtual µs; undefined when it has none. @param {string} hash */
export function momentOf(hash) {
  const text = get(hash, MOMENT);
  if (!text || !/^([\d.]+(h|m|s|ms|us|µs))+$/.test(text)) return undefined;
  const at = parseDuration(text);
  return Number.isFinite(at) ? Math.min(at, MAX_TIME) : undefined;
}

/** Whether the run goes on from the moment of a hash, which is else where it stands. @param {string} hash */
export const goesOn = (hash) => get(hash, PLAY) === 'true';

/** The hash of a moment from which the run goes on. @param {string} hash */
export const goingOn = (hash) => set(hash, PLAY, 'true');

/** The hash with another moment, at which the run stands, or without one. @param {string} hash @param {number | undefined} at virtual µs */
export function withMoment(hash, at) {
  return set(set(hash, PLAY, undefined), MOMENT, at === undefined ? undefined : formatDuration(Math.round(at)));
}
