import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';

import { patient } from '../js/wire/requests.js';

/** @type {import('node:http').Server} */
let server;
let address = '';
/** What the server answers, one after the other; the last again and again. @type {[status: number, after?: string][]} */
let answers = [];
let asked = 0;
/** What it was asked. @type {string[]} */
let heard = [];

before(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => { heard.push(`${request.method} ${request.url} ${body}`); });
    const [status, wait] = answers[Math.min(asked++, answers.length - 1)] ?? [500];
    response.writeHead(status, wait ? { 'Retry-After': wait } : {});
    response.end(String(status));
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', () => done(undefined)); });
  const at = server.address();
  address = typeof at === 'object' && at ? `http://127.0.0.1:${at.port}/` : '';
});
after(() => { server.close(); });
beforeEach(() => { asked = 0; heard = []; });

test('a busy server is asked again when it says so, and it is told', async () => {
  answers = [[503, '0.02'], [503, '0.03'], [200]];
  /** @type {number[]} */
  const told = [];
  const answer = await patient(address, {}, (seconds) => told.push(seconds));
  assert.equal(await answer.text(), '200');
  assert.equal(asked, 3);
  assert.deepEqual(told, [0.02, 0, 0.03, 0]);
});

test('a query that is too long for an address goes in the body', async () => {
  answers = [[503, '0.001'], [200]];
  const query = `do=${'x'.repeat(9000)}`;
  await (await patient(`${address}trace/1-2?${query}`)).text();
  await (await patient(`${address}trace/1-2?do=x`)).text();
  assert.deepEqual(heard, [`POST /trace/1-2 ${query}`, `POST /trace/1-2 ${query}`, 'GET /trace/1-2?do=x ']);
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
