// A picture to take away: SVG as it is on the screen, its styles written into
// it, and PNG made of that.

import { s } from '../dom/dom.js';
import { lines, within } from './lines.js';

/** @typedef {{svg: SVGSVGElement, title: string, words: string, about: string, name: string}} Picture words: what it comes to; about: which run; name: of the file, without its ending */

/** A PNG is so many times larger than the picture on the screen, so that it is sharp on a slide. */
const SHARP = 2;

/** Room for the words above a chart, for those below it, and at its sides. */
const HEAD = 46;
const FOOT = 26;
const SIDE = 8;

/** What a picture in a file no longer has from a style sheet. */
const STYLES = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin',
  'font-family', 'font-size', 'font-weight', 'opacity', 'visibility', 'text-anchor',
];

/**
 * Copies an SVG element with the styles that it has on the screen.
 * @template {Element} E
 * @param {E} element
 * @returns {E}
 */
export function inlined(element) {
  const copy = /** @type {E} */ (element.cloneNode(false));
  for (const name of ['class', 'style', 'tabindex', 'role', 'aria-label', 'aria-hidden', 'data-ink']) copy.removeAttribute(name);
  const style = getComputedStyle(element);
  if (style.display === 'none') return copy;
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value) copy.setAttribute(name, value);
  }
  for (const child of element.childNodes) copy.append(child instanceof Element ? inlined(child) : child.cloneNode(true));
  return copy;
}

/**
 * A chart or another drawing as a file has it: with a ground, a title, and the run that it is of.
 * @param {Picture} picture
 */
export function standing({ svg, title, words, about }) {
  const { width, height } = svg.viewBox.baseVal;
  const copy = inlined(svg);
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--card').trim();
  const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
  const muted = getComputedStyle(document.documentElement).getPropertyValue('--muted').trim();
  const [wide, high] = [width + 2 * SIDE, HEAD + height + FOOT];
  const whole = s('svg', { viewBox: `0 0 ${wide} ${high}`, width: wide * 2, height: high * 2 });
  copy.setAttribute('x', String(SIDE));
  copy.setAttribute('y', String(HEAD));
  copy.setAttribute('overflow', 'visible'); // else what stands at the edge is cut
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const font = getComputedStyle(document.body).fontFamily;
  whole.append(s('title', {}, title), s('rect', { width: '100%', height: '100%', fill: ground }),
    s('text', { x: 10, y: 20, fill: ink, 'font-size': 12, 'font-weight': 650, 'font-family': font }, title),
    s('text', { x: 10, y: 35, fill: ink, 'font-size': 9, 'font-family': font }, words), copy,
    ...lines(about, within(`7px ${font}`, width), 2).map((text, i) => s('text', { x: 10, y: HEAD + height + 10 + i * 10, fill: muted, 'font-size': 7, 'font-family': font }, text)));
  return whole;
}

/** The text of a file. @param {SVGSVGElement} svg */
export function textOf(svg) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** @param {SVGSVGElement} svg @returns {Promise<HTMLImageElement>} */
export async function imageOf(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  return image;
}

/** @param {Picture} picture */
export function saveSvg(picture) {
  save(new Blob([textOf(standing(picture))], { type: 'image/svg+xml' }), `${picture.name}.svg`);
}

/** @param {Picture} picture */
export async function savePng(picture) {
  save(await png(standing(picture), 1), `${picture.name}.png`);
}

/** @param {SVGSVGElement} svg with a width and a height @param {number} [times] @returns {Promise<Blob>} */
export async function png(svg, times = SHARP) {
  const image = await imageOf(svg);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(Number(svg.getAttribute('width')) * times);
  canvas.height = Math.round(Number(svg.getAttribute('height')) * times);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png');
  });
}

/** Hands a file to the reader. @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  document.documentElement.dataset.saved = name;
}
