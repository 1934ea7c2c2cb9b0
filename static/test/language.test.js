import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { addressOf, inLanguage, languageIn, scenarioIn } from '../js/address/address.js';

test('the language is taken out of the address, and put back', () => {
  assert.equal(scenarioIn('?lang=ko&mode=store&do=1s+crash+1'), 'mode=store&do=1s+crash+1');
  assert.equal(scenarioIn('?mode=store&lang=ko'), 'mode=store');
  assert.equal(scenarioIn(''), '');
  assert.equal(languageIn('?mode=store&lang=ko'), 'ko');
  assert.equal(languageIn('?mode=store'), '');
  assert.equal(addressOf('mode=store', '?workers=2&lang=ko'), '/?lang=ko&mode=store');
  assert.equal(addressOf('', '?lang=ko'), '/?lang=ko');
  assert.equal(addressOf('', '?mode=store'), '/');
  assert.equal(addressOf('mode=store', ''), '/?mode=store');
  assert.equal(inLanguage('en', '?lang=ko&mode=store'), '?lang=en&mode=store');
  assert.equal(inLanguage('ko', ''), '?lang=ko');
});

const folder = new URL('../lang/', import.meta.url);
/** @param {string} file @returns {Record<string, Record<string, string>>} */
const read = (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

/** What of a text must be there in every language: its names, whoever begins the sentence, and its inks. @param {string} text */
const bones = (text) => ({
  names: [...new Set([...text.matchAll(/\{(\w+)(?::\p{L}+)?\}/gu)].map((m) => m[1].toLowerCase()))].sort(),
  inks: [...text.matchAll(/\|([^\]|]*)\]\]/g)].map((m) => m[1]).sort(),
});

/** What another language has of the words that the simulator says in English; a test in Go looks at them. */
const OF_ENGLISH = 'allowed';

for (const file of [...readdirSync(folder), ...readdirSync(new URL('problems/', folder)).map((f) => `problems/${f}`)].filter((f) => f.endsWith('.json') && !f.endsWith('en.json'))) {
  const other = read(file);
  delete other[OF_ENGLISH];
  const english = read(file.replace(/[^/]+$/, 'en.json'));
  test(`${file} has the texts of en.json, and no others`, () => {
    assert.deepEqual(Object.keys(other).sort(), Object.keys(english).sort());
    for (const part of Object.keys(english)) {
      const [want, got] = [english[part], other[part]].map((texts) => Object.keys(texts));
      assert.deepEqual(want.filter((k) => !(k in other[part])), [], `missing in ${part} of ${file}`);
      assert.deepEqual(got.filter((k) => !(k in english[part])), [], `nobody asks for these in ${part} of ${file}`);
    }
  });

  test(`${file} fills in the same names and inks`, () => {
    for (const part of Object.keys(english)) {
      for (const [key, text] of Object.entries(english[part])) {
        if (key in other[part]) assert.deepEqual(bones(other[part][key]), bones(text), `${part}: ${key}`);
      }
    }
    if (english.ui) assert.equal(other.ui.numbers.split(' ').length, english.ui.numbers.split(' ').length, 'a word for each number');
  });

  test(`${file} leaves nothing empty, and nothing in English`, () => {
    // Names of things, signs and keys are the same everywhere.
    const same = /^[\p{Lu}\d{}+\-,./?:=×←→<> ()]*$|^(?:Procession|Redis|Esc|[a-z]|[A-Za-z]* ?[A-Z]\w* ?[↑↓←→ ]*)$/u;
    for (const part of Object.keys(english)) {
      for (const [key, text] of Object.entries(english[part])) {
        const got = other[part][key];
        if (got === undefined) continue;
        assert.notEqual(got.trim(), '', `${part}: ${key}`);
        if (got === text) assert.match(text.replace(/\{\w+\}|p\d\d/g, ''), same, `${part}: ${key} is not translated`);
      }
    }
  });
}

/** In a Korean sentence a unit is a Korean word, close behind its number. */
const FOREIGN = /[\d}] (?:s|ms|µs)(?![\p{L}\d])|[\d}] %/u;

/** The keys whose 값 is a value; what something costs is 대가 or 비용. */
const VALUES = new Set([
  'truth.lead.measured', 'truth.costs.why', 'cost.cluster-message-between-the-primary-and-a-process.source', 'cost.cpu-a-heavy-report.source', 'cost.the-shop-s-answer-to-cart.source',
  'cost.store-one-way-while-it-is-slow.source', 'cost.database-one-way.source', 'charts.lead', 'charts.keys', 'beside.apart', 'why.route.hash', 'why.lost.between', 'scenario.set', 'update.lost',
  'scenario.missing', 'scenario.impossible', 'moment', 'moment.judge', 'theme', 'qr.text', 'embed.mistake',
]);

/** What is left to chance; a logout that only seems so is 까닭 없는 로그아웃. */
const CHANCES = new Set(['balancer.random', 'left-out.15']);

/** Words that have another one, which is used everywhere. */
const OTHERS = /컨텍스트 스위치|유실|잠금|수업|로그인하세요| 님/;

test('Korean sentences have Korean units, and one word for a thing', () => {
  const texts = ['ko.json', 'problems/ko.json'].flatMap((file) => Object.entries(read(file)).filter(([part]) => part !== OF_ENGLISH).flatMap(([, part]) => Object.entries(part)));
  const priced = /(?<!기본)값/;
  for (const [key, text] of texts) {
    assert.doesNotMatch(text, FOREIGN, key);
    assert.doesNotMatch(text, OTHERS, key);
    assert.equal(priced.test(text), VALUES.has(key), `${key}: ${text}`);
    assert.equal(text.includes('무작위'), CHANCES.has(key), `${key}: ${text}`);
  }
});

/** Where a worker is somebody else's: nginx's, Node's; and the word of the grammar. */
const WORKERS = new Set(['left-out.4', 'left-out.9', 'embed.allowed.point']);

test('a process is called a process', () => {
  for (const part of Object.values(read('en.json'))) {
    for (const [key, text] of Object.entries(part)) assert.equal(/\bworkers?\b(?!})/i.test(text), WORKERS.has(key), `${key}: ${text}`);
  }
  for (const file of ['ko.json', 'problems/ko.json']) {
    for (const part of Object.values(read(file))) for (const [key, text] of Object.entries(part)) assert.equal(text.includes('워커'), /^left-out\.(4|9)$/.test(key), `${key}: ${text}`);
  }
});

test('the comments of the Node app are in the catalogues', () => {
  const app = readFileSync(new URL('../../sim/cluster/app.js', import.meta.url), 'utf8');
  const texts = Object.entries(read('en.json').later).filter(([key]) => key.startsWith('code.comment.')).map(([, text]) => text);
  const comments = [...app.matchAll(/(?:^|\s)\/\/( [^\n▸]*)/g)].map((m) => m[1].slice(1).trimEnd()).filter((text) => text && !text.includes('npm install'));
  // Handlers of an author's own bring some along: those in strings of the printer.
  const printer = readFileSync(new URL('../../server/code/printed.go', import.meta.url), 'utf8');
  comments.push(...[...printer.matchAll(/"[^"\n]* \/\/ ([^"\\\n]*)/g)].map((m) => m[1]));
  assert.deepEqual([...new Set(comments)].sort(), texts.sort());
});
