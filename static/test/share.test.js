import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lines } from '../js/exports/lines.js';
import { create } from '../js/run/model.js';
import { byLatency, byWorker, csv, overTime } from '../js/share/csv.js';
import { aboutOf, runOf } from '../js/share/keep.js';
import { hostsOf, isLocal } from '../js/share/hosts.js';
import { fileName, frameAddress, frameLine, markdownLine, pictureAddress, setUpOf } from '../js/share/snippets.js';
import { Stats } from '../js/run/stats.js';

const long = `mode=store&do=${Array.from({ length: 900 }, (_, i) => `${i + 1}s+crash+1`).join(';+')}&v=2`;

test('the line of HTML leaves nothing open', () => {
  assert.equal(
    frameLine({ address: 'https://host/embed?mode=store&do=1s+crash+1#t=2s', height: 480, title: 'A "run" <b>' }),
    '<iframe src="https://host/embed?mode=store&amp;do=1s+crash+1#t=2s" width="100%" height="480" style="border:0" loading="lazy" title="A &quot;run&quot; &lt;b>" allow="fullscreen"></iframe>');
});

test('the line of Markdown is one picture in one link', () => {
  assert.equal(
    markdownLine({ picture: 'https://host/figure.svg?at=2s&visitors=Ada(1)', address: 'https://host/?visitors=Ada(1)#t=2s', title: 'Who [remembers] Ada\\Grace?' }),
    '[![Who \\[remembers\\] Ada\\\\Grace?](https://host/figure.svg?at=2s&visitors=Ada%281%29)](https://host/?visitors=Ada%281%29#t=2s)');
});

test('a picture has an address while the run fits into one', () => {
  assert.equal(pictureAddress('mode=store&v=2', 12_345_678.4, 'ko'), '/figure.svg?lang=ko&at=12.345678s&mode=store&v=2');
  assert.equal(pictureAddress('', 0, 'en'), '/figure.svg?lang=en&at=0s');
  assert.equal(pictureAddress('seed=2', 1e6, 'en', { headline: 'Who & why?', note: '' }), '/figure.svg?lang=en&at=1s&headline=Who%20%26%20why%3F&seed=2');
  assert.equal(pictureAddress('seed=2', 1e6, 'en', { headline: '', note: '', theme: 'dark' }), '/figure.svg?lang=en&at=1s&theme=dark&seed=2');
  assert.equal(pictureAddress(long, 1e6, 'en'), undefined);
});

test('a frame has the commands behind the # when they are too many for a request', () => {
  /** @type {import('../js/lesson/sim.js').Sim} */
  const sim = { query: 'mode=store&do=1s+crash+1', from: 0, until: 0, play: 'auto', speed: 1, controls: [], point: [], open: '', beside: ['mode=local'], continue: false };
  const begin = { at: 2e6, play: true, wait: false };
  assert.equal(frameAddress(sim, begin, 'en'), '/embed?lang=en&mode=store&do=1s+crash+1#t=2s&with=mode%3Dlocal');
  assert.equal(frameAddress({ ...sim, beside: [] }, { ...begin, at: 0 }, 'en'), '/embed?lang=en&mode=store&do=1s+crash+1');
  assert.match(frameAddress(sim, begin, 'en', 'light'), /[#&]theme=light(&|$)/);
  assert.equal(frameAddress(sim, begin, 'en', ''), frameAddress(sim, begin, 'en'));
  const [sent, hash] = frameAddress({ ...sim, query: long }, begin, 'en').split('#');
  assert.equal(sent, '/embed?lang=en&mode=store&v=2');
  assert.match(hash, /^do=1s%20crash%201/);
  assert.match(hash, /&t=2s&/);
});

test('files and pictures say which run they are of', () => {
  assert.equal(fileName({ mode: 'store', seed: '7' }, 12_345_678, 'png'), 'procession-store-seed7-12.3s.png');
  assert.equal(fileName({ mode: 'local', seed: '1' }, 3e6, '', 'latency'), 'procession-local-seed1-3s-latency');
  assert.deepEqual(setUpOf('mode=store&visitors=Ada,Grace&seed=7&do=1s+crash+1;+2s+reload&v=2'), { keys: 'mode=store visitors=Ada,Grace', commands: 2 });
  assert.deepEqual(setUpOf('v=2'), { keys: '', commands: 0 });
});

test('an address of this computer alone is known as one', () => {
  for (const origin of ['http://localhost:8080', 'http://127.0.0.1:8080', 'http://127.1.2.3', 'http://[::1]:8080', 'https://localhost']) assert.ok(isLocal(origin), origin);
  for (const origin of ['http://192.168.1.20:8080', 'http://localhost.example', 'http://lab.example', 'http://127.0.0.1.example', 'http://[2001:db8::1]:80']) assert.ok(!isLocal(origin), origin);
});

test('links lead where others can come, if they can', () => {
  const reach = { addresses: ['http://192.168.1.20:8080', 'http://10.0.0.3:8080'], open: true };
  assert.deepEqual(hostsOf('http://localhost:8080', reach), { origins: [...reach.addresses, 'http://localhost:8080'], local: true, open: true, flag: '' });
  assert.deepEqual(hostsOf('http://localhost:8080', { addresses: [], open: false, flag: '-addr :8080' }), { origins: ['http://localhost:8080'], local: true, open: false, flag: '-addr :8080' });
  assert.deepEqual(hostsOf('http://localhost:8080', undefined), { origins: ['http://localhost:8080'], local: true, open: false, flag: '' });
  assert.deepEqual(hostsOf('https://lab.example', reach), { origins: ['https://lab.example'], local: false, open: true, flag: '' }, 'who came from elsewhere knows an address that works');
});

/** A CSV file as others read it. @param {string} text */
function parsed(text) {
  assert.ok(text.endsWith('\r\n'));
  return text.slice(0, -2).split('\r\n').map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2]));
}

test('a table has a header with units, and its run in each row', () => {
  const run = { query: 'visitors=Ada,Grace&v=2', seed: '7', version: '2', since: 500_000, at: 2_500_000 };
  assert.equal(csv([['from (s)', 'requests'], [0, 3], [0.5, 'a "b"']], run),
    'from (s),requests,run,seed,version,counted from (s),counted to (s)\r\n0,3,"visitors=Ada,Grace&v=2",7,2,0.5,2.5\r\n0.5,"a ""b""","visitors=Ada,Grace&v=2",7,2,0.5,2.5\r\n');
});

test('the figures over time add up to those of the run', () => {
  const folder = new URL('../../sim/stats/testdata/', import.meta.url);
  const summary = JSON.parse(readFileSync(new URL('cures.json', folder), 'utf8'));
  const stats = new Stats();
  for (const line of readFileSync(new URL('cures.ndjson', folder), 'utf8').trim().split('\n')) stats.add(JSON.parse(line));
  const until = stats.now + 2_500_000; // after which nothing happened
  const [head, ...rows] = parsed(csv(overTime(stats, until), { query: 'seed=1', seed: '1', version: '2', at: until }));
  /** @param {string} name */
  const column = (name) => rows.map((row) => Number(row[head.indexOf(name)]));
  /** @param {string} name */
  const sum = (name) => column(name).reduce((a, b) => a + b, 0);
  assert.deepEqual(['requests', 'sessions found', 'sessions missed', 'visits logged in', 'visits logged out', 'random logouts'].map(sum),
    [summary.requests, summary.hits, summary.misses, summary.welcome, summary.denied, summary.logouts]);
  assert.deepEqual(column('from (s)').slice(1), column('to (s)').slice(0, -1), 'no gap, also where nothing happened');
  assert.equal(column('to (s)').at(-1), until / 1e6);
  const last = rows.length - 1;
  assert.equal(column('requests (1/s)')[last - 4], column('requests')[last - 4] / (stats.slice / 1e6));
  assert.equal(byLatency(stats).slice(1).reduce((n, row) => n + Number(row[2]), 0), summary.requests);
  assert.deepEqual(byWorker(stats).slice(1).map((row) => row.slice(0, 2)), [...stats.workers.values()].sort((a, b) => a.pid - b.pid).map((w) => [w.pid, w.requests]));
});

test('texts in pictures break into lines', () => {
  /** @param {string} text */
  const ten = (text) => text.length <= 10;
  assert.deepEqual(lines('one two three four', ten, 3), ['one two', 'three four']);
  assert.deepEqual(lines('one two three four five', ten, 2), ['one two', 'three fou…']);
  assert.deepEqual(lines('http://a.example/?mode=store', ten, 1), ['http://a.…']);
  assert.deepEqual(lines('http://a.example/ one', ten, 2), ['http://a.…', 'one']);
  assert.deepEqual(lines('', ten, 2), []);
});

test('what is given away is of the moment that is shown, not of how far the run is', () => {
  const state = create({ mode: 'local', seed: '1' });
  state.seq = 12;
  const views = { page: { dataset: { version: '2' } }, room: { world: { state, moment: 5_600_000 }, clock: { shown: 11_070_000 }, link: { shared: 'workers=3' } } };
  const run = runOf(/** @type {any} */ (views));
  assert.deepEqual([run.at, run.seq, run.query], [5_600_000, 12, 'workers=3']);
  assert.match(aboutOf(run), /5\.600 s$/);
});
