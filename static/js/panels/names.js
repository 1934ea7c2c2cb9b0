// Names of visitors: which may be given, and which comes next. The rules are
// those of the grammar, where they are checked again. Pure.

/** The longest name, in characters. */
const LONGEST = 24;

/** People to whom computing owes something; after them come numbers. */
const PEOPLE = ('Ada Grace Linus Alan Barbara Edsger Margaret Dennis Radia Ken Frances Donald Katherine Tim Hedy Leslie Joan Niklaus '
  + 'Karen Bjarne Shafi Guido Annie Robin Lynn Vint Adele Claude Mary John Jean Konrad Evelyn Tony Anita Brian').split(' ');

/**
 * The next name that nobody has.
 * @param {{has: (name: string) => boolean, size: number}} taken
 */
export function nextName(taken) {
  const person = PEOPLE.find((name) => !taken.has(name));
  if (person) return person;
  let n = taken.size + 1;
  while (taken.has(`V${n}`)) n++;
  return `V${n}`;
}

/**
 * What is wrong with a name, as the end of a key of the catalogue; undefined when nothing is.
 * @param {string} name @param {{has: (name: string) => boolean}} taken
 */
export function fault(name, taken) {
  if (!name) return 'empty';
  if ([...name].length > LONGEST) return 'long';
  if (!/^[\p{L}][\p{L}\p{Nd}\p{M} .'_-]*$/u.test(name) || name.includes('  ')) return 'signs';
  if (taken.has(name)) return 'taken';
  return undefined;
}

/**
 * Those whose name begins, or has a word that begins, as written: at most so many.
 * @param {Iterable<string>} names @param {string} written @param {number} most
 */
export function find(names, written, most) {
  const want = written.trim().toLocaleLowerCase();
  const found = [];
  for (const name of names) {
    const low = name.toLocaleLowerCase();
    if (want && !low.startsWith(want) && !low.includes(` ${want}`)) continue;
    found.push(name);
    if (found.length === most) break;
  }
  return found;
}
