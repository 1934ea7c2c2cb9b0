import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { dated } from '../js/words/dated.js';
import { use } from '../js/words/text.js';

/** @param {number} us */
const tenths = (us) => `${(us / 1e6).toFixed(1)} s`;

test('what happened earlier than where time stands has its own moment', async () => {
  use(JSON.parse(await readFile(new URL('../lang/en.json', import.meta.url), 'utf8')));
  assert.equal(dated(9_600_000, 8_820_000, 'Ada is out.', tenths), '9.6 s. At 8.8 s: Ada is out.');
  assert.equal(dated(8_840_000, 8_820_000, 'Ada is out.', tenths), '8.8 s: Ada is out.');
  assert.equal(dated(9_600_000, NaN, 'Three visitors log in.', tenths), '9.6 s: Three visitors log in.');
});
