// Whole numbers in few bytes: seven bits in each, the least first, the eighth
// says that another follows. Pure.

/** The most bytes that a number takes. */
const MOST = 8;

export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** @param {number} n a whole number, exact in JavaScript, of either sign */
  write(n) {
    if (this.#length + MOST > this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    let rest = n < 0 ? -2 * n - 1 : 2 * n; // small numbers of both signs are short
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** What was written, as bytes of their own. */
  get bytes() { return this.#bytes.slice(0, this.#length); }
}

export class ByteReader {
  #bytes;
  #at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  read() {
    let rest = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.#at++];
      rest += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
    }
    return rest % 2 ? -(rest + 1) / 2 : rest / 2;
  }
}
