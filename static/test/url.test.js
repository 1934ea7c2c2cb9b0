import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCommands, forget, format, formatCommands, parse, parseCommands, parseDuration, recall, remember, unversioned, versioned } from '../js/address/url.js';

test('a query survives the way in and out', () => {
  for (const query of [
    '', 'mode=store', 'workers=3&visitors=Ada,Grace', 'script=login,visit*20&think=1.5s',
    'mode=local&do=12s+set+mode=store%3B+15.000001s+crash+1', "visitors=Ad%C3%A4",
  ]) {
    const values = parse(query);
    const commands = parseCommands(values.get('do') ?? '');
    assert.equal(format(values, commands), query);
  }
});

test('a link that the page makes has the present version', () => {
  for (const [query, link] of [['', 'v=2'], ['mode=store', 'mode=store&v=2'], ['v=1&workers=3', 'workers=3&v=2'], ['workers=3&v=1&do=4s+reload', 'workers=3&v=2&do=4s+reload'], ['do=4s+reload', 'v=2&do=4s+reload'], ['views=true', 'views=true&v=2']]) {
    assert.equal(versioned(query, '2'), link);
    assert.equal(unversioned(link), unversioned(query));
  }
});

test('what people type is understood', () => {
  assert.deepEqual([...parse('?do=1s%20login%20Ada&jitter=50%')], [['do', '1s login Ada'], ['jitter', '50%']]);
  assert.deepEqual(parseCommands('12s set mode=store; 1m30s crash 1 ;'), [{ at: 12e6, text: 'set mode=store' }, { at: 90e6, text: 'crash 1' }]);
});

test('durations are whole µs', () => {
  assert.equal(parseDuration('12.345678s'), 12_345_678);
  assert.equal(parseDuration('800ms'), 800_000);
  assert.equal(parseDuration('1h1m1s1ms1us'), 3_661_001_001);
  assert.equal(formatCommands([{ at: 12_345_678, text: 'reload' }, { at: 1_000_010, text: 'crash 1' }, { at: 0, text: 'reload' }]), '12.345678s reload; 1.00001s crash 1; 0s reload');
});

test('commands of the link that are yet to come stay in the address', () => {
  const linked = [{ at: 1e6, text: 'crash 1' }, { at: 9e6, text: 'store down' }];
  assert.deepEqual(allCommands([{ at: 1e6, text: 'crash 1' }, { at: 2e6, text: 'reload' }], linked, 3e6).map((c) => c.text), ['crash 1', 'reload', 'store down']);
});

test('the place is remembered for its query, and nowhere else', () => {
  const map = new Map();
  const storage = /** @type {any} */ ({
    getItem: (/** @type {string} */ k) => map.get(k) ?? null, setItem: (/** @type {string} */ k, /** @type {string} */ v) => map.set(k, v), removeItem: (/** @type {string} */ k) => map.delete(k),
  });
  const place = { at: 5, room: 'r', epoch: 1, seq: 2, playing: true, speed: 1 };
  remember(storage, 'mode=store', place);
  assert.deepEqual(recall(storage, 'mode=store'), place);
  assert.equal(recall(storage, ''), undefined);
  forget(storage, 'mode=store');
  assert.equal(recall(storage, 'mode=store'), undefined);
});

test('no storage, or a strange one, is no trouble', () => {
  const broken = /** @type {any} */ ({ getItem() { throw new Error('no'); }, setItem() { throw new Error('full'); }, removeItem() { throw new Error('no'); } });
  remember(broken, 'a', { at: 0, room: '', epoch: 0, seq: 0, playing: true, speed: 1 });
  forget(broken, 'a');
  assert.equal(recall(broken, 'a'), undefined);
  assert.equal(recall(undefined, 'a'), undefined);
  assert.equal(recall(/** @type {any} */ ({ getItem: () => '{"at":"x"}' }), 'a'), undefined);
});
