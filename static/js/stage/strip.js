// A visitor's last answers as a row of marks.

import { h, setChildren } from '../dom/dom.js';
import { markShape } from '../dom/icons.js';
import { t } from '../words/text.js';

/** @typedef {import('../run/model.js').Cell} Cell */

/** The class of a mark: what it means to the visitor. @type {Record<string, string>} */
const MEANING = { '+': 'good', '-': 'bad', '!': 'bad', 4: 'bad', 5: 'bad' };

export class Strip {
  element = h('span', { class: 'strip', 'aria-hidden': 'true' });
  /** In another run the same request has another answer, and what an answer tells of may be known only when the past is. @type {Map<string, HTMLElement>} */
  #cells = new Map();

  /** @param {Cell[]} cells @param {number} most how many are shown @param {number[]} spared requests whose answers tell of a change of mode alone */
  show(cells, most, spared) {
    const shown = cells.slice(-most);
    /** @type {Map<string, HTMLElement>} */
    const next = new Map();
    for (const cell of shown) {
      const pale = isPale(cell, spared);
      const key = `${cell.req} ${cell.pid} ${cell.mark} ${pale}`;
      next.set(key, this.#cells.get(key) ?? make(cell, pale));
    }
    this.#cells = next;
    setChildren(this.element, [...next.values()]);
  }
}

/** Whether a mark tells of a change of mode alone: whoever asked for something else got it. @param {Cell} cell @param {number[]} spared */
export const isPale = ({ mark, req }, spared) => mark === '-' && spared.includes(req);

/** @param {Cell} cell @param {boolean} spared */
function make(cell, spared) {
  const element = h('i', {
    class: `cell ${spared ? 'spared' : MEANING[cell.mark] ?? 'act'}`,
    'data-why': `request:${cell.req}`,
    'data-cell': cell.mark,
    'data-is': (spared ? t('mark.spared') : markWord('mark', cell.mark)) + (cell.pid ? `, ${t('process.n', { pid: cell.pid })}` : ''),
  }, markShape(cell.mark));
  if (cell.pid) element.style.setProperty('--ink-of', `var(--p${cell.pid})`);
  return element;
}

/** What a mark means, from a part of the catalogue. @param {string} part @param {string} mark */
export const markWord = (part, mark) => t(`${part}.${mark[0]}`, { number: mark.slice(1) });

/** The strip in letters, for those who read attributes. @param {Cell[]} cells */
export const letters = (cells) => cells.map((c) => c.mark + c.cookie).join(' ');
