// How much a process has room for: chips in rows, and letters of what it looked
// up. Read after a change of size or structure, and never for a frame.

import { t } from '../../words/text.js';
import { words } from '../chips.js';

/** @typedef {import('../chips.js').Fold} Fold */

/** How many chips fit, by what they say beside their ids; "+" is what says how many more there are. @typedef {(words: string[]) => number} Room */

/**
 * chips: those that a process has room for; column: those of a store with so many rows; lookup: what is said of what was looked up, and what came of it;
 * em: the type of a chip, rem.
 * @typedef {{chips: Fold, column: (rows: number) => Fold, lookup: (command: string, result: string) => string, em: number}} Space
 */

/** No memory shows more. */
const MOST = 12;

/** A chip without its words, wide and narrow; how much higher it is than its line of type; between two; rem. Its borders, px. */
const RIM = [1.7, 1.4];
const HIGH = 0.48;
const GAP = 0.4;
const BORDERS = 3;
const LINE = 1.45;

/** Widths in em: of an id, of a letter (Hangul has all of one), of what says how many more there are; of a letter of code. */
const ID = 2.3;
const LETTER = 0.58;
const MORE = 2;
const CODE = 0.605;

/** The height of what a process says beside its chips, and of what else is in the box of threads and their memory, rem. */
const WORDS = 4.8;
const DESKS = 9;

/** The least rows for threads; those of a narrow process, and of one in a small world. */
const THREADS = 3;
const NARROW = 3;
const SMALL = 2;

/** The height below which a request sits beside what was looked up, and how much of the row it takes, rem. */
const SEAT = [5, 2.2];

export class Rooms {
  renew() {}

  recolour() {}

  note() {}

  draw() {}

  /**
   * @param {HTMLElement} processes @param {string} mode @param {boolean} narrow all goes from top to bottom
   * @param {number} height of the floor, rem @param {number} rem px
   * @returns {Space | undefined}
   */
  space(processes, mode, narrow, height, rem) {
    const process = /** @type {HTMLElement | null} */ (processes.firstElementChild);
    const chips = process?.querySelector('.chips');
    const lookup = process?.querySelector('.lookup');
    if (!process || !chips || !lookup) return undefined;
    const { density, stacked } = processes.dataset;
    const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(process);
    const inner = process.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const beside = inner - (process.querySelector('header')?.offsetWidth ?? 0) - rem;
    const seat = narrow && process.clientHeight < SEAT[0] * rem ? SEAT[1] * rem : 0;
    // Of a process that is away nothing of this is to be seen.
    const row = lookup.clientWidth || (density === 'slim' && mode !== 'store' ? beside : inner);
    const letters = Math.floor((row - seat) / (CODE * parseFloat(getComputedStyle(lookup).fontSize)));

    const px = parseFloat(getComputedStyle(chips).fontSize);
    const chip = px * LINE + (HIGH + GAP) * rem + BORDERS;
    /** @type {Omit<Space, 'chips'>} */
    const said = { column: (most) => folding(column(most)), lookup: (command, result) => found(command, result, letters), em: px / rem };
    if (mode === 'threads') return { ...said, chips: said.column(narrow ? MOST : Math.max(THREADS, Math.floor(((height - DESKS) * rem) / chip))) };
    const free = process.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom) - (WORDS - GAP) * rem - px;
    const rows = stacked === '' ? 1 : narrow ? (processes.closest('.world') ? SMALL : NARROW) : density === 'roomy' ? Math.max(1, Math.floor(free / chip)) : 1;
    return { ...said, chips: folding(wrapped(density === 'tight' ? beside : inner, rows, px, RIM[narrow ? 1 : 0] * rem + BORDERS, GAP * rem)) };
  }
}

/**
 * Room in rows that chips wrap into. One always fits.
 * @param {number} width of a row @param {number} rows @param {number} em the type @param {number} rim a chip without its words @param {number} gap between two, all px
 * @returns {Room}
 */
export function wrapped(width, rows, em, rim, gap) {
  return (words) => {
    let row = 1;
    let used = -gap;
    for (const [i, text] of words.entries()) {
      let wide = text === '+' ? MORE * em : ID * em + rim;
      if (text !== '+') for (const c of text) wide += (c > '\u1100' ? 1 : LETTER) * em;
      if (i && used + gap + wide > width) {
        if (++row > rows) return i;
        used = -gap;
      }
      used += gap + wide;
    }
    return words.length;
  };
}

/** Room for one chip a row. @param {number} rows @returns {Room} */
export const column = (rows) => (words) => Math.min(words.length, rows);

/** @param {Room} room @returns {Fold} */
const folding = (room) => (all, missing, asked) => fold(all, missing, asked, room);

/**
 * What of a memory has room. All sessions come before any place where one is missing; of more than fit, those that are
 * spoken of, those that were just asked for, here or elsewhere, and the youngest, with a third for what is missing.
 * @param {import('../../run/model.js').Session[]} all @param {string[]} missing ids, the youngest last @param {string[]} asked ids, those that matter most first @param {Room} room
 */
export function fold(all, missing, asked, room) {
  if (all.length <= MOST) {
    const free = room([...all.map(words), ...missing.map(() => '?')]) - all.length;
    if (free >= 0) return { shown: all, ghosts: free ? missing.slice(-free) : [], more: 0 };
  }
  const first = choose(all, new Set(asked), MOST);
  let n = first.length;
  // How many more there are has its place, too.
  while (n > 1 && room([...first.slice(0, n).map(words), '+']) <= n) n--;
  const places = Math.min(missing.length, Math.floor(n / 3));
  return { shown: first.slice(0, n - places), ghosts: places ? missing.slice(-places) : [], more: all.length - n + places };
}

/**
 * Those that are shown of more than have room.
 * @param {import('../../run/model.js').Session[]} all @param {Set<string>} asked @param {number} room how many
 */
export function choose(all, asked, room) {
  const shown = [...asked].flatMap((sid) => all.find((s) => s.sid === sid) ?? []).slice(0, room);
  for (let i = all.length - 1; i >= 0 && shown.length < room; i--) if (!asked.has(all[i].sid)) shown.push(all[i]);
  return shown;
}

/**
 * What was looked up, and what came of it, in as many words as have room: the id and the result are always whole. Without a
 * command there was no cookie.
 * @param {string} command @param {string} result @param {number} letters that a row has room for
 */
export function found(command, result, letters) {
  if (!command) return t(lettersOf(t('lookup.none')) <= letters ? 'lookup.none' : 'cookie.none');
  const id = /(?:sess:|[("])(\w+)/.exec(command)?.[1] ?? command;
  const ways = [command, command.slice(command.indexOf('.') + 1), id].map((way) => `${way} → ${result}`);
  return ways.find((way) => lettersOf(way) <= letters) ?? `${id} ${result}`;
}

/** How many letters of code are as wide as a text: Hangul is wider. @param {string} text */
const lettersOf = (text) => [...text].reduce((sum, c) => sum + (c > '\u1100' && c !== '→' && c !== '…' ? 1.7 : 1), 0);
