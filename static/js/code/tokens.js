// Comments, strings and keywords of Go and JavaScript: enough to see the shape
// of a text. Pure.

/** kind: comment, string, word (a keyword) or empty. @typedef {{text: string, kind: '' | 'comment' | 'string' | 'word'}} Token */

const WORDS = {
  go: 'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var nil true false',
  js: 'as async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while yield',
};

/** What opens something that may go on in the next line, and what ends it. @type {Record<string, {end: string, kind: 'comment' | 'string', escapes: boolean}>} */
const LONG = {
  '/*': { end: '*/', kind: 'comment', escapes: false },
  '`': { end: '`', kind: 'string', escapes: true },
};

/**
 * The tokens of each line.
 * @param {string[]} lines @param {string} language go or js
 * @returns {Token[][]}
 */
export function tokens(lines, language) {
  const words = new Set((language === 'go' ? WORDS.go : WORDS.js).split(' '));
  /** What is open at the end of the line before. */
  let open = '';
  return lines.map((line) => {
    /** @type {Token[]} */
    const list = [];
    /** @param {string} text @param {Token['kind']} kind */
    const push = (text, kind) => {
      const last = list.at(-1);
      if (last?.kind === kind) last.text += text;
      else if (text) list.push({ text, kind });
    };
    let at = 0;
    while (at < line.length) {
      if (open) {
        const { kind, end, escapes } = LONG[open];
        const to = closing(line, at, end, escapes && language !== 'go');
        push(line.slice(at, to < 0 ? line.length : to), kind);
        if (to < 0) break;
        at = to;
        open = '';
        continue;
      }
      const rest = line.slice(at);
      const opener = rest.startsWith('/*') ? '/*' : rest[0] === '`' ? '`' : '';
      if (opener) {
        push(opener, LONG[opener].kind);
        at += opener.length;
        open = opener;
        continue;
      }
      const [text, kind] = next(rest, words);
      push(text, kind);
      at += text.length;
    }
    return list;
  });
}

/**
 * The next piece of a line.
 * @param {string} rest not empty @param {Set<string>} words
 * @returns {[string, Token['kind']]}
 */
function next(rest, words) {
  if (rest.startsWith('//')) return [rest, 'comment'];
  const string = /^("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/.exec(rest);
  if (string) return [string[0], 'string'];
  const word = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest);
  // A name after a dot is a name, whatever it looks like.
  if (word) return [word[0], words.has(word[0]) ? 'word' : ''];
  const dotted = /^\.[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest);
  if (dotted) return [dotted[0], ''];
  return [rest[0], ''];
}

/**
 * Where something that is open ends, -1 when not in this line.
 * @param {string} line @param {number} from @param {string} end @param {boolean} escapes
 */
function closing(line, from, end, escapes) {
  for (let i = from; i < line.length; i++) {
    if (escapes && line[i] === '\\') i++;
    else if (line.startsWith(end, i)) return i + end.length;
  }
  return -1;
}
