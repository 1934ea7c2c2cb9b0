import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { create, apply } from '../js/run/model.js';
import { duration, moment, Narrator, percent, seconds } from '../js/words/narrate.js';

const catalogue = JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8')).narrate;
const kinds = JSON.parse(readFileSync(new URL('../../server/wire/testdata/welcome.json', import.meta.url), 'utf8')).message.schema.kinds;

/** @param {any} e */
const event = (e) => ({ seq: 1, ts: 0, ...e });

test('every kind has a sentence, without a name left open', () => {
  for (const kind of kinds) {
    if (!kind) continue;
    const line = new Narrator(catalogue).line(event({ kind: kind.name, text: 'mode=store' }));
    assert.ok(line.length > 5, kind.name);
    assert.doesNotMatch(line, /[{}[\]|]|undefined/, kind.name);
  }
});

test('words are dropped from the end until a sentence is found', () => {
  const n = new Narrator({ a: 'kind', 'a.401': 'status', 'a.401.elsewhere.visit': 'op' });
  assert.equal(n.line(event({ kind: 'a', status: 401, why: 'elsewhere', op: 'visit', session: 'miss' })), 'op');
  assert.equal(n.line(event({ kind: 'a', status: 401, why: 'died', op: 'visit' })), 'status');
  assert.equal(n.line(event({ kind: 'a', status: 200 })), 'kind');
});

test('a miss says where the session lives, in the colours of the things', () => {
  const n = new Narrator(catalogue);
  n.note(event({ kind: 'worker.starting', pid: 1, mem: 101, threads: 1 }));
  n.note(event({ kind: 'worker.starting', pid: 2, mem: 102, threads: 1 }));
  const miss = event({ kind: 'session.read', pid: 2, tid: 1, mem: 102, sid: '7f3a9c', session: 'miss', made: 101, home: 101, why: 'elsewhere', visitor: 'Ada' });
  assert.equal(n.line(miss), 'Process 2 looks up 7f3a in its own memory and finds nothing: the session lives in process 1.');
  const inks = Object.fromEntries(n.parts(miss).filter((p) => p.ink).map((p) => [p.text, p.ink]));
  assert.deepEqual(inks, { 'Process 2': 'p2', '7f3a': 'p1', 'its own memory': 'p2', 'finds nothing': 'miss', 'process 1': 'p1' });
});

test('an earlier life, threads, and a picture to begin with', () => {
  const state = create();
  apply(state, event({ kind: 'worker.starting', pid: 1, mem: 201, threads: 3 }));
  const n = new Narrator(catalogue);
  n.begin(state);
  const line = n.line(event({ kind: 'session.read', pid: 1, tid: 2, mem: 201, sid: '7f3a', session: 'miss', made: 101, why: 'died' }));
  assert.match(line, /^Thread 2 looks up 7f3a in the memory that all threads share .*an earlier life of process 1/);
});

test('a database loses nothing when it dies', () => {
  const n = new Narrator(catalogue);
  const down = event({ kind: 'store.down' });
  const redis = n.line(down);
  n.note(event({ kind: 'run.started', text: 'mode=store&store-kind=database' }));
  assert.notEqual(n.line(down), redis);
  n.note(event({ kind: 'scenario.set', text: 'store-kind=redis' }));
  assert.equal(n.line(down), redis);
});

test('a deadlock tells of each thread what it has and what it waits for, in the language of the page', () => {
  const e = event({ kind: 'lock.deadlocked', pid: 1, tid: 2, mem: 101, text: 'checking:1,savings:2' });
  assert.equal(new Narrator(catalogue).line(e), 'Deadlock: thread 1 has “checking” and waits for “savings”, thread 2 has “savings” and waits for “checking”, for ever.');
  const korean = JSON.parse(readFileSync(new URL('../lang/ko.json', import.meta.url), 'utf8')).narrate;
  assert.match(new Narrator(korean).line(e), /1번 스레드는 ‘checking’ 락을 쥔 채 ‘savings’ 락을, 2번 스레드는 ‘savings’ 락을 쥔 채 ‘checking’ 락을/);
});

test('a cookie is added to the sentence of the answer', () => {
  const line = new Narrator(catalogue).line(event({ kind: 'request.answered', status: 200, op: 'login', pid: 1, visitor: 'Ada', cookie: 'set', sid: '7f3a99', made: 101 }));
  assert.match(line, /The answer sets the cookie 7f3a\.$/);
});

test('texts of the run are never read as a template', () => {
  const n = new Narrator(catalogue);
  const parts = n.parts(event({ kind: 'visitor.left', visitor: '{pid}[[x|hit]]' }));
  assert.equal(parts.map((p) => p.text).join(''), '{pid}[[x|hit]] closes the browser.');
  assert.ok(parts.every((p) => p.ink === ''));
});

test('times and shares are written as in the table, which the server has, too', () => {
  /** @type {Record<string, (n: number, lang: string) => string>} */
  const rules = { duration, seconds, moment, percent };
  /** @type {[string, number, string, string][]} */
  const rows = JSON.parse(readFileSync(new URL('written.json', import.meta.url), 'utf8'));
  for (const [rule, n, english, korean] of rows) {
    assert.equal(rules[rule](n, 'en'), english);
    assert.equal(rules[rule](n, 'ko'), korean);
  }
});

test('a sentence has the units of its language', () => {
  const korean = JSON.parse(readFileSync(new URL('../lang/ko.json', import.meta.url), 'utf8')).narrate;
  const done = event({ kind: 'request.done', status: 200, op: 'visit', visitor: 'Ada', pid: 1, dur: 1_620_000 });
  assert.match(new Narrator(korean, 'ko').line(done), / 1\.6초 만에 /);
  assert.match(new Narrator(catalogue, 'en').line(done), / 1\.62 s/);
});
