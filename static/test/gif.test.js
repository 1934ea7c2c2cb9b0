import assert from 'node:assert/strict';
import test from 'node:test';

import { Gif } from '../js/exports/gif.js';

/** Reads pictures back, by the book. @param {Uint8Array[]} parts @param {number} width @param {number} height */
function decoded(parts, width, height) {
  const bytes = parts.flatMap((p) => [...p]);
  const screen = new Array(width * height).fill(0);
  const pictures = [];
  let at = 6 + 7 + 19;
  let delay = 0;
  const word = () => bytes[at++] | (bytes[at++] << 8);
  for (;;) {
    const kind = bytes[at++];
    if (kind === 0x3b) return pictures;
    if (kind === 0x21) {
      assert.deepEqual(bytes.slice(at, at + 3), [0xf9, 4, 5]);
      at += 3;
      delay = word();
      at += 2;
      continue;
    }
    assert.equal(kind, 0x2c);
    const [left, top, wide, high] = [word(), word(), word(), word()];
    assert.equal(bytes[at++], 0x87);
    const table = bytes.slice(at, (at += 768));
    assert.equal(bytes[at++], 8);
    const data = [];
    for (let n = bytes[at++]; n; n = bytes[at++]) data.push(...bytes.slice(at, (at += n)));
    const indices = unpacked(data);
    assert.equal(indices.length, wide * high);
    indices.forEach((index, n) => {
      if (index === 255) return;
      screen[(top + Math.floor(n / wide)) * width + left + (n % wide)] = table[index * 3] | (table[index * 3 + 1] << 8) | (table[index * 3 + 2] << 16);
    });
    pictures.push({ delay, screen: [...screen], size: wide * high });
  }
}

/** @param {number[]} data */
function unpacked(data) {
  /** @type {number[]} */
  const out = [];
  let [bit, wide] = [0, 9];
  /** @type {number[][]} */
  let words = [];
  /** @type {number[]} */
  let last = [];
  for (;;) {
    let code = 0;
    for (let i = 0; i < wide; i++, bit++) code |= ((data[bit >> 3] >> (bit & 7)) & 1) << i;
    if (code === 257) return out;
    if (code === 256) {
      words = [...Array.from({ length: 256 }, (_, i) => [i]), [], []];
      wide = 9;
      last = [];
      continue;
    }
    const known = words[code] ?? [...last, last[0]];
    out.push(...known);
    if (last.length && words.length < 4096) words.push([...last, known[0]]);
    if (words.length === 1 << wide && wide < 12) wide++;
    last = known;
  }
}

/** @param {number} width @param {number} height @param {(x: number, y: number) => number} colour */
const picture = (width, height, colour) => new Uint8ClampedArray(Uint32Array.from({ length: width * height }, (_, i) => (colour(i % width, Math.floor(i / width)) | 0xff000000) >>> 0).buffer);

test('a few colours come back as they were, each picture at its time', () => {
  const gif = new Gif(40, 30);
  const paper = 0xf4f8fa;
  gif.add(picture(40, 30, () => paper), 0);
  gif.add(picture(40, 30, () => paper), 125); // nothing new
  gif.add(picture(40, 30, (x, y) => (x >= 10 && x < 13 && y === 7 ? 0x1e1ec8 : paper)), 250);
  gif.add(picture(40, 30, () => paper), 380);
  const [first, second, third, ...rest] = decoded(gif.end(500), 40, 30);
  assert.equal(rest.length, 0);
  assert.deepEqual([first.delay, second.delay, third.delay], [25, 13, 12]);
  assert.ok(first.screen.every((c) => c === paper));
  assert.equal(second.size, 3, 'only what changed');
  assert.equal(second.screen.filter((c) => c === 0x1e1ec8).length, 3);
  assert.equal(second.screen[7 * 40 + 10], 0x1e1ec8);
  assert.deepEqual(third.screen, first.screen);
});

test('noise comes back as it was, and shades nearly', () => {
  const [width, height] = [160, 120];
  let seed = 1;
  const noise = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8;
  const ink = Array.from({ length: 255 }, (_, i) => ((i & 31) << 3) | ((i >> 5) << 12));
  const colours = Array.from({ length: width * height }, () => ink[noise() % 255]);
  const gif = new Gif(width, height);
  gif.add(picture(width, height, (x, y) => colours[y * width + x]), 0);
  assert.deepEqual(decoded(gif.end(100), width, height)[0].screen, colours);

  const smooth = new Gif(width, height);
  smooth.add(picture(width, height, (x, y) => (x | (y << 8)) | 0x400000), 0);
  const [{ screen }] = decoded(smooth.end(100), width, height);
  for (const [i, c] of screen.entries()) {
    assert.ok(Math.abs((c & 0xff) - (i % width)) <= 32 && Math.abs(((c >> 8) & 0xff) - Math.floor(i / width)) <= 32);
  }
});
