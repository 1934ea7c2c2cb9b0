// A calm ring around what is spoken of. The stage makes and removes elements as
// the run goes on, so rings are put on again where something new stands.

import { setAttr } from '../dom/dom.js';

/** Marks what is pointed at; the style sheet draws it. */
const MARK = 'data-pointed';

/**
 * What a word of point= means, as a selector; undefined: nothing.
 * @param {string} word "visitor Ada", "worker 1", "store" …
 */
export function selectorOf(word) {
  const [kind, name = ''] = word.trim().split(/\s+(.*)/s);
  const quoted = `"${name.replace(/["\\]/g, '\\$&')}"`;
  switch (kind) {
    case 'visitor': return name && `[data-visitor=${quoted}]`;
    case 'strip': return name && `[data-visitor=${quoted}] .strip`;
    case 'worker': return name && `[data-worker=${quoted}]`;
    case 'core': return name && `[data-core=${quoted}]`;
    case 'balancer': return '.balancer';
    case 'store': return '.floor > .store';
    case 'figures': return '.figures';
  }
  return undefined;
}

export class Pointer {
  #root;
  #selector = '';
  /** @type {Element[]} */
  #shown = [];

  /** @param {Element} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {string[]} words */
  set words(words) {
    this.#selector = words.map(selectorOf).filter(Boolean).join(', ');
    this.refresh();
  }

  /** Something came or went. */
  refresh() {
    const found = this.#selector ? [...this.#root.querySelectorAll(this.#selector)] : [];
    for (const element of this.#shown) if (!found.includes(element)) setAttr(element, MARK, undefined);
    for (const element of found) setAttr(element, MARK, '');
    this.#shown = found;
  }
}
