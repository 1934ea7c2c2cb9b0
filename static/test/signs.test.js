import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { GROUPS } from '../js/signs/signs.js';
import { named } from '../js/stage/chips.js';
import { use } from '../js/words/text.js';

/** @param {string} lang */
const catalogue = async (lang) => JSON.parse(await readFile(new URL(`../lang/${lang}.json`, import.meta.url), 'utf8'));

const signs = GROUPS.flatMap((group) => group.signs);

for (const lang of ['en', 'ko']) {
  test(`${lang}: every sign has its words, and no words are without a sign`, async () => {
    const { later } = await catalogue(lang);
    const known = Object.keys(later).filter((key) => key.startsWith('sign.')).map((key) => key.slice('sign.'.length));
    assert.deepEqual(signs.map((sign) => sign.name).sort(), known.sort());
    for (const { name } of GROUPS) assert.ok(later[`signs.${name}`], name);
    for (const name of known) assert.ok(later[`sign.${name}`].length < 190, `${name} is short`);
  });
}

test('a session is named by what is seen of it, and by what it holds', async () => {
  const sid = 'a8be0123456789abcdef0123456789ab';
  use(await catalogue('en'));
  assert.equal(named(sid, 'Ada', 0), 'session a8be of Ada, logged in');
  assert.equal(named(sid, 'Ada', 2), 'session a8be of Ada, logged in, cart of 2');
  assert.equal(named(sid, '', 1), 'session a8be, nobody logged in, cart of 1');
  use(await catalogue('ko'));
  assert.equal(named(sid, 'Ada', 2), 'Ada의 세션 a8be, 로그인된 상태, 장바구니에 2개');
});
