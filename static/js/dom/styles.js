// Style sheets: each comes when what it dresses is asked for.

/** @type {Map<string, Promise<CSSStyleSheet | null>>} */
const asked = new Map();

/**
 * Loads a style sheet once; settles when its rules are there, with the sheet.
 * Without it the panel is plain, and works; the next who asks may get it.
 * @param {string} name of a file in css/
 */
export function styles(name) {
  let there = asked.get(name);
  if (!there) {
    there = new Promise((resolve) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.crossOrigin = 'anonymous'; // else a page in a strict sandbox may not touch its rules
      link.addEventListener('load', () => resolve(link.sheet));
      link.addEventListener('error', () => {
        asked.delete(name);
        link.remove();
        resolve(null);
      });
      link.href = new URL(`../../css/${name}.css`, import.meta.url).href;
      document.head.append(link);
    });
    asked.set(name, there);
  }
  return there;
}
