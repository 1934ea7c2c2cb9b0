// What just happened, in a sentence; and three figures.

import { h, setAttr, setText } from './dom.js';
import { moment } from './narrate.js';
import { t } from './text.js';
import { subjectOf } from './why/ask.js';

/** What is read aloud changes at most this often, ms. */
const ALOUD = 5000;

export class FooterElement extends HTMLElement {
  #sentence = h('p', { class: 'sentence', 'data-sentence': true });
  #detail = h('p', { class: 'detail' });
  #why = h('button', { type: 'button', class: 'ask', hidden: true, click: () => this.#ask() });
  /** Whom the sentence is about. */
  #about = '';
  #aloud = h('p', { class: 'aloud', role: 'status', 'aria-live': 'polite' });
  #share = figure('share');
  #logouts = figure('logouts');
  #copies = figure('copies');
  #saidAloud = -Infinity;

  connectedCallback() {
    if (this.childElementCount) return;
    setAttr(this, 'role', 'region');
    setAttr(this, 'aria-label', t('footer'));
    setText(this.#why, t('why'));
    setAttr(this.#why, 'title', t('hint', { word: t('why.why'), key: t('key.why') }));
    this.append(
      h('div', { class: 'travel' }), // the timeline comes later
      h('div', { class: 'say' }, this.#sentence, h('div', { class: 'below' }, this.#why, this.#detail), this.#aloud),
      h('dl', { class: 'figures' }, this.#share.element, this.#logouts.element, this.#copies.element),
    );
  }

  /** @param {import('./narrate.js').Part[]} parts */
  #speak(parts) {
    this.#sentence.replaceChildren(...parts.map((p) => {
      if (!p.ink) return document.createTextNode(p.text);
      const word = h('b', {}, p.text);
      word.style.setProperty('color', `var(--${p.ink})`);
      return word;
    }));
    const now = performance.now();
    if (now - this.#saidAloud < ALOUD) return;
    this.#saidAloud = now;
    setText(this.#aloud, parts.map((p) => p.text).join(''));
  }

  /** What is told now. */
  get told() { return this.#sentence.textContent ?? ''; }

  /** Words before anything has happened. @param {string} text */
  introduce(text) {
    this.#speak([{ text, ink: '' }]);
    setText(this.#detail, '');
    this.#why.hidden = true;
  }

  /** Somebody wants to know more about what is said. */
  #ask() {
    this.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name: 'why', anchor: this.#why, about: this.#about } }));
  }

  /** @param {import('./narrate.js').Part[]} parts @param {import('./model.js').Event} e */
  say(parts, e) {
    this.#speak(parts);
    this.#about = subjectOf(e);
    this.#why.hidden = !this.#about;
    setText(this.#detail, [
      moment(e.ts), e.visitor, e.op && t(`op.${e.op}`), e.pid && t('process.n', { pid: e.pid }), e.tid && e.kind.startsWith('lock') && t('thread.n', { tid: e.tid }),
      e.session && t(`session.${e.session}`), e.status,
    ].filter(Boolean).join(' · '));
  }

  /** @param {{share: number | undefined, logouts: number, copies: number}} now */
  figures({ share, logouts, copies }) {
    this.#share.show(share === undefined ? '–' : `${share} %`, t('figure.share'));
    this.#logouts.show(String(logouts), t('figure.logouts', { n: logouts }));
    this.#copies.show(String(copies), t('figure.copies', { n: copies }));
  }
}

/** @param {string} name */
function figure(name) {
  const value = h('dd', {});
  const word = h('dt', {});
  return {
    element: h('div', { 'data-figure': name, title: t(`figure.${name}.why`) }, word, value),
    /** @param {string} text @param {string} label */
    show(text, label) {
      setText(value, text);
      setText(word, label);
    },
  };
}
