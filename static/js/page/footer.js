// What just happened, in a sentence; and three figures.

import { h, setAttr, setText } from '../dom/dom.js';
import { moment, percent, seconds } from '../words/narrate.js';
import { language, opWord, t } from '../words/text.js';
import { subjectOf } from '../why/ask.js';

export class FooterElement extends HTMLElement {
  #sentence = h('p', { class: 'sentence', 'data-sentence': true });
  #detail = h('p', { class: 'detail' });
  #why = h('button', { type: 'button', class: 'ask', hidden: true, click: () => this.#ask() });
  /** Whom the sentence is about. */
  #about = '';
  /** When that happened of which it tells, virtual µs; NaN: it tells of nothing that did. */
  at = NaN;
  /** What is read aloud. */
  aloud = h('p', { class: 'aloud', role: 'status' });
  /** Who reads it, once it is there. @type {import('./voice.js').Voice | undefined} */
  voice;
  #share = figure('share');
  #logouts = figure('logouts');
  #copies = figure('copies');
  /** Since when it is counted; pressed, over the whole run. */
  #window = h('button', { type: 'button', class: 'window', hidden: true, click: () => this.#turn() });
  /** @type {import('../run/figures.js').Window} */
  #counted = 'change';

  connectedCallback() {
    if (this.childElementCount) return;
    setAttr(this, 'role', 'region');
    setAttr(this, 'aria-label', t('deck'));
    setText(this.#why, t('why'));
    setAttr(this.#why, 'title', t('hint', { word: t('why.why'), key: t('key.why') }));
    this.append(
      h('div', { class: 'travel' }), // the timeline comes later
      h('div', { class: 'say', role: 'region', 'aria-label': t('footer') }, h('div', { class: 'told' }, this.#sentence, this.#why), this.#detail, this.aloud),
      h('div', { class: 'counts' }, h('dl', { class: 'figures' }, this.#share.element, this.#logouts.element, this.#copies.element), this.#window),
    );
  }

  /** @param {import('../words/narrate.js').Part[]} parts @param {number} [asked] the moment to which somebody went, and waits to hear of it; NaN: it is said at once all the same @param {number} [at] when that happened, virtual µs */
  #speak(parts, asked, at = NaN) {
    this.at = at;
    this.#sentence.replaceChildren(...parts.map((p) => {
      if (!p.ink) return document.createTextNode(p.text);
      const word = h('b', {}, p.text);
      word.style.setProperty('color', `var(--${p.ink})`);
      return word;
    }));
    this.voice?.tell(this.told, this.at, asked);
  }

  /** The other window of counting. */
  #turn() {
    this.dispatchEvent(new CustomEvent('window', { bubbles: true, detail: this.#counted === 'change' ? 'run' : 'change' }));
  }

  /** What is told now. */
  get told() { return this.#sentence.textContent ?? ''; }

  /** Words before anything has happened. @param {string} text @param {number} [asked] */
  introduce(text, asked = NaN) {
    this.#speak([{ text, ink: '' }], asked);
    setText(this.#detail, '');
    this.#why.hidden = true;
  }

  /** Somebody wants to know more about what is said. */
  #ask() {
    this.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name: 'why', anchor: this.#why, about: this.#about } }));
  }

  /** @param {import('../words/narrate.js').Part[]} parts @param {import('../run/model.js').Event} e @param {number} [asked] the moment to which somebody went, and waits to hear of it */
  say(parts, e, asked) {
    this.#speak(parts, asked, e.ts);
    this.#about = subjectOf(e);
    this.#why.hidden = !this.#about;
    setText(this.#detail, [
      moment(e.ts, language), e.visitor, e.op && opWord(e.op), e.pid && t('process.n', { pid: e.pid }), e.tid && e.kind.startsWith('lock') && t('thread.n', { tid: e.tid }),
      e.session && t(`session.${e.session}`), e.status,
    ].filter(Boolean).join(' · '));
  }

  /**
   * @param {import('../run/figures.js').Figures} figures @param {import('../run/model.js').State} state
   * @param {import('../run/figures.js').Window} window what is counted @param {number} moment virtual µs
   */
  figures(figures, state, window, moment) {
    const { share, logouts, copies } = figures.of(state, window);
    this.#share.show(share === undefined ? '–' : percent(share, language), t('figure.share'));
    this.#logouts.show(String(logouts), t('figure.logouts', { n: logouts }));
    this.#copies.show(String(copies), t('figure.copies', { n: copies }));
    this.#counted = window;
    this.#window.hidden = !figures.changed && figures.begin(window).since === 0;
    setText(this.#window, counted(figures, window, moment));
    setAttr(this.#window, 'title', t(`figure.window.${window}.why`));
    setAttr(this.#window, 'data-window', window);
  }
}

/**
 * What is counted, in the words that are the same everywhere.
 * @param {import('../run/figures.js').Figures} figures @param {import('../run/figures.js').Window} window @param {number} moment virtual µs
 */
export function counted(figures, window, moment) {
  const { since } = figures.begin(window);
  const which = window === 'run' || !since ? 'run' : figures.spares(window) ? 'spared' : figures.changed ? 'change' : 'known';
  return t(`figure.window.${which}`, { from: clock(since), long: clock(Math.max(0, moment - since)) });
}

/** Whole seconds. @param {number} us */
export const clock = (us) => seconds(Math.round(us / 1e6), language);

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
