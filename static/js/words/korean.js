// Korean particles behind words whose sound is only known when a sentence is
// made: numbers, names in Latin letters. The server has the same rule
// (server/korean); both are held against one table. Pure.

/** @typedef {'open' | 'closed' | 'rieul'} Final how a word ends in speech: with a vowel, with a consonant, with ㄹ (after which 으로 is 로) */

/** The pairs by the form after a consonant. @type {Record<string, string>} */
const PARTICLES = { 은: '는', 이: '가', 을: '를', 과: '와', 으로: '로', 이에요: '예요', 이라: '라', 아: '야' };

/** The ends of 영 일 이 삼 사 오 육 칠 팔 구. @type {Final[]} */
const DIGITS = ['closed', 'rieul', 'open', 'closed', 'open', 'open', 'closed', 'rieul', 'rieul', 'open'];

/** The ends of the names of letters that are not open: 엘, 엠, 엔, 아르. @type {Record<string, Final>} */
const LETTERS = { L: 'rieul', M: 'closed', N: 'closed', R: 'rieul' };

/** The ends of words in Latin letters that are not open; the last e of the first ones is silent. @type {[RegExp, Final][]} */
const HEARD = [[/le$/, 'rieul'], [/[nm]e$/, 'closed'], [/e$/, 'open'], [/l$/, 'rieul'], [/(ng|[mnbkpt])$/, 'closed']];

/** @param {string} word @returns {Final} */
function ends(word) {
  // What is no letter and no digit is not spoken.
  const spoken = word.replace(/[^\p{L}\p{Nd}%]+$/u, '');
  const last = spoken.at(-1) ?? '%';
  if (last === '%') return 'open';
  if (last >= '가' && last <= '힣') {
    const consonant = (last.charCodeAt(0) - 0xac00) % 28;
    return consonant === 0 ? 'open' : consonant === 8 ? 'rieul' : 'closed';
  }
  if (last >= '0' && last <= '9') return DIGITS[Number(last)];
  if (/[0-9] *(s|ms|us|µs|KB|MB|GB)$/.test(spoken)) return 'open'; // 초, 바이트
  if (spoken.toUpperCase() === spoken) return LETTERS[last] ?? 'open';
  return HEARD.find(([end]) => end.test(spoken.toLowerCase()))?.[1] ?? 'open';
}

/**
 * The particle in the form that belongs behind a word.
 * @param {string} word @param {string} form the one after a consonant: 은, 이, 을, 과, 으로, 이에요, 이라, 아; another one is given back as it is
 */
export function particle(word, form) {
  const other = PARTICLES[form];
  if (other === undefined) return form;
  const end = ends(word);
  return end === 'open' || (end === 'rieul' && form === '으로') ? other : form;
}
