import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELAY, GLIDE, Playback } from '../js/room/playback.js';

/** A playback that plays from 0 at wall 0. @param {number} [speed] */
function playing(speed = 1) {
  const p = new Playback();
  p.seek({ now: 0, playing: true, speed }, 0);
  return p;
}

test('follows the server a little behind, smoothly, at every speed', () => {
  for (const speed of [0.25, 1, 8]) {
    const p = playing(speed);
    let last = 0;
    for (let wall = 16; wall <= 4000; wall += 16) {
      if (wall % 48 === 0) p.pace({ now: wall * 1000 * speed, playing: true, speed }, wall);
      const shown = p.advance(wall);
      assert.ok(shown >= last, 'never backwards');
      assert.ok(shown - last <= 16 * 1000 * speed * 1.5, 'no leaps');
      assert.ok(shown <= wall * 1000 * speed, 'never ahead');
      last = shown;
    }
    const behind = (4000 * 1000 * speed - last) / (1000 * speed);
    assert.ok(Math.abs(behind - DELAY) < 20, `${behind} ms behind`);
  }
});

test('a late message does not pull the clock back', () => {
  const p = playing();
  for (let wall = 16; wall <= 2000; wall += 16) {
    p.pace({ now: wall * 1000, playing: true, speed: 1 }, wall);
    p.advance(wall);
  }
  const before = p.shown;
  p.pace({ now: 1_950_000, playing: true, speed: 1 }, 2016);
  assert.ok(p.advance(2016) > before);
});

test('paused, it glides to the moment and rests there', () => {
  const p = playing();
  p.pace({ now: 1_000_000, playing: true, speed: 1 }, 1000);
  p.advance(1000);
  p.pace({ now: 1_050_000, playing: false, speed: 1 }, 1050);
  for (let wall = 1066; wall < 1400; wall += 16) p.advance(wall);
  assert.equal(p.shown, 1_050_000);
  assert.equal(p.settled, true);
  p.advance(99_000);
  assert.equal(p.shown, 1_050_000);
});

test('paused, a clock that ran ahead of a busy server goes back to where that is', () => {
  const p = playing(8);
  p.advance(1000);
  assert.ok(p.shown > 6_000_000);
  p.pace({ now: 5_000_000, playing: false, speed: 8 }, 1010);
  assert.equal(p.shown, 5_000_000);
  assert.equal(p.settled, true);
});

test('a step glides to its milestone within the time that a glide may take', () => {
  const p = new Playback();
  p.seek({ now: 5_000_000, playing: false, speed: 1 }, 0);
  assert.equal(p.settled, true);
  p.pace({ now: 9_000_000, playing: false, speed: 1 }, 60_000);
  assert.equal(p.settled, false);
  assert.ok(p.advance(60_100) < 6_000_000, 'it starts where it was, however long it rested');
  p.advance(60_000 + GLIDE);
  assert.equal(p.shown, 9_000_000);
});

test('a short step takes its own time', () => {
  const p = new Playback();
  p.seek({ now: 0, playing: false, speed: 1 }, 0);
  p.pace({ now: 200_000, playing: false, speed: 1 }, 0);
  assert.equal(p.advance(100), 100_000);
});

test('held, it stands still; what comes next moves it without a leap', () => {
  const p = playing();
  p.pace({ now: 1_000_000, playing: true, speed: 1 }, 1000);
  p.advance(1000);
  const at = p.shown;
  p.hold();
  assert.equal(p.settled, true);
  assert.equal(p.advance(60_000), at);
  p.pace({ now: 1_010_000, playing: true, speed: 1 }, 60_000);
  assert.equal(p.settled, false);
  assert.ok(p.advance(60_016) - at < 100_000);
});

test('far behind, it jumps instead of hurrying', () => {
  const p = playing();
  p.pace({ now: 60_000_000, playing: true, speed: 1 }, 100);
  assert.ok(p.advance(116) > 59_000_000);
});

test('seek goes anywhere, also back', () => {
  const p = playing();
  p.seek({ now: 7_000_000, playing: false, speed: 2 }, 10);
  assert.equal(p.shown, 7_000_000);
  p.seek({ now: 0, playing: true, speed: 2 }, 20);
  assert.equal(p.shown, 0);
  assert.equal(p.speed, 2);
});

test('a limit is reached when the server has reached it', () => {
  const p = playing();
  p.until = 1_000_000;
  p.advance(2000);
  assert.equal(p.shown, 999_999);
  assert.equal(p.settled, false);
  p.pace({ now: 1_200_000, playing: true, speed: 1 }, 2010);
  p.advance(2016);
  assert.equal(p.shown, 1_000_000);
  p.pace({ now: 1_250_000, playing: false, speed: 1 }, 2050);
  assert.equal(p.advance(9000), 1_000_000);
});
