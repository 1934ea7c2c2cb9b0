// The colours of the style sheets, for what is drawn on a canvas.

/** @type {Map<string, string>} */
const cache = new Map();

/** The colour of an ink, or of another custom property of the page. @param {string} name without the dashes */
export function colour(name) {
  const key = name === 'none' ? 'gone' : name;
  let value = cache.get(key);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(`--${key}`).trim() || '#888';
    cache.set(key, value);
  }
  return value;
}

let font = '';

/** The page's typeface, for a canvas. It does not change, and asking for it again and again is dear. */
export function typeface() {
  font ||= getComputedStyle(document.body).fontFamily;
  return font;
}

/** @type {WeakMap<CanvasRenderingContext2D, {css: string, width: number, height: number}>} */
const fonts = new WeakMap();

/**
 * Sets the font of a canvas, unless it has it: the browser finds out about the
 * whole page's style each time. A canvas of another size has forgotten it.
 * @param {CanvasRenderingContext2D} c @param {number} weight @param {number} size px
 */
export function write(c, weight, size) {
  const css = `${weight} ${size}px ${typeface()}`;
  const { width, height } = c.canvas;
  const known = fonts.get(c);
  if (known && known.css === css && known.width === width && known.height === height) return;
  fonts.set(c, { css, width, height });
  c.font = css;
}

/** The theme changed: ask again. */
export const forgetColours = () => cache.clear();
