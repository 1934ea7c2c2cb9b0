import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Wanted } from '../js/room/wanted.js';

test('who asks again before the answer goes on from what was asked', () => {
  const wanted = new Wanted();
  wanted.ask({ speed: 2 });
  wanted.ask({ speed: 4 });
  assert.deepEqual(wanted.pace, { playing: true, speed: 4 });
  wanted.hear({ playing: true, speed: 2 }); // to the first of them
  assert.equal(wanted.speed, 4);
  wanted.hear({ playing: true, speed: 4 });
  wanted.hear({ playing: true, speed: 1 });
  assert.equal(wanted.speed, 1);
});

test('pace and speed are asked for one by one', () => {
  const wanted = new Wanted();
  wanted.ask({ playing: false });
  wanted.hear({ playing: true, speed: 8 });
  assert.deepEqual(wanted.pace, { playing: false, speed: 8 });
  wanted.hear({ playing: false, speed: 8 });
  wanted.hear({ playing: true, speed: 8 });
  assert.equal(wanted.playing, true);
});

test('where no answer comes, what the room said last holds', () => {
  const wanted = new Wanted();
  wanted.ask({ playing: false, speed: 0.5 });
  wanted.forget();
  assert.deepEqual(wanted.pace, { playing: true, speed: 1 });
});
