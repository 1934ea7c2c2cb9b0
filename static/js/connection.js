// The socket to the room: opens, resumes, tries again, and says why when it
// cannot.

import { decode, say } from './wire.js';

/**
 * connecting: the first try; open: the server has answered; lost: trying again;
 * blocked: pages arrive but websockets do not; refused: the server said why and
 * trying again would not help.
 * @typedef {'connecting' | 'open' | 'lost' | 'blocked' | 'refused'} Condition
 */

/** Pause before the first new try, ms; doubled with each try up to the last. */
const FIRST_PAUSE = 250;
const LAST_PAUSE = 4000;

/** A server that says nothing for so long (ms) is as good as blocked. */
const PATIENCE = 8000;

/** After so many tries in which the socket never opened, the page asks whether plain requests get through. */
const TRIES_BEFORE_ASKING = 2;

/** Codes of errors after which a new try would end the same way. */
const FINAL = new Set(['bad-scenario', 'run-failed', 'too-much']);

export class Connection {
  /** @type {WebSocket | undefined} */
  #socket;
  /** @type {Condition} */
  #condition = 'connecting';
  #everOpen = false;
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #closed = false;
  #final = false;
  #ask;

  /**
   * @param {{
   *   address: () => string,
   *   where: () => Parameters<typeof say.open>[0],
   *   onMessage: (message: import('./wire.js').Message) => void,
   *   onCondition: (condition: Condition) => void,
   * }} ask where to connect, what to resume, and whom to tell
   */
  constructor(ask) {
    this.#ask = ask;
  }

  get condition() { return this.#condition; }

  open() {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#drop();
    this.#tries++;
    let socket;
    try {
      socket = new WebSocket(this.#ask.address());
    } catch {
      this.#again(); // some sandboxes throw instead of failing later
      return;
    }
    this.#socket = socket;
    let heard = false;
    const silence = setTimeout(() => socket.close(), PATIENCE);
    socket.addEventListener('open', () => socket.send(say.open(this.#ask.where())));
    socket.addEventListener('message', (event) => {
      if (socket !== this.#socket || typeof event.data !== 'string') return;
      const message = decode(event.data);
      if (!message) return;
      if (!heard) {
        heard = true;
        clearTimeout(silence);
        this.#everOpen = true; // whatever it says, nothing is in the way
      }
      if (message.type === 'error' && FINAL.has(message.code)) this.#final = true;
      if (message.type === 'welcome') {
        this.#tries = 0;
        this.#become('open');
      }
      this.#ask.onMessage(message);
    });
    socket.addEventListener('close', () => {
      clearTimeout(silence);
      if (socket !== this.#socket || this.#closed) return;
      this.#socket = undefined;
      if (this.#final) this.#become('refused');
      else this.#again();
    });
  }

  /** Sends a message; false when there is nobody to hear it. @param {string} text */
  send(text) {
    if (this.#condition !== 'open' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Tries now instead of after the pause. */
  hurry() {
    if (this.#condition === 'lost' || this.#condition === 'blocked') this.open();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#drop();
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #again() {
    if (this.#everOpen) this.#become('lost');
    else if (this.#tries >= TRIES_BEFORE_ASKING) void this.#whoIsToBlame();
    const pause = Math.min(LAST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, this.#tries - 1));
    // Spread out, so that a hall of phones does not come back in one instant.
    this.#timer = setTimeout(() => this.open(), pause * (0.75 + Math.random() / 2));
  }

  /** Plain requests get through and sockets do not: something between here and there blocks them. */
  async #whoIsToBlame() {
    let reachable = false;
    try {
      reachable = (await fetch('/healthz', { cache: 'no-store' })).ok;
    } catch {
      // The server is not there at all.
    }
    if (this.#condition !== 'open' && !this.#closed) this.#become(reachable ? 'blocked' : 'lost');
  }

  /** @param {Condition} condition */
  #become(condition) {
    if (condition === this.#condition) return;
    this.#condition = condition;
    this.#ask.onCondition(condition);
  }
}
