// Icons as lines on a 16 × 16 grid, drawn in the colour of the text around them.

import { s } from './dom.js';

/** @type {Record<string, string>} */
const LINES = {
  play: 'M5 3.2v9.6l7.6-4.8z',
  pause: 'M5.2 3.4v9.2M10.8 3.4v9.2',
  step: 'M3.6 3.4v9.2l6.4-4.6zM12.4 3.4v9.2',
  reset: 'M3.4 8a4.6 4.6 0 1 0 1.5-3.4M3.2 2.6v2.9h2.9',
  minus: 'M3.6 8h8.8',
  plus: 'M3.6 8h8.8M8 3.6v8.8',
  help: 'M5.9 6.1a2.1 2.1 0 1 1 3.2 1.8c-.8.5-1.1.9-1.1 1.7M8 11.9v.2',
  auto: 'M8 2.6a5.4 5.4 0 1 0 0 10.8zM8 2.6a5.4 5.4 0 0 1 0 10.8',
  light: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1',
  dark: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6',
  close: 'M4 4l8 8M12 4l-8 8',
  worlds: 'M2.4 3.4h4.4v9.2H2.4zM9.2 3.4h4.4v9.2H9.2z',
  chart: 'M2.6 13.2h10.8M4.4 10.8V7.6M8 10.8V3.4M11.6 10.8V5.8',
  share: 'M8 9.6v-7M5.2 5.2L8 2.4l2.8 2.8M5 7.4H3v6h10v-6h-2',
  save: 'M8 2.6v7M5.2 7l2.8 2.8L10.8 7M3 12.8h10',
  projector: 'M1.8 3h12.4M2.8 3v7.4h10.4V3M8 10.4v3M5.4 13.6h5.2M6.6 5.2v3l2.6-1.5z',
  full: 'M2.6 6V2.6H6M10 2.6h3.4V6M13.4 10v3.4H10M6 13.4H2.6V10',
  shrink: 'M6 2.6V6H2.6M13.4 6H10V2.6M10 13.4V10h3.4M2.6 10H6v3.4',
  transcript: 'M2.8 3.4h10.4M2.8 6.6h10.4M2.8 9.8h10.4M2.8 13h6',
  all: 'M3.4 8h.01M8 8h.01M12.6 8h.01',
  find: 'M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8M10.2 10.2l3.4 3.4',
  truth: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M8 7.2v3.6M8 5v.1',
  back: 'M9.6 3.4L5 8l4.6 4.6',
  code: 'M5.4 4.4L1.8 8l3.6 3.6M10.6 4.4L14.2 8l-3.6 3.6',
  why: 'M5.9 6.1a2.1 2.1 0 1 1 3.2 1.8c-.8.5-1.1.9-1.1 1.7M8 11.9v.2',
  settings: 'M2.6 5h6.2M12.4 5h1M2.6 11h1M7.2 11h6.2M10.6 3.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6M5.4 9.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6',
};

/** Marks of a strip, on a 12 × 12 grid. @type {Record<string, string>} */
const MARKS = {
  '+': 'M2.8 6.4l2.2 2.2 4.2-5',
  '-': 'M3.2 3.2l5.6 5.6M8.8 3.2l-5.6 5.6',
  L: 'M2 6h4.6M4.6 3.8l2.2 2.2-2.2 2.2M9.4 2.8v6.4',
  O: 'M5.2 6h4.6M7.8 3.8L10 6l-2.2 2.2M2.6 2.8v6.4',
  C: 'M6 3v6M3 6h6',
  R: 'M3 9V6.4M6 9V3M9 9V4.8',
  N: 'M4.6 2.6L3.8 9.4M8.2 2.6l-.8 6.8M2.6 4.8h7M2.4 7.2h7',
  T: 'M2.2 3h7.6v4.8H6.2L4 9.6V7.8H2.2z',
  M: 'M2.2 4.4h7.4M7.8 2.6l1.8 1.8-1.8 1.8M9.8 8H2.4M4.2 6.2L2.4 8l1.8 1.8',
  P: 'M4 9.4V2.8h2.4a1.9 1.9 0 0 1 0 3.8H4',
  '!': 'M6 2.6v4.2M6 9.2v.2',
  4: 'M7.4 9.4V2.8L3.4 7.4h5.4',
  H: 'M6 2.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8M6 5.9v.2',
  5: 'M8 3H4.6l-.4 2.8c2.4-.9 4 .1 4 1.6 0 1.9-2.6 2.4-4.3 1.1',
};

/** @param {string} name */
export function icon(name) {
  return s('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    s('path', { d: LINES[name], class: name === 'play' || name === 'step' ? 'solid' : undefined }));
}

/** The longest number that fits into a mark. */
const NUMBER = 3;

/** The shape of a mark; a number stands for itself. @param {string} name */
export function markShape(name) {
  const number = name.slice(1);
  return s('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' },
    number ? s('text', { x: 6, y: 9 }, number.length > NUMBER ? '…' : number) : s('path', { d: MARKS[name] ?? '' }));
}

/** The same shape for a canvas. @param {string} name */
export const markPath = (name) => new Path2D(MARKS[name] ?? '');
