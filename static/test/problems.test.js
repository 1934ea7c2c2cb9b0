import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { refusal, sentence } from '../js/words/problems.js';

/** @param {string} lang */
const wordsOf = (lang) => JSON.parse(readFileSync(new URL(`../lang/problems/${lang}.json`, import.meta.url), 'utf8'));

const korean = wordsOf('ko');

/** The golden file of the Go tests: an error as it crosses the wire. */
const { message } = JSON.parse(readFileSync(new URL('../../server/wire/testdata/error.json', import.meta.url), 'utf8'));

test('a mistake in a command is told in the reader\'s language', () => {
  assert.equal(sentence(message, korean), 'workers: "99" 값은 쓸 수 없어요. 쓸 수 있는 값: 1부터 16까지, 또는 max(코어 수만큼).');
});

test('what is allowed has places of its own, and what people wrote is none', () => {
  const args = { key: 'crash', value: '"{pids}"', allowed: 'the number of a running worker: {pids}', pids: '1, 2' };
  assert.equal(sentence({ ...message, say: 'scenario.impossible', args }, korean), 'crash: "{pids}" 값은 쓸 수 없어요. 쓸 수 있는 값: 돌고 있는 프로세스의 번호: 1, 2.');
});

test('a command that cannot be carried out now is told of in words for who pressed something', () => {
  const args = { key: 'crash', value: '"1"', allowed: 'the number of a running worker: {pids}', pids: '2' };
  const problem = { ...message, say: 'scenario.impossible', args };
  assert.equal(refusal(problem, wordsOf('en')), 'Process 1 is not running now, so that cannot be done to it. Running: 2.');
  assert.equal(refusal(problem, korean), '1번 프로세스는 지금 돌고 있지 않아서 그렇게 할 수 없어요. 돌고 있는 프로세스: 2.');
  assert.equal(refusal(message, korean), undefined, 'a mistake in what somebody wrote');
  const refused = readFileSync(new URL('../../sim/cluster/command.go', import.meta.url), 'utf8');
  for (const words of [wordsOf('en'), korean]) {
    const all = [...refused.matchAll(/return wrong\((?:[^,()]|\([^()]*\))+, "([^"]+)"/g)].map(([, allowed]) => allowed);
    assert.ok(all.length >= 10);
    for (const allowed of all) assert.ok(words.refused[allowed], allowed);
  }
});

test('what has no sentence is told as the server does', () => {
  assert.equal(sentence({ type: 'error', code: 'never-heard', key: '', text: 'No.' }, korean), 'No.');
  assert.equal(sentence({ type: 'error', code: 'bad-message', key: '', text: 'No.' }, korean), '서버가 읽을 수 없는 메시지예요. (No.)');
});
