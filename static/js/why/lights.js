// Lights things on the stage. A rule of style does it, not a mark on elements:
// chips and cells come and go while they are lit.

import { parseSubject } from './subject.js';

/** How what is lit looks: an outline, since colour alone says nothing to some. Chips lie in what cuts off. */
const LOOK = '{ outline: 0.18rem solid var(--ink); outline-offset: 0.12rem }';
const LOOK_INSIDE = '{ outline: 0.18rem solid var(--ink); outline-offset: -0.18rem }';

export class Lights {
  /** Where the rules stand: a sheet that was loaded, since the policy allows no other, and Safari knows none before 16.4. @type {CSSStyleSheet | null} */
  sheet = null;
  /** How many of its rules, the last ones, are ours. */
  #rules = 0;
  #stage;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.#stage = stage;
  }

  /** Lights these and nothing else. @param {string[]} subjects */
  show(subjects) {
    this.#outline(subjects.map(selectorOf).filter(Boolean));
    if (subjects.length) this.#stage.dataset.lit = subjects.join(' ');
    else delete this.#stage.dataset.lit;
    this.#stage.dispatchEvent(new CustomEvent('lit', { detail: subjects }));
  }

  /** @param {string[]} selectors */
  #outline(selectors) {
    const { sheet } = this;
    if (!sheet) return;
    for (; this.#rules > 0; this.#rules--) sheet.deleteRule(sheet.cssRules.length - 1);
    if (!selectors.length) return;
    const lit = `procession-stage :is(${selectors.join(', ')})`;
    for (const rule of [`${lit} ${LOOK}`, `${lit}.chip ${LOOK_INSIDE}`]) {
      sheet.insertRule(rule, sheet.cssRules.length);
      this.#rules++;
    }
  }
}

/** @param {string} subject */
function selectorOf(subject) {
  const s = parseSubject(subject);
  switch (s?.what) {
    case undefined: return '';
    case 'visitor': return `[data-visitor=${quoted(s.name)}]`;
    case 'worker': return `[data-worker="${s.pid}"]`;
    case 'store': return '.store';
  }
  return `[data-why=${quoted(subject)}]`;
}

/** @param {string} text */
const quoted = (text) => `"${CSS.escape(text)}"`;
