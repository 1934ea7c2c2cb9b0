import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goesOn, goingOn, get, momentOf, set, withMoment } from '../js/address/hash.js';

test('a moment survives the way in and out, to the microsecond', () => {
  for (const at of [0, 1, 12_500_000, 15_000_001, 86_400_000_000]) assert.equal(momentOf(withMoment('', at)), at);
  assert.equal(withMoment('', 12_500_000), '#t=12.5s');
  assert.equal(withMoment('#t=3s', undefined), '');
});

test('what people type is understood, and what is none is no moment', () => {
  assert.equal(momentOf('#t=1m30s'), 90e6);
  assert.equal(momentOf('t=800ms'), 800e3);
  for (const hash of ['', '#', '#t=', '#t=soon', '#t=12', '#t=-3s', '#start', '#t=%E0%A4s']) assert.equal(momentOf(hash), undefined, hash);
  assert.equal(momentOf('#t=99h'), 86_400e6, 'not beyond the last moment of a run');
});

test('keys leave each other alone', () => {
  const both = set(withMoment('', 3e6), 'with', 'mode=store|workers=4&mode=threads');
  assert.equal(get(both, 'with'), 'mode=store|workers=4&mode=threads');
  assert.equal(momentOf(both), 3e6);
  assert.equal(get(withMoment(both, undefined), 'with'), 'mode=store|workers=4&mode=threads');
  assert.equal(get(set(both, 'with', undefined), 'with'), undefined);
});

test('a moment stands still, unless the address says that time goes on', () => {
  const hash = goingOn(withMoment('#with=mode%3Dstore', 8_820_752));
  assert.equal(hash, '#play=true&t=8.820752s&with=mode%3Dstore');
  assert.deepEqual([goesOn(hash), momentOf(hash)], [true, 8_820_752]);
  assert.equal(withMoment(hash, 2e6), '#t=2s&with=mode%3Dstore', 'another one stands still');
  assert.equal(withMoment(hash, undefined), '#with=mode%3Dstore');
  assert.equal(goesOn('#t=2s'), false);
});
