// Style sheets of what loads later.

/** @type {Map<string, Promise<void>>} */
const asked = new Map();

/**
 * Loads a style sheet once; settles when its rules are there. Without it the
 * panel is plain, and works.
 * @param {string} name of a file in css/
 */
export function styles(name) {
  let there = asked.get(name);
  if (!there) {
    there = new Promise((resolve) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.addEventListener('load', () => resolve());
      link.addEventListener('error', () => resolve());
      link.href = new URL(`../../css/${name}.css`, import.meta.url).href;
      document.head.append(link);
    });
    asked.set(name, there);
  }
  return there;
}
