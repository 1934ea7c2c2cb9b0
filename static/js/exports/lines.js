// Texts in pictures, which do not break into lines by themselves.

const ruler = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');

/**
 * Whether a text fits into some room.
 * @param {string} font as style sheets have it @param {number} room px
 * @returns {(text: string) => boolean}
 */
export const within = (font, room) => (text) => {
  if (!ruler) return true;
  ruler.font = font;
  return ruler.measureText(text).width <= room;
};

/**
 * Breaks a text into lines; what is too long for the last one, or a word that is
 * for any, is cut. Pure.
 * @param {string} text @param {(text: string) => boolean} fits @param {number} most
 */
export function lines(text, fits, most) {
  /** @type {string[]} */
  const all = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = all.length ? `${all[all.length - 1]} ${word}` : word;
    if (all.length && (all.length === most || fits(longer))) all[all.length - 1] = longer;
    else all.push(word);
  }
  return all.map((line) => {
    if (fits(line)) return line;
    const letters = [...line];
    while (letters.length && !fits(`${letters.join('')}…`)) letters.pop();
    return `${letters.join('').trimEnd()}…`;
  });
}
