// A picture for a slide: the stage as it stands, and below it what it tells, at
// which moment of which run, and where that run is.

import { s } from '../dom/dom.js';
import { lines, within } from './lines.js';
import { ORIGIN, snapshot } from './snapshot.js';

/** What stands below the stage. about: which run, and its moment; address: where it is. @typedef {{sentence: string, about: string, address: string}} Caption */

/** Sizes of type and the distance of lines, px. */
const SENTENCE = 19;
const SMALL = 13;
const LEADING = 1.4;

/** Lines of the sentence at most; a narrow picture has more. */
const LINES = 2;
const NARROW = 640;
const NARROW_LINES = 3;

/**
 * @param {HTMLElement} root @param {Caption} caption
 * @param {{moving?: boolean, steady?: boolean}} [what] moving: with what flies; steady: there is room for all lines always, so that a film keeps its size
 */
export function slide(root, { sentence, about, address }, { moving = true, steady = false } = {}) {
  const stage = snapshot(root, { moving });
  const { width, height } = stage.viewBox.baseVal;
  const style = getComputedStyle(document.body);
  const muted = getComputedStyle(document.documentElement).getPropertyValue('--muted').trim();
  const family = style.fontFamily;
  const x = ORIGIN + parseFloat(getComputedStyle(root).paddingInlineStart);
  const room = width - 2 * x;
  const most = width < NARROW ? NARROW_LINES : LINES;
  let y = height;
  /** @param {string} text @param {number} size @param {string} fill */
  const line = (text, size, fill) => {
    y += size * LEADING;
    return s('text', { x, y: y - size * 0.35, fill, 'font-family': family, 'font-size': size }, text);
  };
  const told = lines(sentence, within(`${SENTENCE}px ${family}`, room), most).map((text) => line(text, SENTENCE, style.color));
  y = height + (steady ? most : told.length) * SENTENCE * LEADING + 4;
  const fits = within(`${SMALL}px ${family}`, room);
  const small = lines(about, fits, 1).map((text) => line(text, SMALL, muted));
  const link = s('a', { href: address }, ...lines(address, fits, 1).map((text) => line(text, SMALL, muted)));
  const whole = Math.ceil(y + ORIGIN);
  return s('svg', { width, height: whole, viewBox: `0 0 ${width} ${whole}` },
    s('title', {}, sentence), s('desc', {}, `${about}\n${address}`),
    s('rect', { width, height: whole, fill: style.backgroundColor }), stage, ...told, ...small, link);
}
