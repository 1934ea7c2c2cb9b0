// The text of one file, with discs at the lines at which requests are.

import { tokens } from '../code/tokens.js';
import { h, setAttr, setChildren } from '../dom/dom.js';
import { t } from '../words/text.js';
import { remark } from './terms.js';

/** @typedef {import('../code/positions.js').File} File */
/** @typedef {import('../code/positions.js').Place} Place */

/** More discs than this at one line are counted. */
const DISCS = 3;

/** The lines above the first that runs which are shown, too. */
const LEAD = 5;

/** One line of a file: who is at it, its text, and who is shown there now. @typedef {{element: HTMLElement, who: HTMLElement, steps: HTMLElement[], shown: string}} Row */

export class Listing {
  element = h('ol', { class: 'code', tabindex: 0 });
  #disc;
  /** @type {File | undefined} */
  #file;
  /** @type {Row[]} */
  #rows = [];
  /** Rows that somebody is at, or was just now. @type {Set<Row>} */
  #lit = new Set();
  /** Where each line is, px from the first; empty: not measured. @type {number[]} */
  #tops = [];
  /** What can be seen of it, px: kept, since to ask in the middle of drawing is dear. */
  #scroll = 0;
  #height = 0;
  /** Somebody reads. */
  #held = false;
  /** The row that is pointed at. */
  #pointed = -1;
  /** Told when a line is pointed at, with the events that it makes. @type {(events: string[]) => void} */
  onPoint = () => {};

  /** @param {(place: Place) => HTMLElement} disc draws somebody */
  constructor(disc) {
    this.#disc = disc;
    new ResizeObserver(() => {
      this.#tops = [];
      this.#height = this.element.clientHeight;
    }).observe(this.element);
    this.element.addEventListener('scroll', () => { this.#scroll = this.element.scrollTop; }, { passive: true });
    for (const name of ['pointerenter', 'focusin']) this.element.addEventListener(name, () => { this.#held = true; });
    for (const name of ['pointerleave', 'focusout']) this.element.addEventListener(name, () => { this.#held = false; });
    this.element.addEventListener('pointermove', (event) => {
      const line = /** @type {Element} */ (event.target).closest('li');
      this.#point(line ? this.#rows.findIndex((r) => r.element === line) : -1);
    });
    this.element.addEventListener('pointerleave', () => this.#point(-1));
  }

  /** Nobody reads it any more: it is closed. */
  leave() {
    this.#held = false;
    this.#point(-1);
  }

  get file() { return this.#file; }

  /** @param {File} file */
  show(file) {
    if (file === this.#file) return;
    this.#point(-1);
    this.#file = file;
    this.#lit.clear();
    this.#tops = [];
    setAttr(this.element, 'aria-label', file.name);
    const colours = tokens(file.lines, file.language).map((line) => line.map((token) => (token.kind === 'comment' ? { ...token, text: remark(token.text) } : token)));
    this.#rows = file.lines.map((_, i) => row(i + 1, colours[i], file.expand[i + 1]));
    setChildren(this.element, this.#rows.map((r) => r.element));
    // What comes before the first line that runs is seldom what one wants to read.
    const first = file.first ?? Math.min(...Object.values(file.marks).flat(), file.lines.length);
    this.element.scrollTop = Math.max(0, (this.#rows[first - LEAD]?.element.offsetTop ?? 0) - (this.#rows[0]?.element.offsetTop ?? 0));
  }

  /** @param {Place[]} places where everybody is in this file */
  mark(places) {
    /** @type {Map<Row, {at: Place[], passed: Place[]}>} */
    const next = new Map();
    /** @param {number} line */
    const of = (line) => {
      const r = this.#rows[line - 1];
      if (!r) return { at: [], passed: [] };
      const there = next.get(r) ?? { at: [], passed: [] };
      next.set(r, there);
      return there;
    };
    for (const place of places) {
      for (const line of place.lines) of(line).at.push(place);
      for (const line of place.passed) of(line).passed.push(place);
    }
    for (const r of this.#lit) if (!next.has(r)) this.#light(r, [], []);
    for (const [r, { at, passed }] of next) this.#light(r, at, passed);
    this.#lit = new Set(next.keys());
    this.#follow(places);
  }

  /**
   * Shows which lines make the same events as a line of the other language.
   * @param {string[]} events none: nothing is pointed at
   */
  twin(events) {
    const lines = new Set(events.flatMap((e) => this.#file?.marks[e] ?? []));
    this.#rows.forEach((r, i) => r.element.classList.toggle('twin', lines.has(i + 1)));
  }

  /** @param {number} index of a row; -1: none */
  #point(index) {
    if (index === this.#pointed) return;
    this.#pointed = index;
    const events = Object.entries(this.#file?.marks ?? {}).filter(([, lines]) => lines.includes(index + 1)).map(([event]) => event);
    this.onPoint(events);
  }

  /** @param {Row} r @param {Place[]} at who is at the line @param {Place[]} passed who was there just now */
  #light(r, at, passed) {
    const { element, who, steps } = r;
    const few = at.slice(0, DISCS);
    const atSteps = steps.map((_, i) => at.filter((p) => p.step === i).slice(0, DISCS));
    const shown = JSON.stringify([at.length, passed.length > 0, (at[0] ?? passed[0])?.pid, few.map((p) => p.req), atSteps.map((s) => s.map((p) => p.req))]);
    if (shown === r.shown) return;
    r.shown = shown;
    element.classList.toggle('at', at.length > 0);
    element.classList.toggle('passed', !at.length && passed.length > 0);
    setAttr(element, 'data-at', at.length ? few.map((p) => p.req).join(' ') : undefined);
    const first = at[0] ?? passed[0];
    element.style.setProperty('--ink-of', first ? `var(--p${first.pid})` : 'transparent');
    setChildren(who, few.map((p) => this.#disc(p)).concat(at.length > DISCS ? [h('span', { class: 'code-more' }, `+${at.length - DISCS}`)] : []));
    steps.forEach((step, i) => {
      step.classList.toggle('at', atSteps[i].length > 0);
      setChildren(/** @type {Element} */ (step.firstElementChild), atSteps[i].map((p) => this.#disc(p)));
    });
  }

  /** Brings a line that somebody is at into sight, when none is. @param {Place[]} places */
  #follow(places) {
    const lines = places.flatMap((p) => p.lines);
    if (!lines.length || this.#held || !this.#height) return;
    if (!this.#tops.length) this.#tops = this.#rows.map((r) => r.element.offsetTop - this.#rows[0].element.offsetTop);
    const line = this.#tops[1] ?? 0;
    const tops = lines.map((l) => this.#tops[l - 1]);
    if (tops.some((top) => top >= this.#scroll && top + line <= this.#scroll + this.#height)) return;
    this.#scroll = Math.max(0, Math.min(...tops) - this.#height / 3);
    this.element.scrollTop = this.#scroll;
  }
}

/**
 * @param {number} number @param {import('../code/tokens.js').Token[]} text @param {string[] | undefined} expand its steps, when it is not atomic
 * @returns {Row}
 */
function row(number, text, expand) {
  const who = h('span', { class: 'code-who-here', 'aria-hidden': 'true' });
  const steps = (expand ?? []).map((step) => h('span', { class: 'code-step', 'data-step': step }, h('span', { 'aria-hidden': 'true' }), t(`code.step.${step}`)));
  const note = steps.length ? h('span', { class: 'code-steps', title: t('code.steps', { steps: (expand ?? []).join(', ') }) }, ...steps) : undefined;
  const code = h('code', {}, ...text.map((token) => (token.kind ? h('span', { class: `token-${token.kind}` }, token.text) : token.text)), text.length ? '' : '\u200b');
  return { element: h('li', { 'data-number': number }, who, code, note), who, steps, shown: '' };
}
