// What lingers on the stage for a moment after an event: the empty place where
// a session was looked for, the last lookup of each process, a chip that was
// just read. Pure: times are virtual.

import { JAR, STORE } from '../run/memory.js';
import { STRIP_LENGTH } from '../run/model.js';
import { readable } from './brief.js';
import { contents, short } from './ring.js';

/** How long a trace stays, virtual µs. */
export const LINGER = 1_600_000;

/**
 * @typedef {{sid: string, until: number}} Ghost a session that was looked for and is not there
 * @typedef {{command: string, result: string, found: boolean, mem: number}} Lookup
 * @typedef {{place: number, sid: string, until: number}} Read a session that was just read
 * @typedef {{ghosts: Map<number, Ghost[]>, lookups: Map<number, Lookup>, read: Map<string, Read>, spared: Map<string, number[]>}} Kept
 */

export class Traces {
  /** By memory: of a process by its pid, of the store by 0. @type {Map<number, Ghost[]>} */
  #ghosts = new Map();
  /** By pid. @type {Map<number, Lookup>} */
  #lookups = new Map();
  /** Chips that were just read, by memory and session id, the youngest last. @type {Map<string, Read>} */
  #read = new Map();
  /** The last answers of each visitor that tell of a change of mode alone, by their requests. @type {Map<string, number[]>} */
  #spared = new Map();
  #went = false;
  /** The session that the sentence speaks of; empty: of none. */
  told = '';

  /** What lingers now, for another look at this moment. @returns {Kept} */
  save() {
    // What is in the maps is never changed, only replaced.
    return { ghosts: new Map(this.#ghosts), lookups: new Map(this.#lookups), read: new Map(this.#read), spared: new Map(this.#spared) };
  }

  /** Goes back to what lingered. @param {Kept} [kept] nothing did */
  load(kept) {
    this.#ghosts = new Map(kept?.ghosts);
    this.#lookups = new Map(kept?.lookups);
    this.#read = new Map(kept?.read);
    this.#spared = new Map(kept?.spared);
  }

  /**
   * Keeps what an event leaves behind.
   * @param {import('../run/model.js').Event} e @param {import('../run/model.js').State} state after the event
   */
  note(e, state) {
    const pid = e.pid ?? 0;
    switch (e.kind) {
      case 'session.read': {
        const sid = e.sid ?? '';
        const shared = e.mem === STORE;
        if ((e.mem === JAR || e.why === 'secret') && sid) {
          const found = e.session === 'hit';
          this.#lookups.set(pid, { command: 'unsign(cookie)', result: found ? e.visitor ?? '' : 'false', found, mem: JAR });
          return;
        }
        if (e.session === 'none' || !sid) {
          this.#lookups.set(pid, { command: '', result: '', found: false, mem: 0 });
          return;
        }
        const memory = shared ? state.store : state.workers.find((w) => w.mem === e.mem);
        if (!memory) return; // of a process that finishes what it had: its place has another one
        const user = contents(memory?.sessions.get(sid)?.data ?? '').user;
        const hit = e.session === 'hit';
        this.#lookups.set(pid, {
          command: shared ? `GET sess:${short(sid)}` : `sessions.get("${short(sid)}")`,
          result: hit ? user || '{ }' : shared ? 'nil' : 'undefined',
          found: hit,
          mem: e.mem ?? 0,
        });
        const place = shared ? 0 : pid;
        if (hit) {
          const key = `${place}:${sid}`;
          this.#read.delete(key); // it becomes the youngest
          this.#read.set(key, { place, sid, until: e.ts + LINGER / 2 });
        } else this.#ghosts.set(place, [...this.ghosts(place).filter((g) => g.sid !== sid), { sid, until: e.ts + LINGER }]);
        return;
      }
      case 'store.failed':
        this.#lookups.set(pid, { command: readable(e.text ?? ''), result: 'error', found: false, mem: STORE });
        return;
      case 'worker.crashed':
      case 'worker.stopped':
      case 'worker.starting':
        this.#lookups.delete(pid);
        this.#ghosts.delete(pid);
        return;
      case 'store.down':
        this.#ghosts.delete(0);
    }
  }

  /** Lets go of what has lingered long enough. @param {number} moment virtual µs */
  expire(moment) {
    for (const [place, ghosts] of this.#ghosts) {
      if (ghosts[0].until > moment) continue; // the oldest
      const stay = ghosts.filter((g) => g.until > moment);
      this.#went = true;
      if (stay.length) this.#ghosts.set(place, stay);
      else this.#ghosts.delete(place);
    }
    for (const [key, { until }] of this.#read) {
      if (until > moment) break;
      this.#read.delete(key);
      this.#went = true;
    }
  }

  /** Whether something went since this was asked last. */
  went() {
    const was = this.#went;
    this.#went = false;
    return was;
  }

  /** An answer that tells of a change of mode alone. @param {import('../run/model.js').Event} e */
  spare({ visitor = '', req = 0 }) {
    this.#spared.set(visitor, [...this.spared(visitor), req].slice(-STRIP_LENGTH));
  }

  /** The requests of a visitor that were answered so. @param {string} visitor */
  spared(visitor) { return this.#spared.get(visitor) ?? []; }

  /** @param {number} place a pid, 0 for the store */
  ghosts(place) { return this.#ghosts.get(place) ?? []; }

  /** The sessions that were just looked for where they are not. @returns {Set<string>} */
  missed() { return new Set([...this.#ghosts.values()].flatMap((ghosts) => ghosts.map((g) => g.sid))); }

  /** @param {number} pid */
  lookup(pid) { return this.#lookups.get(pid); }

  /** The sessions of a memory that were just read. @param {number} place a pid, 0 for the store @returns {Set<string>} */
  justRead(place) {
    const sids = new Set();
    for (const read of this.#read.values()) if (read.place === place) sids.add(read.sid);
    return sids;
  }
}
