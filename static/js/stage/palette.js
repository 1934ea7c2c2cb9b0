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

/** The theme changed: ask again. */
export const forgetColours = () => cache.clear();
