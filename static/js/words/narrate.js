// A sentence for an event, from the catalogue. The rule is that of the server's
// package narrate, whose doc.go has it in full.

import { JAR, lifeOf, pidOf, STORE } from '../run/memory.js';
import { isOwn, outcome } from '../run/outcome.js';
import { behind } from './text.js';

/** @typedef {import('../run/model.js').Event} Event */

/** Words in the colour of a thing; ink is empty for plain text. @typedef {{text: string, ink: string}} Part */

/** How many characters of a session id a sentence shows. */
const SID_SHOWN = 4;

/** Kinds whose events say which memory made the session. */
const HAVE_MADE = new Set(['request.sent', 'session.read', 'request.answered', 'request.done', 'cookie.replaced', 'cookie.planted']);

/** The settings that decide what a store loses when it dies, and whether a session is saved before its answer leaves. */
const SETTINGS = ['mode', 'store-kind', 'store-persistence', 'save-first'];

/** Fields that stand for themselves. */
const NUMBERS = ['status', 'pid', 'tid', 'core', 'conn', 'req', 'threads', 'count'];

export class Narrator {
  #catalogue;
  #lang;
  /** By pid. @type {Map<number, {mem: number, threads: number}>} */
  #workers = new Map();
  /** The scenario's SETTINGS. @type {Record<string, string | undefined>} */
  #settings = {};

  /** @param {Record<string, string>} catalogue the part "narrate" @param {string} [lang] of it */
  constructor(catalogue, lang = 'en') {
    this.#catalogue = catalogue;
    this.#lang = lang;
  }

  /** Begins with a picture instead of with the first event. @param {import('../run/model.js').State} state */
  begin(state) {
    this.#settings = Object.fromEntries(SETTINGS.map((key) => [key, state.scenario[key]]));
    this.#workers = new Map(state.workers.map((w) => [w.pid, { mem: w.mem, threads: w.threads }]));
  }

  /** What a sentence must know of the past; wants every event of a run, in order. @param {Event} e */
  note(e) {
    if (e.kind === 'worker.starting') this.#workers.set(e.pid ?? 0, { mem: e.mem ?? 0, threads: e.threads ?? 0 });
    const settings = e.kind === 'run.started' ? (e.text ?? '').split('&') : e.kind === 'scenario.set' ? [e.text ?? ''] : [];
    for (const text of settings) {
      const [key, value] = text.split('=');
      if (SETTINGS.includes(key)) this.#settings[key] = value;
    }
  }

  /**
   * The sentence of an event in its colours.
   * @param {Event} e @param {boolean} [changed] it is an answer that tells of a change of mode alone, and of no chance
   * @returns {Part[]}
   */
  parts(e, changed = false) {
    const key = this.#key(e, changed);
    let template = this.#catalogue[key] ?? '';
    if (e.kind === 'request.answered' && e.text && e.status === 200 && !key.endsWith(`own.${e.op}`)) template += this.#catalogue[`${e.kind}+number`] ?? '';
    if (e.kind === 'request.answered' && e.cookie) template += this.#catalogue[`${e.kind}+${e.cookie}`] ?? '';
    return split(this.#phrases(template, e))
      .map((p) => ({ text: this.#values(p.text, e), ink: this.#values(p.ink, e) }))
      .filter((p) => p.text !== '');
  }

  /** The sentence as plain text. @param {Event} e */
  line(e) {
    return this.parts(e).map((p) => p.text).join('');
  }

  /** @param {Event} e @param {boolean} changed */
  #key(e, changed) {
    let key = [e.kind, ...wordsOf(e, this.#settings, changed)].join('.');
    while (key !== e.kind && !(key in this.#catalogue)) key = key.slice(0, key.lastIndexOf('.'));
    return key;
  }

  /**
   * Replaces the names that stand for a phrase of the catalogue.
   * @param {string} template @param {Event} e
   */
  #phrases(template, e) {
    return replace(template, (name) => {
      switch (name) {
        case 'who': return this.#catalogue[this.#who(e)];
        case 'Who': return this.#catalogue[`${this.#who(e)}.cap`];
        case 'memory': return this.#catalogue[this.#memory(e)];
        case 'place': return this.#place(e.mem ?? 0);
        case 'made': return this.#place(e.made ?? 0);
        case 'home': return this.#place(e.home ?? 0);
        case 'sid': return `[[{short}|${sidInk(e)}]]`;
      }
      return undefined;
    });
  }

  /** @param {Event} e */
  #who(e) {
    if (!e.pid) return 'who.nobody';
    return e.tid && this.#threads(e) > 1 ? 'who.thread' : 'who.process';
  }

  /** @param {Event} e */
  #memory(e) {
    if (e.mem === STORE) return 'memory.store';
    if (e.mem === JAR) return 'memory.jar';
    if (!e.mem) return 'memory.none';
    return this.#threads(e) > 1 ? 'memory.threads' : 'memory.own';
  }

  /** @param {number} mem */
  #place(mem) {
    if (mem === STORE) return this.#catalogue['place.store'];
    if (mem === JAR) return this.#catalogue['place.jar'];
    if (!mem) return this.#catalogue['place.none'];
    const now = this.#workers.get(pidOf(mem))?.mem ?? 0;
    const key = lifeOf(now) > lifeOf(mem) ? 'place.earlier' : 'place.process';
    return (this.#catalogue[key] ?? '').replaceAll('{n}', String(pidOf(mem)));
  }

  /** @param {Event} e */
  #threads(e) {
    return this.#workers.get(e.pid ?? 0)?.threads ?? 0;
  }

  /**
   * Replaces the names that stand for a value.
   * @param {string} template @param {Event} e
   */
  #values(template, e) {
    return replace(template, (whole) => {
      const [name, form] = whole.split(':'); // {visitor:이}: with a particle behind it
      const said = name === 'circle' ? this.#circle(e) : name === 'op' ? this.#catalogue[`op.${e.op}`] ?? e.op ?? '' : value(name, e, this.#lang);
      return form && said !== undefined ? said + behind(said, form) : said;
    });
  }

  /** What each thread in a deadlock holds and what it waits for. @param {Event} e */
  #circle(e) {
    const steps = (e.text ?? '').split(',').map((step) => step.split(':'));
    return steps.map(([lock, tid = ''], i) => {
      const parts = new Map([['lock', lock], ['tid', tid], ['next', steps[(i + 1) % steps.length][0]]]);
      return replace(this.#catalogue['circle.step'] ?? '', (name) => parts.get(name));
    }).join(', ');
  }
}

/**
 * The words of an event that its sentence may depend on.
 * @param {Event} e @param {Record<string, string | undefined>} settings @param {boolean} changed
 */
function wordsOf(e, settings, changed) {
  const words = [];
  if (e.kind === 'request.sent' && !e.sid) words.push('bare');
  if (e.kind === 'scenario.set') words.push(...setting(e));
  if (e.kind === 'worker.starting' && (e.until ?? 0) === e.ts) words.push('at-once');
  if ((e.kind === 'lock.acquired' || e.kind === 'session.locked') && !e.dur) words.push('at-once');
  if ((e.kind === 'worker.crashed' || e.kind === 'worker.stopped') && !e.until) words.push('for-good');
  if (e.kind === 'store.down') {
    if (settings['store-kind'] === 'database') words.push('database');
    else if (settings['store-persistence'] === 'none' || settings['store-persistence'] === 'aof') words.push(settings['store-persistence']);
  }
  if (e.kind === 'value.written' && !e.pid) words.push('disk');
  if (outcome(e) === 'chance') words.push(changed ? 'changed' : 'chance');
  if (e.status !== undefined) words.push(String(e.status));
  if (e.status === 302 && e.kind !== 'request.done' && settings.mode === 'store' && settings['save-first'] !== 'true') words.push('ahead');
  if (e.why) words.push(e.why);
  if (e.op) words.push(...(isOwn(e.op) ? ['own', e.op] : [e.op]));
  if (e.session) words.push(e.session);
  return words;
}

/** Key and value of a setting. @param {Event} e @returns {[string, string]} */
function setting(e) {
  const text = e.text ?? '';
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** What a name stands for, if it is a value. @param {string} name @param {Event} e @param {string} lang */
function value(name, e, lang) {
  switch (name) {
    case 'visitor': return e.visitor ?? '';
    case 'text': return e.text ?? '';
    case 'note': return e.note ?? '';
    case 'short': return (e.sid ?? '').slice(0, SID_SHOWN);
    case 'key': return setting(e)[0];
    case 'value': return setting(e)[1];
    case 'dur': return duration(e.dur ?? 0, lang);
    case 'in': return duration(Math.max(0, (e.until ?? 0) - e.ts), lang);
    case 'until': return moment(e.until ?? 0, lang);
  }
  return NUMBERS.includes(name) ? String(/** @type {any} */ (e)[name] ?? 0) : undefined;
}

/** @param {Event} e */
function sidInk(e) {
  const mem = (HAVE_MADE.has(e.kind) ? e.made : e.mem) ?? 0;
  if (mem === STORE) return 'store';
  return pidOf(mem) ? `p${pidOf(mem)}` : 'none';
}

/**
 * Takes the marks of ink out of a template.
 * @param {string} template
 * @returns {Part[]}
 */
function split(template) {
  const parts = [];
  let at = 0;
  for (const found of template.matchAll(/\[\[(.*?)\|(.*?)\]\]/g)) {
    if (found.index > at) parts.push({ text: template.slice(at, found.index), ink: '' });
    parts.push({ text: found[1], ink: found[2] === 'none' ? '' : found[2] });
    at = found.index + found[0].length;
  }
  if (at < template.length) parts.push({ text: template.slice(at), ink: '' });
  return parts;
}

/**
 * Puts values in the place of {names}; what is not known stays, and what was put in is not looked at again.
 * @param {string} template @param {(name: string) => string | undefined} value
 */
function replace(template, value) {
  return template.replace(/\{([^}]*)\}/g, (whole, name) => value(name) ?? whole);
}

/**
 * The words of a language that stand behind a number, and the parts of a second that are told. The server has the
 * same rules (internal/written); both are held against one table.
 */
const UNITS = {
  en: { micro: ' µs', milli: ' ms', second: ' s', parts: 100, percent: ' %' },
  ko: { micro: '마이크로초', milli: '밀리초', second: '초', parts: 10, percent: '%' },
};

/** @param {string} lang */
const unitsOf = (lang) => (lang === 'ko' ? UNITS.ko : UNITS.en);

/** µs for people: "400 µs", "1.3 ms", "12 ms", "2.5 s". @param {number} us @param {string} lang */
export function duration(us, lang) {
  const { micro, milli, second, parts } = unitsOf(lang);
  if (us === 0 && lang === 'ko') return us + second;
  if (us < 1_000) return us + micro;
  if (us < 10_000) return Math.floor((us + 50) / 100) / 10 + milli;
  if (us < 999_500) return Math.floor((us + 500) / 1_000) + milli;
  return Math.round((us * parts) / 1e6) / parts + second;
}

/** A virtual moment: "3.420 s". @param {number} us @param {string} lang */
export function moment(us, lang) {
  const ms = Math.floor(us / 1000);
  return seconds(`${Math.floor(ms / 1000)}.${String(1000 + (ms % 1000)).slice(1)}`, lang);
}

/** A number of seconds. @param {number | string} number @param {string} lang */
export const seconds = (number, lang) => number + unitsOf(lang).second;

/** A number of hundredths. @param {number | string} number @param {string} lang */
export const percent = (number, lang) => number + unitsOf(lang).percent;
