// One chart: bars or a line, as SVG, with the value under the pointer or the
// focus, and a table behind it that says the same in words.

import { h, s, setAttr, setChildren, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { ticks } from './axis.js';

/** The chart's own size; it grows with its place. */
export const WIDTH = 290;
export const HEIGHT = 165;
const LEFT = 50; // for "100 %", and for a number of five digits, in any typeface
const RIGHT = 8;
const TOP = 12;
const TOP_MARKED = 26; // the words of marks stand above the bars
const BOTTOM = 26;

/** So many labels stand below the bars at most. */
const LABELS = 5;

/** So wide is the word of a mark at most, with a gap. */
const WORD = 28;

/** Up to so many points have a dot each, so that one alone is seen. */
const DOTS = 40;

/** A table of more rows than this would be read by nobody; it has each so-many-th. */
const ROWS = 40;

/**
 * One thing to draw: a bar, or a point of the line. parts: shares of a bar with an ink and a word each.
 * @typedef {{label: string, value: number | undefined, text: string, parts?: {value: number, ink: string, word: string}[]}} Item
 * @typedef {{kind: 'bars' | 'line', items: Item[], most?: number, unit: (value: number) => string, marks?: {at: number, word: string}[]}} Drawing
 * marks: two lines across at most, where `at` is in items from the left, in this order
 */

export class Chart {
  #name;
  #title = h('h3');
  #value = h('p', { class: 'chart-value' });
  /** What its words mean. */
  #help = h('p', { class: 'chart-help', hidden: true });
  /** What is read aloud: the value that somebody moved to, and not those that come by themselves. */
  #aloud = h('p', { class: 'aloud', role: 'status' });
  #svg = s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart-svg', tabindex: 0, role: 'img' });
  #back = s('g', { class: 'chart-back' });
  #marks = s('g', { class: 'chart-data' });
  #cursor = s('line', { class: 'chart-cursor', y1: TOP, y2: HEIGHT - BOTTOM, visibility: 'hidden' });
  #head = h('tr');
  #rows = h('tbody');
  #table = h('details', { class: 'chart-table' }, h('summary', {}, t('charts.table')), h('div', { class: 'chart-scroll' }, h('table', {}, h('thead', {}, this.#head), this.#rows)));
  element;
  /** @type {Drawing | undefined} */
  #drawing;
  #at = -1; // the item looked at
  #summary = '';

  /** @param {string} name its key of the catalogue @param {(chart: Chart) => HTMLElement} tools */
  constructor(name, tools) {
    this.#name = name;
    setText(this.#title, t(`charts.${name}`));
    this.#svg.append(this.#back, this.#marks, this.#cursor);
    this.#head.append(h('th', { scope: 'col' }, t(`charts.${name}.x`)), h('th', { scope: 'col' }, t(`charts.${name}.y`)));
    this.#svg.addEventListener('pointermove', (event) => this.#point(event));
    this.#svg.addEventListener('pointerleave', () => this.#move(-1));
    this.#svg.addEventListener('blur', () => this.#move(-1));
    this.#svg.addEventListener('keydown', (event) => this.#key(event));
    this.#table.addEventListener('toggle', () => this.#fill());
    this.element = h('section', { class: 'chart', 'data-chart': name },
      this.#title, this.#value, this.#help, this.#aloud, this.#svg, h('footer', {}, this.#table, tools(this)));
  }

  get name() { return this.#name; }

  get title() { return t(`charts.${this.#name}`); }

  get svg() { return this.#svg; }

  get summary() { return this.#summary; }

  /** @param {Drawing} drawing @param {string} summary what it comes to, in a few words @param {string} [why] what is to be known of it @param {string} [help] what its words mean */
  show(drawing, summary, why, help = '') {
    setText(this.#help, help);
    this.#help.hidden = !help;
    setAttr(this.#value, 'title', why || undefined);
    this.#drawing = drawing;
    this.#summary = summary;
    setAttr(this.#svg, 'aria-label', `${this.title}: ${summary}. ${t('charts.keys')}`);
    this.#draw(drawing);
    this.#look(Math.min(this.#at, drawing.items.length - 1));
    this.#fill();
    setAttr(this.element, 'data-items', String(drawing.items.length));
  }

  /** @param {Drawing} drawing */
  #draw({ kind, items, most: given, unit, marks = [] }) {
    const most = given ?? Math.max(0, ...items.map((i) => i.value ?? 0));
    const lines = given ? [0, given / 2, given] : ticks(most);
    const top = lines[lines.length - 1] || 1;
    const wide = (WIDTH - LEFT - RIGHT) / Math.max(1, items.length);
    const above = marks.length ? TOP_MARKED : TOP;
    /** @param {number} v */
    const y = (v) => HEIGHT - BOTTOM - (v / top) * (HEIGHT - above - BOTTOM);
    const back = lines.flatMap((v) => [
      s('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(v), y2: y(v), class: 'chart-line' }),
      s('text', { x: LEFT - 6, y: y(v) + 3.5, class: 'chart-label', 'text-anchor': 'end' }, unit(v)),
    ]);
    const every = Math.max(1, Math.ceil(items.length / LABELS));
    items.forEach((item, i) => {
      if (i % every === 0) back.push(s('text', { x: LEFT + (kind === 'line' ? i : i + 0.5) * wide, y: HEIGHT - 9, class: 'chart-label', 'text-anchor': kind === 'line' && i === 0 ? 'start' : 'middle' }, item.label));
    });
    setChildren(this.#back, back);
    const data = kind === 'bars' ? bars(items, wide, y) : line(items, wide, y);
    const places = marks.map(({ at }) => LEFT + at * wide);
    const centres = apart(places);
    for (const [i, x] of places.entries()) {
      data.push(s('line', { x1: x, x2: x, y1: TOP + 4, y2: HEIGHT - BOTTOM, class: 'chart-mark' }), s('text', { x: centres[i], y: TOP, class: 'chart-label', 'text-anchor': 'middle' }, marks[i].word));
    }
    setChildren(this.#marks, data);
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const box = this.#svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const n = this.#drawing?.items.length ?? 0;
    this.#move(Math.max(0, Math.min(n - 1, Math.floor(((x - LEFT) / (WIDTH - LEFT - RIGHT)) * n))));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const n = this.#drawing?.items.length ?? 0;
    const to = { ArrowLeft: Math.max(0, this.#at - 1), ArrowRight: Math.min(n - 1, this.#at + 1), Home: 0, End: n - 1 }[event.key];
    if (to === undefined || !n) return;
    this.#move(to);
    event.preventDefault();
    event.stopPropagation();
  }

  /** Somebody moves to an item, and hears its value. @param {number} at */
  #move(at) {
    if (at === this.#at) return;
    this.#look(at);
    setText(this.#aloud, at < 0 ? '' : this.#value.textContent ?? '');
  }

  /** Shows the value of an item; -1: what all come to. @param {number} at */
  #look(at) {
    this.#at = at;
    const item = this.#drawing?.items[at];
    setText(this.#value, item ? `${item.label}: ${item.text}` : this.#summary);
    setAttr(this.#cursor, 'visibility', item ? 'visible' : 'hidden');
    if (!item || !this.#drawing) return;
    const x = LEFT + (at + 0.5) * ((WIDTH - LEFT - RIGHT) / this.#drawing.items.length);
    setAttr(this.#cursor, 'x1', x.toFixed(1));
    setAttr(this.#cursor, 'x2', x.toFixed(1));
  }

  /** The table, while somebody reads it. */
  #fill() {
    if (!this.#table.open || !this.#drawing) return;
    const { items } = this.#drawing;
    const every = Math.ceil(items.length / ROWS);
    const shown = items.filter((_, i) => i % every === 0);
    while (this.#rows.children.length > shown.length) this.#rows.lastElementChild?.remove();
    while (this.#rows.children.length < shown.length) this.#rows.append(h('tr', {}, h('th', { scope: 'row' }), h('td')));
    shown.forEach((item, i) => {
      const [head, cell] = this.#rows.children[i].children;
      setText(head, item.label);
      setText(cell, item.text);
    });
  }
}

/** The middles of the words of two marks: above their lines, and neither outside nor over each other. @param {number[]} places */
export function apart([first, second = WIDTH]) {
  const right = Math.max(Math.min(second, WIDTH - WORD / 2), WORD * 1.5);
  return [Math.min(first, right - WORD), right];
}

/** @param {Item[]} items @param {number} wide @param {(v: number) => number} y @returns {Element[]} */
function bars(items, wide, y) {
  const gap = Math.min(6, wide * 0.18);
  return items.flatMap((item, i) => {
    let below = 0;
    return (item.parts ?? [{ value: item.value ?? 0, ink: 'muted', word: '' }]).filter((p) => p.value > 0).map((p) => {
      const bar = s('rect', {
        x: (LEFT + i * wide + gap / 2).toFixed(2), width: Math.max(0.5, wide - gap).toFixed(2),
        y: y(below + p.value).toFixed(2), height: Math.max(0.5, y(below) - y(below + p.value)).toFixed(2), class: 'chart-bar', 'data-part': p.word,
      });
      bar.style.setProperty('fill', `var(--${p.ink})`);
      if (below > 0) bar.setAttribute('fill-opacity', '0.45'); // light on dark: the shape says it as well
      below += p.value;
      return bar;
    });
  });
}

/** @param {Item[]} items @param {number} wide @param {(v: number) => number} y @returns {Element[]} */
function line(items, wide, y) {
  let d = '';
  let pen = false;
  /** @type {Element[]} */
  const dots = [];
  items.forEach((item, i) => {
    if (item.value === undefined) {
      pen = false;
      return;
    }
    if (items.length <= DOTS) dots.push(s('circle', { cx: (LEFT + (i + 0.5) * wide).toFixed(1), cy: y(item.value).toFixed(1), r: 2.2, class: 'chart-dot' }));
    d += `${pen ? 'L' : 'M'}${(LEFT + (i + 0.5) * wide).toFixed(1)} ${y(item.value).toFixed(1)}`;
    pen = true;
  });
  return [s('path', { d, class: 'chart-curve' }), ...dots];
}
