// What is read aloud by itself, all in one polite place: the sentence of the
// moment now and then; at once, what somebody asked for, and how the page stands.

import '../words/rest.js';
import { storage } from '../address/url.js';
import { dated } from '../words/dated.js';
import { seconds } from '../words/narrate.js';
import { commandWords } from '../words/command.js';
import { language, t } from '../words/text.js';
import { answers, waits } from './answers.js';

/** Between sentences that come by themselves, ms. */
const CALM = 5000;

/** What is to be said at once within this is said together, ms. */
const TOGETHER = 60;

/** The same words within this are no news, and nobody can have asked for them once more, ms. */
const TWICE = 300;

/** So many answers are waited for at most. */
const MOST = 8;

/** What the document says of the page, and the words for it. @type {Record<string, (value: string | undefined) => string>} */
const STATES = {
  parts: (value) => (value ? 'voice.parts' : 'voice.parts.none'),
  presents: (value) => (value === undefined ? 'voice.presents.not' : 'voice.presents'),
  worlds: (value) => (value ? 'voice.worlds' : 'voice.worlds.not'),
};

/** Where a browser keeps that its reader wants it quiet. */
const QUIET = 'procession-quiet';

export class Voice {
  #footer;
  #room;
  #saidAt = -Infinity; // wall ms
  #said = '';
  /** The sentence whose turn has not come. */
  #next = '';
  /** What is said at once. @type {string[]} */
  #now = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What people asked for, and has not been answered. @type {((e: import('../run/model.js').Event) => boolean)[]} */
  #asked = [];
  /** @type {import('../travel/travel.js').Place | undefined} */
  #place;
  /** Nothing is said that nobody asked for. */
  #quiet = storage('local')?.getItem(QUIET) === 'true';

  /** @param {import('./footer.js').FooterElement} footer @param {import('../room/room.js').Room} room */
  constructor(footer, room) {
    this.#footer = footer;
    this.#room = room;
    room.addEventListener('run', () => { this.#asked = []; });
    const { documentElement } = document;
    const was = { ...documentElement.dataset };
    new MutationObserver(() => {
      for (const [name, word] of Object.entries(STATES)) {
        const value = documentElement.dataset[name];
        if (value === was[name]) continue;
        was[name] = value;
        if (!focused('[data-part]')) this.say(t(word(value))); // that says by itself that it is pressed
      }
    }).observe(documentElement, { attributeFilter: Object.keys(STATES).map((name) => `data-${name}`) });
    documentElement.addEventListener('lanes', (event) => {
      if (!focused('[data-panel="machine"]')) this.say(t(/** @type {CustomEvent} */ (event).detail ? 'voice.machine' : 'voice.machine.not'));
    });
    document.querySelectorAll('input[name="mode"]').forEach((input, i) => input.setAttribute('aria-keyshortcuts', String(i + 1)));
    if (footer.told) this.tell(footer.told, footer.at);
  }

  /**
   * The sentence of the moment that is shown.
   * @param {string} text @param {number} at when that happened of which it tells, virtual µs; NaN: nothing did @param {number} [asked] the moment to which somebody went; NaN: it is said at once all the same
   */
  tell(text, at, asked) {
    this.#next = '';
    if (asked === undefined) {
      if (this.#said.endsWith(text) || this.#now.some((now) => now.endsWith(text))) return;
      this.#next = text;
      this.#turn();
    } else if (Number.isNaN(asked)) {
      this.say(text);
    } else if (!focused('[role="slider"]')) { // which says it as its value
      this.say(dated(asked, at, text, moment));
    } else {
      this.#said = text;
      this.#saidAt = performance.now();
    }
  }

  /** What a key means here; false: nothing. @param {string} key */
  key(key) {
    if (key !== 'q') return false;
    this.#quiet = !this.#quiet;
    this.#next = '';
    this.say(t(this.#quiet ? 'voice.quiet' : 'voice.quiet.not'));
    try {
      storage('local')?.setItem(QUIET, String(this.#quiet));
    } catch {
      // Not remembered then.
    }
    return true;
  }

  /** Says something at once. @param {string} text */
  say(text) {
    if (!this.#now.length) setTimeout(() => this.#speak(together(this.#now.splice(0))), TOGETHER);
    if (!this.#now.includes(text)) this.#now.push(text);
  }

  /** An event has just been applied: it may be what somebody waits for. @param {import('../run/model.js').Event} e */
  note(e) {
    const at = this.#asked.findIndex((is) => is(e));
    if (at < 0) return;
    this.#asked.splice(at, 1);
    this.#next = '';
    this.say(this.#room.world.parts(e).map((p) => p.text).join(''));
  }

  /** Something was ordered. @param {import('../room/room.js').Order} order @param {import('../travel/travel.js').Travel | undefined} travel */
  ordered({ do: command, time }, travel) {
    const { wanted } = this.#room;
    if (command) this.#asked = [...this.#asked, answers(command)].slice(-MOST);
    if (command && waits(command) && !wanted.playing && !travel?.place) this.say(t('voice.waits'));
    if ((time === 'play' || time === 'pause') && !focused('.primary')) this.say(t((travel?.place ? travel.playing : wanted.playing) ? 'voice.playing' : 'voice.paused'));
    if (time === 'slower' || time === 'faster') this.say(t('voice.speed', { speed: wanted.speed }));
  }

  /** Another future is there again. @param {string} command what was taken back for it, if something was */
  returned(command) { this.say(command ? t('voice.undone', { what: commandWords(command) }) : t('voice.returned')); }

  /** Somebody may have gone through time. @param {import('../travel/travel.js').Travel} travel @param {import('./telling.js').Telling} telling */
  went({ place, playing }, telling) {
    if (place === this.#place) return;
    this.#place = place;
    if (!place) this.say(t('voice.now', { moment: moment(this.#room.clock.reached) }));
    else if (!playing) telling.ask();
  }

  /** The next sentence is said when the pause is over. */
  #turn() {
    clearTimeout(this.#timer);
    // A frame whose run stands where it was to stop has said so, and somebody reads what the page around says of it.
    if (!this.#next || this.#quiet || 'stopped' in document.documentElement.dataset) return;
    const pause = this.#saidAt + CALM - performance.now();
    if (pause > 0) this.#timer = setTimeout(() => this.#turn(), pause);
    else this.#speak(this.#next);
  }

  /** @param {string} text */
  #speak(text) {
    if (this.#next === text) this.#next = '';
    if (this.#said.endsWith(text) && performance.now() - this.#saidAt < TWICE) return;
    this.#saidAt = performance.now();
    this.#said = text;
    const { aloud } = this.#footer;
    // The same words once more are another text, or they would not be heard.
    aloud.replaceChildren(aloud.textContent === text ? `${text}\u00a0` : text);
  }
}

/** What is said at once, as sentences, none of them twice. @param {string[]} texts */
const together = (texts) => texts.filter((text) => !texts.some((other) => other !== text && other.endsWith(text)))
  .map((text, i, all) => (i < all.length - 1 && !/[.!?…”]$/.test(text) ? `${text}.` : text)).join(' ');

/** Whether something has the focus. @param {string} which */
const focused = (which) => Boolean(document.activeElement?.matches(which));

/** @param {number} us */
const moment = (us) => seconds((us / 1e6).toFixed(1), language);
