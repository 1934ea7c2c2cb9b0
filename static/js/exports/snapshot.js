// The stage as SVG: every box, text and line as it lies on the screen, in plain
// shapes that drawing programs understand.

import { s } from '../dom/dom.js';
import { inlined } from './picture.js';

/** What is a control and no part of the picture. */
const LEFT_OUT = '.views, .truth-link, dialog, .buttons, summary, [hidden]';

/** Room around the picture, px. */
const MARGIN = 16;

let clips = 0;

/**
 * @param {HTMLElement} root
 * @param {{moving?: boolean}} [what] moving: with what flies
 * @returns {SVGSVGElement} with a width and a height
 */
export function snapshot(root, { moving = true } = {}) {
  const box = root.getBoundingClientRect();
  const width = Math.ceil(box.width) + 2 * MARGIN;
  const height = Math.ceil(box.height) + 2 * MARGIN;
  const paper = getComputedStyle(document.body).backgroundColor;
  const all = s('g', { transform: `translate(${MARGIN - box.left} ${MARGIN - box.top})` });
  const svg = s('svg', { width, height, viewBox: `0 0 ${width} ${height}` },
    s('title', {}, root.querySelector('h1')?.textContent ?? 'Procession'), s('rect', { width, height, fill: paper }), all);
  clips = 0;
  copy(root, all, moving);
  return svg;
}

/** Where the corner of the root is in its snapshot. */
export const ORIGIN = MARGIN;

/** @param {Element} element @param {Element} into @param {boolean} moving */
function copy(element, into, moving) {
  if (element.matches(LEFT_OUT)) return;
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return;
  const box = element.getBoundingClientRect();
  if (element instanceof SVGSVGElement) {
    drawing(element, box, into);
    return;
  }
  if (element instanceof HTMLCanvasElement) {
    if (moving || !element.classList.contains('flights')) canvas(element, box, into);
    return;
  }
  if (style.position === 'absolute' && box.width <= 1 && box.height <= 1) return; // for those who listen
  let target = into;
  if (style.opacity !== '1') {
    target = s('g', { opacity: style.opacity });
    into.append(target);
  }
  frame(box, style, target);
  if (/hidden|clip|auto|scroll/.test(style.overflow) && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
    const id = `clip-${++clips}`;
    const inner = s('g', { 'clip-path': `url(#${id})` });
    target.append(s('clipPath', { id }, s('rect', { x: box.left, y: box.top, width: box.width, height: box.height })), inner);
    target = inner;
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) copy(child, target, moving);
    else if (child instanceof Text) words(child, style, target);
  }
}

/** The ground and the border of a box. @param {DOMRect} box @param {CSSStyleDeclaration} style @param {Element} into */
function frame(box, style, into) {
  if (!box.width || !box.height) return;
  const line = parseFloat(style.borderTopWidth);
  const even = [style.borderLeftWidth, style.borderBottomWidth, style.borderRightWidth].every((w) => parseFloat(w) === line);
  const ground = clear(style.backgroundColor) ? 'none' : style.backgroundColor;
  const stroke = even && line > 0 && style.borderTopStyle !== 'none' && !clear(style.borderTopColor) ? style.borderTopColor : 'none';
  if (ground !== 'none' || stroke !== 'none') {
    const inset = stroke === 'none' ? 0 : line / 2;
    const corner = style.borderTopLeftRadius.endsWith('%') ? Math.min(box.width, box.height) / 2 : parseFloat(style.borderTopLeftRadius) || 0;
    into.append(s('rect', {
      x: box.left + inset, y: box.top + inset, width: Math.max(0, box.width - 2 * inset), height: Math.max(0, box.height - 2 * inset),
      rx: Math.max(0, Math.min(corner, box.height / 2) - inset), fill: ground, stroke, 'stroke-width': stroke === 'none' ? undefined : line,
      'stroke-dasharray': stroke !== 'none' && style.borderTopStyle === 'dashed' ? `${line * 2.5} ${line * 2}` : undefined,
    }));
  }
  if (even) return;
  /** @type {[string, string, number, number, number, number][]} */
  const sides = [
    [style.borderBottomWidth, style.borderBottomColor, box.left, box.bottom, box.width, -1], [style.borderTopWidth, style.borderTopColor, box.left, box.top, box.width, 0],
  ];
  for (const [size, colour, x, y, wide, up] of sides) {
    const thick = parseFloat(size);
    if (thick > 0 && !clear(colour)) into.append(s('rect', { x, y: y + up * thick, width: wide, height: thick, fill: colour }));
  }
  const left = parseFloat(style.borderLeftWidth);
  if (left > 0 && !clear(style.borderLeftColor)) into.append(s('rect', { x: box.left, y: box.top, width: left, height: box.height, fill: style.borderLeftColor }));
}

/** @param {string} colour */
const clear = (colour) => colour === 'transparent' || /^rgba\(.*, 0\)$|\/ 0\)$/.test(colour);

const ruler = document.createElement('canvas').getContext('2d');

/** A text, line by line as it was broken. @param {Text} node @param {CSSStyleDeclaration} style @param {Element} into */
function words(node, style, into) {
  if (!node.data.trim()) return;
  const range = document.createRange();
  /** @type {{text: string, left: number, top: number, height: number}[]} */
  const lines = [];
  for (const { index, 0: word } of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const [box] = range.getClientRects();
    if (!box || !box.width) continue;
    const last = lines[lines.length - 1];
    if (last && Math.abs(last.top - box.top) < 2) last.text += word;
    else lines.push({ text: word, left: box.left, top: box.top, height: box.height });
  }
  if (ruler) ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const size = ruler?.measureText('x');
  const share = size ? size.fontBoundingBoxAscent / (size.fontBoundingBoxAscent + size.fontBoundingBoxDescent) : 0.8;
  for (const { text, left, top, height } of lines) {
    into.append(s('text', {
      x: left, y: top + height * share, fill: style.color, 'font-family': style.fontFamily, 'font-size': style.fontSize,
      'font-weight': style.fontWeight, 'font-style': style.fontStyle === 'normal' ? undefined : style.fontStyle,
      'letter-spacing': style.letterSpacing === 'normal' ? undefined : style.letterSpacing, 'xml:space': 'preserve',
    }, text.trimEnd()));
  }
}

/** @param {SVGSVGElement} svg @param {DOMRect} box @param {Element} into */
function drawing(svg, box, into) {
  const inner = inlined(svg);
  const style = getComputedStyle(svg);
  if (!clear(style.backgroundColor)) into.append(s('rect', { x: box.left, y: box.top, width: box.width, height: box.height, rx: parseFloat(style.borderTopLeftRadius) || 0, fill: style.backgroundColor }));
  for (const [name, value] of Object.entries({ x: box.left, y: box.top, width: box.width, height: box.height, overflow: 'visible' })) inner.setAttribute(name, String(value));
  into.append(inner);
}

/** @param {HTMLCanvasElement} element @param {DOMRect} box @param {Element} into */
function canvas(element, box, into) {
  if (!element.width || !element.height) return;
  into.append(s('image', { x: box.left, y: box.top, width: box.width, height: box.height, href: element.toDataURL('image/png') }));
}
