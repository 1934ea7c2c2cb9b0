import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mistakesIn } from '../js/embed/mistakes.js';
import { selectorOf } from '../js/embed/pointer.js';
import { CONTROLS, controlsOf, mayChange, needed, permits, permitsKey, permitsPanel } from '../js/embed/rules.js';
import { themeOf, wishesIn, wishesOf } from '../js/embed/wishes.js';
import { MAX_HEADLINE, MAX_NOTE } from '../js/run/limits.js';
import { Playback } from '../js/room/playback.js';

test('controls are a list of words, and all is every word', () => {
  assert.deepEqual([...controlsOf('store,mode, nonsense')], ['mode', 'store']);
  assert.deepEqual([...controlsOf('')], []);
  assert.deepEqual(['', 'why timeline', 'visitors', 'mode', 'settings', 'all'].map((text) => mayChange(controlsOf(text))), [false, false, false, true, true, true]);
  assert.deepEqual([...controlsOf('all')], [...CONTROLS, 'all']);
});

test('each order needs its control', () => {
  /** @type {[{do?: string, time?: string}, string][]} */
  const cases = [
    [{ time: 'play' }, ''], [{ time: 'pause' }, ''], [{ time: 'step' }, ''], [{ time: 'reset' }, ''],
    [{ time: 'faster' }, 'speed'], [{ time: 'slower' }, 'speed'], [{ time: 'back' }, 'timeline'],
    [{ do: 'set mode=store' }, 'mode'], [{ do: 'set workers=4' }, 'workers'], [{ do: 'set balancer=ip-hash' }, 'balancer'], [{ do: 'set connection=browser' }, 'connection'],
    [{ do: 'set seed=2' }, 'settings'], [{ do: 'set cores=4' }, 'settings'], [{ do: 'store down' }, 'store'],
    [{ do: 'crash 1' }, 'processes'], [{ do: 'reload' }, 'processes'], [{ do: 'restart 2' }, 'processes'],
    [{ do: 'logout Ada' }, 'visitors'], [{ do: 'join Ken' }, 'visitors'], [{ do: 'transfer Ada' }, 'visitors'],
    [{ do: 'vote Ada' }, 'visitors'], // a handler of an author's own
  ];
  for (const [order, word] of cases) {
    assert.equal(needed(order), word, JSON.stringify(order));
    assert.equal(permits(controlsOf(''), order), word === '', JSON.stringify(order));
    assert.equal(permits(controlsOf(word), order), true, JSON.stringify(order));
    assert.equal(permits(controlsOf('all'), order), true, JSON.stringify(order));
  }
  assert.ok(permits(controlsOf('settings'), { do: 'set mode=store' }), 'the sheet of all settings has the mode, too');
  assert.ok(!permits(controlsOf('settings'), { do: 'crash 1' }));
  assert.ok(!permits(controlsOf('mode'), { do: 'set workers=3' }));
});

test('keys and panels are locked with their controls', () => {
  for (const key of ['1', '4', '-', '+', 's', 'a', 'p', 'm', 'w', 'c', 'v', 'g', 'x', 't', 'f', 'b', 'ArrowLeft', '<', '>', 'n', 'l', 'o', '?', 'PageUp']) {
    assert.ok(!permitsKey(controlsOf(''), key, false), key);
    assert.ok(permitsKey(controlsOf('all'), key, false), key);
  }
  for (const key of [' ', '.', 'r', 'ArrowRight', 'Tab', 'Enter', 'Escape']) assert.ok(permitsKey(controlsOf(''), key, false), key);
  assert.ok(!permitsKey(controlsOf(''), 'ArrowRight', true), 'with Shift it goes by events');
  assert.ok(permitsKey(controlsOf('timeline'), 'ArrowRight', true));
  assert.ok(permitsPanel(controlsOf('code'), 'code'));
  assert.ok(!permitsPanel(controlsOf('code'), 'settings'));
  assert.ok(!permitsPanel(controlsOf('settings'), 'nonsense'));
});

test('what is no option of a frame is named, with what is allowed', () => {
  const of = (/** @type {string} */ hash) => mistakesIn(hash).map(({ key, value, allowed }) => [key, value, Array.isArray(allowed) ? allowed[0] : allowed]);
  assert.deepEqual(of('#t=abc&play=false&point=vistor%20Ada&speed=3'), [['t', 'abc', 'moment'], ['point', 'vistor Ada', 'point'], ['speed', '3', '0.25']]);
  assert.deepEqual(of('#play=no&headlin=Hello&controls=wrkers'), [['play', 'no', 'true'], ['#', 'headlin', 't'], ['controls', 'wrkers', 'mode']]);
  assert.deepEqual(of(`#headline=${'x'.repeat(MAX_HEADLINE + 1)}&theme=pink&open=door&until=9&with=a|b|c&constructor=1`).map(([key]) => key), ['headline', 'theme', 'open', 'until', 'with', '#']);
  assert.deepEqual(of('#t=3s&until=20s&controls=mode,store&point=visitor Ada;worker 1&open=machine&play=false&wait=true&speed=0.5&theme=dark&with=mode%3Dstore%7Cmode%3Dthreads&headline=A&note=B&own=[{"name":"vote","word":"Vote"}]&do=1s%20crash%201'), []);
  assert.deepEqual(of(''), []);
});

test('what is pointed at is in the run, or a reader can bring it there', () => {
  /** @param {string} hash @param {string} [query] */
  const of = (hash, query = '') => mistakesIn(hash, /** @type {any} */ ({ visitors: new Map([['v1', { name: 'Ada' }], ['v2', { name: 'Grace' }]]), workers: [{}, {}], query })).map(({ key, value, allowed }) => [key, value, allowed]);
  assert.deepEqual(of('#point=visitor%20Bob'), [['point', 'visitor Bob', ['visitor Ada', 'visitor Grace']]]);
  assert.deepEqual(of('#point=visitor Ada;strip Bob;worker 3;worker x;store;balancer;figures').map(([, value]) => value), ['strip Bob', 'worker 3', 'worker x']);
  assert.deepEqual(of('#point=visitor Bob;worker 4', 'visitors=Ada,Grace&do=1s+join+Bob;+2s+set+workers=4;+3s+leave+Grace'), []);
  assert.deepEqual(of('#point=visitor Bob;worker 4&controls=visitors,workers'), []);
  assert.deepEqual(mistakesIn('#point=visitor%20Bob'), []); // nobody is there yet
});

test('a fragment says what is wished', () => {
  const wishes = wishesOf('#t=3s&until=20s&controls=mode,store&point=visitor Ada;worker 1&open=machine&play=false&speed=0.5&theme=dark&with=mode%3Dstore%7Cmode%3Dthreads');
  assert.deepEqual({ ...wishes, controls: [...wishes.controls] }, {
    at: 3e6, until: 20e6, playing: false, wait: false, speed: 0.5, controls: ['mode', 'store'], point: ['visitor Ada', 'worker 1'], open: 'machine', worlds: ['mode=store', 'mode=threads'], headline: '', note: '', own: undefined,
  });
  assert.equal(themeOf('#theme=dark'), 'dark');
  assert.equal(themeOf('#theme=auto'), 'auto');
  assert.equal(themeOf('#theme=pink'), undefined);
  const none = wishesOf('');
  assert.deepEqual({ ...none, controls: [...none.controls] }, { at: 0, until: 0, playing: true, wait: false, speed: 1, controls: [], point: [], open: '', worlds: [], headline: '', note: '', own: undefined });
  assert.equal(wishesOf('#t=3s').playing, true);
  assert.equal(wishesOf('#speed=3&open=nothing').speed, 1);
  assert.equal(wishesOf('#open=settings').open, '');
});

test('a message says what is wished, and nonsense in it nothing', () => {
  const wishes = wishesIn({ at: 2e6, until: 9e6, play: true, wait: true, speed: 4, controls: ['mode'], point: ['store'], open: 'code', beside: ['mode=store'] });
  assert.deepEqual({ ...wishes, controls: [...wishes.controls] }, {
    at: 2e6, until: 9e6, playing: true, wait: true, speed: 4, controls: ['mode'], point: ['store'], open: 'code', worlds: ['mode=store'], headline: '', note: '', own: undefined,
  });
  const odd = wishesIn({ at: 'soon', until: -1, play: 'yes', speed: 99, controls: 7, point: [1, ''], open: {}, beside: null });
  assert.deepEqual({ ...odd, controls: [...odd.controls] }, { at: 0, until: 0, playing: false, wait: false, speed: 1, controls: [], point: [], open: '', worlds: [], headline: '', note: '', own: undefined });
});

test('words over the stage are plain, in one line, and bounded', () => {
  const said = wishesOf('#headline=%EC%A0%9C%EB%AA%A9%20%3Cb%3E&note=%20a%0A%0A%E2%80%AE%20b%20');
  assert.deepEqual([said.headline, said.note], ['제목 <b>', 'a b']);
  const long = wishesIn({ headline: '한'.repeat(MAX_HEADLINE + 1), note: '😀'.repeat(MAX_NOTE + 1) });
  assert.deepEqual([long.headline, long.note], ['한'.repeat(MAX_HEADLINE), '😀'.repeat(MAX_NOTE)]);
  const odd = wishesIn({ headline: ['a'], note: { toString: () => 'b' } });
  assert.deepEqual([odd.headline, odd.note], ['', '']);
});

test('what is pointed at is found by a selector that no name can leave', () => {
  assert.equal(selectorOf('visitor Ada'), '[data-visitor="Ada"]');
  assert.equal(selectorOf('strip Ada'), '[data-visitor="Ada"] .strip');
  assert.equal(selectorOf('visitor A"] *, [x="'), '[data-visitor="A\\"] *, [x=\\""]');
  assert.equal(selectorOf('core 2'), '[data-core="2"]');
  assert.equal(selectorOf('balancer'), '.balancer');
  assert.equal(selectorOf('body'), undefined);
  assert.ok(!selectorOf('visitor'));
});

test('the picture stops where it is to stop, however far the server is', () => {
  const p = new Playback();
  p.seek({ now: 0, playing: true, speed: 8 }, 0);
  p.until = 2e6;
  for (let wall = 16; wall < 2000; wall += 16) p.advance(wall);
  assert.ok(p.shown < 2e6 && !p.settled, 'a server that is busy has not been there yet');
  p.pace({ now: 2.5e6, playing: true, speed: 8 }, 2000);
  for (let wall = 2016; wall < 3000; wall += 16) p.advance(wall);
  assert.equal(p.shown, 2e6);
  assert.ok(p.settled);
  p.pace({ now: 3e6, playing: false, speed: 8 }, 3000);
  p.advance(3016);
  assert.equal(p.shown, 2e6, 'also when the server stops later');
  p.until = Infinity;
  p.pace({ now: 3e6, playing: true, speed: 1 }, 5000);
  p.advance(5016);
  p.advance(5032);
  assert.ok(p.shown > 2e6 && p.shown < 2.2e6, `goes on from there, not from ${p.shown}`);
  p.seek({ now: 9e6, playing: false, speed: 1 }, 6000);
  p.until = 2e6;
  p.advance(6016);
  assert.equal(p.shown, 9e6, 'who is beyond stays there');
});

test('the guide has what a frame understands, in each language', () => {
  // What the frame asks its fragment for, from its own source.
  const source = readFileSync(new URL('../js/embed/wishes.js', import.meta.url), 'utf8');
  const asked = new Set(['t', ...[...source.matchAll(/get\(hash, '(\w+)'\)/g)].map(([, key]) => key)]);
  assert.ok(asked.size > 10, [...asked].join());
  for (const lang of ['en', 'ko']) {
    const guide = readFileSync(new URL(`../../lessons/guide/${lang}/guide.md`, import.meta.url), 'utf8');
    const [table] = guide.slice(guide.indexOf('/embed?')).match(/(^\|.*\n)+/m) ?? [''];
    const told = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, keys]) => [...keys.matchAll(/`(\w+)`/g)].map(([, key]) => key));
    assert.deepEqual(told.sort(), [...asked].sort(), lang);
  }
});

test('none means none however it is written', () => {
  const { headline, note } = wishesOf('#headline=None&note=NONE');
  assert.deepEqual({ headline, note }, { headline: 'none', note: 'none' });
});
