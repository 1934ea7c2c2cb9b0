import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { title } from '../js/compare/title.js';
import { use } from '../js/words/text.js';

/** @param {string} lang @param {Record<string, string>[]} worlds */
function titles(lang, worlds) {
  use(JSON.parse(readFileSync(new URL(`../lang/${lang}.json`, import.meta.url), 'utf8')));
  return worlds.map((w) => title(w, worlds));
}

test('a title says in words in what a world differs, and only what means something there', () => {
  const kinds = [{ mode: 'store', 'store-kind': 'redis' }, { mode: 'cookie', 'store-kind': 'redis' }, { mode: 'store', 'store-kind': 'database' }];
  assert.deepEqual(titles('en', kinds), ['Shared store, Redis', 'Cookie', 'Shared store, database']);
  assert.deepEqual(titles('ko', kinds), ['공유 저장소, Redis', '쿠키', '공유 저장소, 데이터베이스']);
  assert.deepEqual(titles('en', [{ mode: 'local', balancer: 'round-robin', workers: '2' }, { mode: 'local', balancer: 'sticky-cookie', workers: '4' }, { mode: 'threads', balancer: 'random', workers: '1' }]),
    ['Own memory, 2 copies, round robin', 'Own memory, 4 copies, sticky cookie', 'Threads, 1 thread']);
  assert.deepEqual(titles('en', [{ mode: 'threads', lock: 'mutex', cores: '2', costs: 'teaching' }, { mode: 'threads', lock: 'none', cores: '4', costs: 'measured' }]),
    ['Threads, Lock around shared memory: mutex, Cores: 2, Times: for the eye', 'Threads, Lock around shared memory: none, Cores: 4, Times: measured']);
});

test('what lessons put side by side has words in every language', () => {
  const folder = new URL('../../lessons/', import.meta.url);
  for (const file of readdirSync(new URL('en', folder))) {
    for (const [, list] of readFileSync(new URL(`en/${file}`, folder), 'utf8').matchAll(/^beside: \[(.*)\]$/gm)) {
      const others = list.split(', ').map((w) => Object.fromEntries(new URLSearchParams(w)));
      const own = { mode: 'store', balancer: 'round-robin', 'store-kind': 'redis' };
      for (const lang of ['en', 'ko']) {
        for (const words of titles(lang, [own, ...others.map((w) => ({ ...own, ...w }))])) assert.doesNotMatch(words, /[=.]|store-|sticky-/, `${file}: ${list}`);
      }
    }
  }
});
