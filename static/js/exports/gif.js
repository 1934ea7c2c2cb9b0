// A film as a GIF, which every program shows. Pure: pixels come in, bytes go out.

/** Of 256 colours the last one stands for what is as it was. */
const SAME = 255;

/** Colours that differ by less than this in each part are taken for one: so many bits of each are looked at. */
const BITS = 5;

/** Shades that a picture may have before some are put together. */
const BINS = 1 << (3 * BITS);

/** Programs take anything shorter for a mistake, 1/100 s. */
const SHORTEST = 2;

const [CLEAR, END, FIRST, MOST] = [256, 257, 258, 4096];

export class Gif {
  #width;
  #height;
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #parts = [];
  /** The pixels of the last picture, a word each. @type {Uint32Array | undefined} */
  #before;
  /** The last picture, as long as it is not known when the next one comes. @type {{at: number, bytes: number[]} | undefined} */
  #last;

  /** @param {number} width @param {number} height px */
  constructor(width, height) {
    this.#width = width;
    this.#height = height;
    // No table for all pictures; begins anew at its end.
    this.#parts.push(Uint8Array.from([...text('GIF89a'), ...word(width), ...word(height), 0x70, 0, 0, 0x21, 0xff, 11, ...text('NETSCAPE2.0'), 3, 1, 0, 0, 0]));
  }

  /**
   * The next picture; of one that is as the last one was, nothing is kept.
   * @param {Uint8ClampedArray} pixels red, green, blue and opacity of each, row by row @param {number} at ms
   */
  add(pixels, at) {
    const now = new Uint32Array(pixels.slice().buffer);
    const box = this.#changed(now);
    if (!box) return;
    this.#close(at);
    this.#last = { at, bytes: this.#picture(now, box) };
    this.#before = now;
  }

  /** All of it. @param {number} at when the last picture ends, ms */
  end(at) {
    this.#close(at);
    return [...this.#parts, Uint8Array.of(0x3b)];
  }

  /** @param {number} at ms */
  #close(at) {
    if (!this.#last) return;
    const long = Math.max(SHORTEST, Math.round(at / 10) - Math.round(this.#last.at / 10));
    this.#parts.push(Uint8Array.from([0x21, 0xf9, 4, 0b101, ...word(long), SAME, 0]), Uint8Array.from(this.#last.bytes));
    this.#last = undefined;
  }

  /** The least rectangle that has all that is other than before. @param {Uint32Array} now */
  #changed(now) {
    if (!this.#before) return { left: 0, top: 0, right: this.#width, bottom: this.#height };
    let [left, top, right, bottom] = [this.#width, this.#height, 0, 0];
    for (let y = 0, i = 0; y < this.#height; y++) {
      for (let x = 0; x < this.#width; x++, i++) {
        if (now[i] === this.#before[i]) continue;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = y + 1;
      }
    }
    return right ? { left, top, right, bottom } : undefined;
  }

  /** @param {Uint32Array} now @param {{left: number, top: number, right: number, bottom: number}} box */
  #picture(now, { left, top, right, bottom }) {
    const [wide, high] = [right - left, bottom - top];
    const pixels = new Uint32Array(wide * high);
    const same = new Uint8Array(wide * high);
    for (let y = 0, n = 0; y < high; y++) {
      for (let x = 0; x < wide; x++, n++) {
        const i = (top + y) * this.#width + left + x;
        pixels[n] = now[i];
        same[n] = Number(now[i] === this.#before?.[i]);
      }
    }
    const { table, of } = palette(pixels, same);
    const indices = Uint8Array.from(pixels, (p, n) => (same[n] ? SAME : of[bin(p)]));
    return [0x2c, ...word(left), ...word(top), ...word(wide), ...word(high), 0x87, ...table, ...packed(indices)];
  }
}

/** @param {string} s */
const text = (s) => [...s].map((c) => c.charCodeAt(0));

/** @param {number} n */
const word = (n) => [n & 0xff, n >> 8];

/** @param {number} p a pixel */
const parts = (p) => [p & 0xff, (p >> 8) & 0xff, (p >> 16) & 0xff];

/** @param {number} p a pixel */
const bin = (p) => parts(p).reduce((all, part) => (all << BITS) | (part >> (8 - BITS)), 0);

/**
 * The colours of a picture, the most frequent ones where there are too many.
 * @param {Uint32Array} pixels @param {Uint8Array} same those that do not count
 * @returns {{table: number[], of: Uint8Array}} table: 256 times red, green, blue; of: which of them a bin has
 */
function palette(pixels, same) {
  const count = new Uint32Array(BINS);
  const sums = new Float64Array(BINS * 3);
  pixels.forEach((p, n) => {
    if (same[n]) return;
    const b = bin(p);
    count[b]++;
    parts(p).forEach((part, i) => { sums[b * 3 + i] += part; });
  });
  const used = [...count.keys()].filter((b) => count[b]).sort((a, b) => count[b] - count[a] || a - b);
  const colours = used.map((b) => [0, 1, 2].map((i) => Math.round(sums[b * 3 + i] / count[b])));
  const kept = colours.slice(0, SAME);
  const of = new Uint8Array(BINS);
  used.forEach((b, n) => { of[b] = n < SAME ? n : nearest(kept, colours[n]); });
  return { table: [...kept.flat(), ...Array.from({ length: (256 - kept.length) * 3 }, () => 0)], of };
}

/** @param {number[][]} colours @param {number[]} colour */
function nearest(colours, [r, g, b]) {
  let [best, least] = [0, Infinity];
  colours.forEach((c, n) => {
    const far = (c[0] - r) ** 2 + (c[1] - g) ** 2 + (c[2] - b) ** 2;
    if (far < least) [best, least] = [n, far];
  });
  return best;
}

/** Lempel, Ziv and Welch, in blocks of 255 bytes. @param {Uint8Array} indices */
function packed(indices) {
  /** @type {number[]} */
  const bytes = [];
  let [held, bits] = [0, 0];
  let [next, wide] = [FIRST, 9];
  /** @type {Map<number, number>} */
  const known = new Map();
  /** @param {number} code */
  const write = (code) => {
    held |= code << bits;
    for (bits += wide; bits >= 8; bits -= 8, held >>>= 8) bytes.push(held & 0xff);
  };
  write(CLEAR);
  let run = indices[0];
  for (let i = 1; i < indices.length; i++) {
    const longer = (run << 8) | indices[i];
    const code = known.get(longer);
    if (code !== undefined) {
      run = code;
      continue;
    }
    write(run);
    run = indices[i];
    if (next === MOST) {
      write(CLEAR);
      known.clear();
      [next, wide] = [FIRST, 9];
    } else {
      if (next >= 1 << wide) wide++;
      known.set(longer, next++);
    }
  }
  write(run);
  write(END);
  if (bits) bytes.push(held & 0xff);
  const blocks = [8];
  for (let i = 0; i < bytes.length; i += 255) {
    const block = bytes.slice(i, i + 255);
    blocks.push(block.length, ...block);
  }
  return [...blocks, 0];
}
