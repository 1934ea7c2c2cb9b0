// The shapes of the marks on the timeline, as lines on a 12 × 12 grid. Each says
// by its form what it is; its colour only says it once more.

import { s } from '../dom/dom.js';

/** @type {Record<string, string>} */
const SHAPES = {
  miss: 'M3.2 3.2l5.6 5.6M8.8 3.2l-5.6 5.6',
  failed: 'M6 2.4v4.4M6 9.4v.2',
  crash: 'M7 1.6L3.2 6.8h5.6L5 10.6',
  mode: 'M2.2 4.4h7.2M7.6 2.4l2 2-2 2M9.8 8H2.6M4.4 6l-2 2 2 2',
  wait: 'M3 5.6h6v4.2H3zM4.4 5.6V4a1.6 1.6 0 0 1 3.2 0v1.6',
  storeDown: 'M2.8 3.6c0-2 6.4-2 6.4 0v4.8c0 2-6.4 2-6.4 0zM1.4 10.6l9.2-9.2',
  storeUp: 'M2.8 3.6c0-2 6.4-2 6.4 0v4.8c0 2-6.4 2-6.4 0zM2.8 3.6c0 2 6.4 2 6.4 0',
  lost: 'M2.4 4.4h7.2M2.4 7.6h7.2M8.4 2L3.6 10',
  deadlock: 'M9.8 6A3.8 3.8 0 0 1 3.4 8.8M2.2 6a3.8 3.8 0 0 1 6.4-2.8M8.8 1.4v2h-2M3.2 10.6v-2h2',
  unheard: 'M2 3h8v5H6.4L4.4 9.8V8H2zM4 4.4l4 2.2',
};

/** Other lines of the timeline, on the same grid. @type {Record<string, string>} */
const LINES = {
  back: 'M7.6 2.6L4.2 6l3.4 3.4',
  on: 'M4.4 2.6L7.8 6l-3.4 3.4',
  now: 'M2.6 2.6L6 6 2.6 9.4M8.8 2.6v6.8',
  link: 'M5 7a2.1 2.1 0 0 0 3 0l1.7-1.7a2.1 2.1 0 0 0-3-3l-.8.8M7 5a2.1 2.1 0 0 0-3 0L2.3 6.7a2.1 2.1 0 0 0 3 3l.8-.8',
  undo: 'M4.8 2.4L2.2 5l2.6 2.6M2.4 5h4.4a2.6 2.6 0 0 1 0 5.2H4.6',
  done: 'M2.8 6.4l2.2 2.2 4.2-5',
};

/** @param {string} name of a mark, or of another line */
export function shape(name) {
  return s('svg', { class: 'icon', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, s('path', { d: SHAPES[name] ?? LINES[name] ?? '' }));
}
