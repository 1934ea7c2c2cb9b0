// The socket to the room: opens, resumes, tries again, and says why when it
// cannot.
//
// The server says something each second. A connection that stopped without being
// closed (a hall's Wi-Fi, a server that stands still) is known by its silence.
// What somebody asks for meanwhile is kept until the server is back.

import { ask } from './requests.js';
import { decode, say } from './wire.js';

/**
 * connecting: the first try; open: the server is heard; silent: it was, and says
 * nothing now; lost: trying again; blocked: pages arrive but websockets do not;
 * refused: the server said why and trying again would not help.
 * @typedef {'connecting' | 'open' | 'silent' | 'lost' | 'blocked' | 'refused'} Condition
 */

/** Pause before the first new try, ms; doubled with each try up to the last. */
const FIRST_PAUSE = 250;
const LAST_PAUSE = 4000;

/**
 * How often the page looks whether the server was heard, ms. Silence is counted
 * in looks: a page that slept (a hidden tab, a closed laptop) looked once,
 * however long that was, and cannot say what the server said meanwhile.
 */
const LOOK = 500;

/** So many looks without a word are a silence: more than two beats of the server (beatPeriod in server/web/socket.go). */
const SILENT = 5;

/** After so many the socket is given up for a new one. */
const DEAD = 16;

/** The first picture may be large and the line slow: what comes after the welcome may take so many. */
const PICTURE = 60;

/** After so many tries in which the socket never opened, the page asks whether plain requests get through. */
const TRIES_BEFORE_ASKING = 2;

/** A word that comes so many looks after an order is one of a server that has the order. */
const SURE = 2;

/** So many orders are kept for a server that is not there. */
const MOST_KEPT = 32;

/** Codes of errors after which a new try would end the same way. */
const FINAL = new Set(['bad-scenario', 'run-failed', 'too-much']);

/** What says how the run stands. */
const NEWS = new Set(['snapshot', 'frame', 'pace']);

export class Connection {
  /** @type {WebSocket | undefined} */
  #socket;
  /** @type {Condition} */
  #condition = 'connecting';
  #everOpen = false;
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #watch;
  #closed = false;
  #final = false;
  /** Looks since the last word of the socket. */
  #looks = 0;
  /** How many of them are too many. */
  #patience = DEAD;
  /** Orders for when the server is back. @type {string[]} */
  #kept = [];
  /** Looks since the last order, until a word comes that was said after it arrived; -1: there is none such. */
  #asked = -1;
  /** A socket was given up with such an order on its way. */
  #doubt = false;
  #ask;

  /**
   * @param {{
   *   address: () => string,
   *   where: () => Parameters<typeof say.open>[0],
   *   onMessage: (message: import('./wire.js').Message) => void,
   *   onCondition: (condition: Condition, doubt: boolean) => void,
   * }} ask where to connect, what to resume, and whom to tell; doubt: the server is back, and what was asked of it last may not have arrived
   */
  constructor(ask) {
    this.#ask = ask;
  }

  get condition() { return this.#condition; }

  /** Connects, for the first time or for another run: what was kept for the one before is gone. */
  open() {
    this.#kept = [];
    this.#asked = -1;
    this.#doubt = false;
    this.#final = false;
    this.#connect();
  }

  /** Sends what matters only now; false when there is nobody to hear it. @param {string} text */
  send(text) {
    if (this.#condition !== 'open' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Sends an order, or keeps it until the server is back; false: it can do neither. @param {string} text */
  post(text) {
    if (this.send(text)) {
      this.#asked = 0;
      return true;
    }
    if (this.#condition === 'refused' || this.#kept.length === MOST_KEPT) return false;
    this.#kept.push(text);
    return true;
  }

  /** Tries now instead of after the pause. */
  hurry() {
    if (this.#condition === 'silent') this.#lose();
    if (this.#condition === 'lost' || this.#condition === 'blocked') this.#connect();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#drop();
  }

  #connect() {
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
    this.#looks = 0;
    this.#patience = DEAD;
    this.#watch = setInterval(() => this.#look(), LOOK);
    socket.addEventListener('open', () => socket.send(say.open(this.#ask.where())));
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket && typeof event.data === 'string') this.#hear(event.data);
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lose();
    });
  }

  /** @param {string} text */
  #hear(text) {
    const message = decode(text);
    if (!message) return;
    const back = message.type === 'welcome' || this.#condition === 'silent';
    this.#looks = 0;
    if (this.#asked >= SURE) this.#asked = -1;
    this.#everOpen = true; // whatever it says, nothing is in the way
    if (message.type === 'error' && FINAL.has(message.code)) this.#final = true;
    if (message.type === 'welcome') {
      this.#tries = 0;
      this.#patience = PICTURE;
    }
    if (NEWS.has(message.type)) this.#patience = DEAD;
    if (back) this.#become('open');
    if (message.type !== 'beat') this.#ask.onMessage(message);
    if (back) for (const order of this.#kept.splice(0)) this.post(order);
  }

  #look() {
    this.#looks++;
    if (this.#asked >= 0) this.#asked++;
    if (this.#looks >= this.#patience) this.#lose();
    else if (this.#looks >= SILENT && this.#condition === 'open' && this.#patience === DEAD) this.#become('silent');
  }

  /** The socket is no good any more. A closing handshake is not waited for: on a dead line it takes minutes. */
  #lose() {
    this.#drop();
    if (this.#closed) return;
    this.#doubt ||= this.#asked >= 0;
    this.#asked = -1;
    if (this.#final) this.#become('refused');
    else this.#again();
  }

  #drop() {
    clearInterval(this.#watch);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #again() {
    if (this.#everOpen) this.#become('lost');
    else if (this.#tries >= TRIES_BEFORE_ASKING) void this.#whoIsToBlame();
    const pause = Math.min(LAST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, this.#tries - 1));
    // Spread out, so that a hall of phones does not come back in one instant.
    this.#timer = setTimeout(() => this.#connect(), pause * (0.75 + Math.random() / 2));
  }

  /** Plain requests get through and sockets do not: something between here and there blocks them. */
  async #whoIsToBlame() {
    let reachable = false;
    try {
      reachable = (await ask('/healthz', { cache: 'no-store' })).ok;
    } catch {
      // The server is not there at all.
    }
    if (this.#condition !== 'open' && !this.#closed) this.#become(reachable ? 'blocked' : 'lost');
  }

  /** @param {Condition} condition */
  #become(condition) {
    if (condition === this.#condition) return;
    this.#condition = condition;
    const doubt = this.#doubt && condition === 'open';
    this.#doubt &&= !doubt;
    this.#ask.onCondition(condition, doubt);
  }
}
