// For those who show the page to others: the whole screen, a blank one, the
// keys of a remote control; what was said so far; another language.

import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { inLanguage } from '../address/address.js';
import { styles } from '../dom/styles.js';
import { t } from '../words/text.js';

export class PresentElement extends HTMLElement {
  #full = h('button', { type: 'button', class: 'tool', 'data-tool': 'full', click: () => this.#toggleFull() });
  #said = h('button', { type: 'button', class: 'tool', 'data-tool': 'transcript', 'aria-haspopup': 'dialog', click: () => this.#transcript() }, icon('transcript'));
  #blank = h('button', { type: 'button', class: 'blank', hidden: true, click: () => this.#lift() });
  /** It was playing when the screen was blanked. */
  #goOn = false;
  /** @type {HTMLElement | null} */
  #before = null;
  /** @type {Promise<import('../panels/transcript.js').Transcript> | undefined} */
  #panel;
  /** Of which the transcript tells. @type {import('../run/world.js').World | undefined} */
  world;

  connectedCallback() {
    if (this.childElementCount) return;
    setAttr(this.#said, 'aria-label', t('transcript.title'));
    setAttr(this.#said, 'title', t('hint', { word: t('transcript.title'), key: t('key.transcript') }));
    setAttr(this.#blank, 'aria-label', t('blank.end'));
    this.#full.disabled = !document.fullscreenEnabled;
    document.addEventListener('fullscreenchange', () => this.#showFull());
    // Whatever key ends a blank screen does nothing else.
    addEventListener('keydown', (event) => {
      if (this.#blank.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#lift();
    }, true);
    this.append(languages(), this.#said, this.#full);
    document.body.append(this.#blank);
    this.#showFull();
  }

  /** What a key means here; false: nothing. @param {string} key */
  key(key) {
    const presenting = Boolean(document.fullscreenElement);
    // Where there is something to scroll, these keys scroll.
    const turns = presenting || document.documentElement.scrollHeight <= innerHeight + 1;
    switch (key) {
      case 'f': void this.#toggleFull(); return true;
      case 't': void this.#transcript(); return true;
      case 'b': this.#cover(); return true;
      case '.': if (presenting) this.#cover(); return presenting; // what the black-screen button of a remote sends
      case 'PageDown': if (turns) this.#order('step'); return turns;
      case 'PageUp': if (turns) this.#order('back'); return turns;
    }
    return false;
  }

  /** @param {string} time */
  #order(time) {
    this.dispatchEvent(new CustomEvent('order', { bubbles: true, detail: { time } }));
  }

  async #toggleFull() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else if (document.fullscreenEnabled) await document.documentElement.requestFullscreen();
    } catch {
      // The browser wants it otherwise.
    }
  }

  #showFull() {
    const full = Boolean(document.fullscreenElement);
    this.#full.replaceChildren(icon(full ? 'shrink' : 'full'));
    setAttr(this.#full, 'aria-label', t(full ? 'full.leave' : 'full'));
    setAttr(this.#full, 'title', this.#full.disabled ? t('full.impossible') : t('hint', { word: t(full ? 'full.leave' : 'full'), key: t('key.full') }));
    document.documentElement.toggleAttribute('data-full', full);
  }

  /** Nothing is on the screen, and nothing goes on behind it. */
  #cover() {
    this.#goOn = document.documentElement.dataset.playing === 'true';
    if (this.#goOn) this.#order('pause');
    this.#before = /** @type {HTMLElement | null} */ (document.activeElement);
    this.#blank.hidden = false;
    this.#blank.focus();
  }

  #lift() {
    this.#blank.hidden = true;
    this.#before?.focus({ preventScroll: true });
    if (this.#goOn) this.#order('play');
  }

  async #transcript() {
    const { world } = this;
    if (!world) return;
    this.#panel ??= import('../panels/transcript.js').then(({ Transcript }) => new Transcript(world, this.closest('procession-app') ?? document.body));
    try {
      await (await this.#panel).toggle();
    } catch {
      this.#panel = undefined; // not there now; the next press tries again
    }
  }
}

/** The languages that there are, each in its own words. */
export function languages() {
  const { lang, dataset } = document.documentElement;
  const choice = h('select', { class: 'languages', 'aria-label': t('language'), title: t('language') },
    ...(dataset.languages ?? lang).split(' ').map((tag) => h('option', { value: tag, lang: tag, selected: tag === lang }, nameOf(tag))));
  choice.addEventListener('change', () => {
    // The same run at the same moment: as after a reload.
    history.replaceState(history.state, '', inLanguage(choice.value, location.search) + location.hash);
    location.reload();
  });
  return choice;
}

/** @param {string} tag */
function nameOf(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // no language that this browser knows
  }
}

await styles('present');
customElements.define('procession-present', PresentElement);
