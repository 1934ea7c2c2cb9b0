import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sentence } from '../js/words/problems.js';

const korean = JSON.parse(readFileSync(new URL('../lang/problems/ko.json', import.meta.url), 'utf8'));

/** The golden file of the Go tests: an error as it crosses the wire. */
const { message } = JSON.parse(readFileSync(new URL('../../server/wire/testdata/error.json', import.meta.url), 'utf8'));

test('a mistake in a command is told in the reader\'s language', () => {
  assert.equal(sentence(message, korean), 'workers: "99" 값은 쓸 수 없어요. 쓸 수 있는 값: 1부터 16까지, 또는 max(코어 수만큼).');
});

test('what is allowed has places of its own, and what people wrote is none', () => {
  const args = { key: 'crash', value: '"{pids}"', allowed: 'the number of a running worker: {pids}', pids: '1, 2' };
  assert.equal(sentence({ ...message, say: 'scenario.impossible', args }, korean), 'crash: "{pids}" 값은 쓸 수 없어요. 쓸 수 있는 값: 돌고 있는 워커의 번호: 1, 2.');
});

test('what has no sentence is told as the server does', () => {
  assert.equal(sentence({ type: 'error', code: 'never-heard', key: '', text: 'No.' }, korean), 'No.');
  assert.equal(sentence({ type: 'error', code: 'bad-message', key: '', text: 'No.' }, korean), '서버가 읽을 수 없는 메시지예요. (No.)');
});
