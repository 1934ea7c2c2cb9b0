import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { particle } from '../js/words/korean.js';

test('a particle has the form that belongs behind the word', () => {
  /** @type {[string, string, string][]} */
  const rows = JSON.parse(readFileSync(new URL('particles.json', import.meta.url), 'utf8'));
  for (const [word, form, want] of rows) assert.equal(particle(word, form), want, `${word} + ${form}`);
});
