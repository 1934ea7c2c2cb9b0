import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';

import { patient } from '../js/patient.js';

/** @type {import('node:http').Server} */
let server;
let address = '';
/** What the server answers, one after the other; the last again and again. @type {[status: number, after?: string][]} */
let answers = [];
let asked = 0;

before(async () => {
  server = createServer((_, response) => {
    const [status, wait] = answers[Math.min(asked++, answers.length - 1)] ?? [500];
    response.writeHead(status, wait ? { 'Retry-After': wait } : {});
    response.end(String(status));
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', () => done(undefined)); });
  const at = server.address();
  address = typeof at === 'object' && at ? `http://127.0.0.1:${at.port}/` : '';
});
after(() => { server.close(); });
beforeEach(() => { asked = 0; });

test('a busy server is asked again when it says so, and it is told', async () => {
  answers = [[503, '0.02'], [503, '0.03'], [200]];
  /** @type {number[]} */
  const told = [];
  const answer = await patient(address, {}, (seconds) => told.push(seconds));
  assert.equal(await answer.text(), '200');
  assert.equal(asked, 3);
  assert.deepEqual(told, [0.02, 0, 0.03, 0]);
});

test('other answers are given as they are', async () => {
  for (const status of [200, 400, 404, 500]) {
    asked = 0;
    answers = [[status]];
    assert.equal((await patient(address)).status, status);
    assert.equal(asked, 1);
  }
});

test('at last the server is believed', async () => {
  answers = [[503, '0.001']];
  assert.equal((await patient(address)).status, 503);
  assert.equal(asked, 6);
});

test('who leaves does not wait', async () => {
  answers = [[503, '60']];
  const leaving = new AbortController();
  /** @type {number[]} */
  const told = [];
  await assert.rejects(patient(address, { signal: leaving.signal }, (seconds) => {
    told.push(seconds);
    if (seconds) setTimeout(() => leaving.abort(new Error('left')), 10);
  }), { message: 'left' });
  assert.equal(asked, 1);
  assert.deepEqual(told, [60, 0]);
});
