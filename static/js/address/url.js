// The address holds the scenario and the commands given so far; the tab
// remembers the moment. Together they are the run. Pure, but for the functions
// that take a storage.

/** @typedef {{at: number, text: string}} Command */

/** @typedef {{at: number, room: string, epoch: number, seq: number, playing: boolean, speed: number}} Place */

/** The longest query that stands in an address, in characters. Servers take twice as much, with everything else that a request says. */
export const LONGEST = 8 << 10;

/**
 * The keys of a query and their values, in their order.
 * @param {string} query with or without the question mark
 * @returns {Map<string, string>}
 */
export function parse(query) {
  const values = new Map();
  for (const part of query.replace(/^\?/, '').split('&')) {
    if (!part) continue;
    const at = part.indexOf('=');
    const key = at < 0 ? part : part.slice(0, at);
    values.set(unescape(key), at < 0 ? '' : unescape(part.slice(at + 1)));
  }
  return values;
}

/**
 * The commands of the key do: "12s set mode=store; 15s crash 1".
 * @param {string} text
 * @returns {Command[]}
 */
export function parseCommands(text) {
  const commands = [];
  for (const part of text.split(';')) {
    const found = /^\s*(\S+)\s+(.*?)\s*$/.exec(part);
    if (found) commands.push({ at: parseDuration(found[1]), text: found[2] });
  }
  return commands;
}

/** @param {Command[]} commands */
export function formatCommands(commands) {
  return commands.map((c) => `${formatDuration(c.at)} ${c.text}`).join('; ');
}

/** A moment in seconds, exact to the µs: "12.5s". @param {number} us */
export function formatDuration(us) {
  return `${decimal(us, 1e6)}s`;
}

/**
 * The query that holds a run: the scenario's keys, then its commands.
 * @param {Map<string, string>} values @param {Command[]} commands
 */
export function format(values, commands) {
  const parts = [];
  for (const [key, value] of values) {
    if (key !== 'do') parts.push(`${escape(key)}=${escape(value)}`);
  }
  if (commands.length) parts.push(`do=${escape(formatCommands(commands))}`);
  return parts.join('&');
}

/** The query of a run without the version that made its link. @param {string} query */
export const unversioned = (query) => query.split('&').filter((part) => part && !part.startsWith('v=')).join('&');

/**
 * The query of a run as the page writes it into links, which outlive it: with the version of the simulator that makes the run.
 * @param {string} query @param {string | undefined} version
 */
export function versioned(query, version) {
  const parts = unversioned(query).split('&').filter(Boolean);
  const at = parts.findIndex((part) => part.startsWith('do='));
  parts.splice(at < 0 ? parts.length : at, 0, `v=${version}`);
  return parts.join('&');
}

/**
 * All commands of a run: those that were applied, and those of its link that are yet to come.
 * @param {Command[]} applied @param {Command[]} linked @param {number} now virtual µs
 */
export function allCommands(applied, linked, now) {
  return [...applied, ...linked.filter((c) => c.at > now)];
}

/** A storage of the browser, where there is one. @param {'local' | 'session'} which @returns {Storage | undefined} */
export function storage(which) {
  try {
    return which === 'local' ? localStorage : sessionStorage;
  } catch {
    return undefined; // a strict sandbox
  }
}

/** Where a tab keeps the place of the run of a query. @param {string} query */
const keyOf = (query) => `procession?${query}`;

/**
 * Remembers the place, so that a reload goes on there. Does nothing where there is no storage.
 * @param {Storage | undefined} storage @param {string} query @param {Place} place
 */
export function remember(storage, query, place) {
  try {
    storage?.setItem(keyOf(query), JSON.stringify(place));
  } catch {
    // Full or forbidden: the reload then begins at the start.
  }
}

/**
 * @param {Storage | undefined} storage @param {string} query
 * @returns {Place | undefined}
 */
export function recall(storage, query) {
  try {
    const place = JSON.parse(storage?.getItem(keyOf(query)) ?? 'null');
    return place && Number.isFinite(place.at) && place.at >= 0 ? place : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets the place of a query that the address no longer has. @param {Storage | undefined} storage @param {string} query */
export function forget(storage, query) {
  try {
    storage?.removeItem(keyOf(query));
  } catch {
    // Nothing to forget.
  }
}

const UNITS = /** @type {Record<string, number>} */ ({ h: 3600e6, m: 60e6, s: 1e6, ms: 1e3, us: 1, µs: 1 });

/**
 * A duration such as 1m30s or 800ms as µs.
 * @param {string} text
 */
export function parseDuration(text) {
  let us = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)(h|ms|us|µs|m|s)/g)) us += Number(number) * UNITS[unit];
  return Math.round(us);
}

/**
 * n/unit exactly, without zeros at the end.
 * @param {number} n @param {number} unit a power of ten
 */
function decimal(n, unit) {
  const rest = n % unit;
  if (!rest) return String(n / unit);
  return `${Math.floor(n / unit)}.${String(unit + rest).slice(1).replace(/0+$/, '')}`;
}

/** @param {string} text */
function unescape(text) {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced; // a percent sign that is no escape stands for itself
  }
}

/** Escapes what has a meaning in a query and leaves the rest readable. @param {string} text */
function escape(text) {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/%2C|%3A|%3D|%2F/g, decodeURIComponent)
    .replace(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
