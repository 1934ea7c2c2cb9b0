import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Narrator } from '../js/words/narrate.js';
import { entriesOf, use } from '../js/words/own.js';
import { opWord, sentences, use as speak } from '../js/words/text.js';

const cases = JSON.parse(readFileSync(new URL('own.json', import.meta.url), 'utf8'));
const catalogue = JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8')).narrate;

test('words become entries of the catalogue as on the server', () => {
  for (const { words, entries } of cases) assert.deepEqual(entriesOf([words]), entries, JSON.stringify(words));
  assert.deepEqual(entriesOf(JSON.stringify([cases[0].words])), cases[0].entries);
});

test('what is no list of words has no entries', () => {
  for (const odd of [undefined, null, '', 'nothing', '{"name":"vote"}', {}, 7, [null, 7, 'vote', [], { name: ['vote'], word: {} }, { name: 'vote', says: 'x' }]]) assert.deepEqual(entriesOf(odd), {}, JSON.stringify(odd));
  assert.equal(Object.keys(entriesOf(Array.from({ length: 99 }, (_, i) => ({ name: `a${i}`, word: 'A' })))).length, 8);
});

test('an author is heard until another one speaks', () => {
  speak({ ui: {}, narrate: {} });
  use([{ name: 'vote', word: 'Vote', says: { 200: 'Counted.' } }]);
  assert.equal(opWord('vote'), 'Vote');
  assert.equal(sentences()['request.done.200.own.vote'], 'Counted.');
  use([{ name: 'page', word: 'Page' }]);
  assert.equal(opWord('vote'), 'vote');
  assert.equal(opWord('page'), 'Page');
  assert.deepEqual(Object.keys(sentences()), ['op.page']);
  use(undefined);
  assert.deepEqual(Object.keys(sentences()), []);
});

test('the sentence of an answer is the author’s', () => {
  const narrator = new Narrator({ ...catalogue, ...entriesOf([{ name: 'vote', word: 'Vote', says: { 200: 'Process {process} counts {visitor}: {value}.', 401: 'Not in.' } }]) });
  /** @param {object} e */
  const line = (e) => narrator.line(/** @type {any} */ ({ seq: 1, ts: 0, visitor: 'Ada', op: 'vote', pid: 2, req: 1, text: '3', ...e }));
  assert.equal(line({ kind: 'request.answered', status: 200 }), 'Process 2 counts Ada: 3.');
  assert.equal(line({ kind: 'request.done', status: 200, session: 'miss' }), 'Process 2 counts Ada: 3.');
  assert.equal(line({ kind: 'request.answered', status: 200, cookie: 'set', sid: '7f3a99', made: 101 }), 'Process 2 counts Ada: 3. The answer sets the cookie 7f3a.');
  assert.equal(line({ kind: 'request.answered', status: 401 }), 'Not in.');
  assert.notEqual(line({ kind: 'request.done', status: 401, chance: 1, why: 'elsewhere' }), 'Not in.');
  assert.equal(line({ kind: 'request.answered', status: 429 }), catalogue['request.answered.429'].replace('{Who}', 'Process 2').replace('{visitor}', 'Ada').replace('[[429|miss]]', '429'));
  assert.equal(line({ kind: 'request.sent', text: '' }), 'Ada asks for “Vote”.');
  assert.deepEqual(narrator.parts(/** @type {any} */ ({ seq: 1, ts: 0, kind: 'request.answered', status: 200, visitor: '{value}', op: 'vote', pid: 2, text: '[[3|miss]]' })), [
    { text: 'Process ', ink: '' }, { text: '2', ink: 'p2' }, { text: ' counts {value}: [[3|miss]].', ink: '' },
  ]);
});
