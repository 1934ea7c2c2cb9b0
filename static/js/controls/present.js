// For those who show the page to others: the stage, the sentence and the figures
// alone, as large as the screen; a blank screen; the keys of a remote control;
// what was said so far; another language.

import '../words/rest.js';
import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { Layer } from '../dom/layers.js';
import { inLanguage } from '../address/address.js';
import { styles } from '../dom/styles.js';
import { t } from '../words/text.js';

/** After so long without a movement (ms) the pointer goes, and what it may press. */
const IDLE = 2500;

export class PresentElement extends HTMLElement {
  #root = document.documentElement;
  #full = h('button', { type: 'button', class: 'tool', 'data-tool': 'full', click: () => void this.#toggle() }, icon('full'));
  #leave = h('button', { type: 'button', class: 'tool leave', 'data-tool': 'leave', hidden: true, click: () => this.#end() }, icon('shrink'));
  #said = h('button', { type: 'button', class: 'tool', 'data-tool': 'transcript', 'aria-haspopup': 'dialog', click: () => this.#transcript() }, icon('transcript'));
  #blank = h('button', { type: 'button', class: 'blank', hidden: true, click: () => this.#lift() });
  /** It was playing when the screen was blanked. */
  #goOn = false;
  /** @type {HTMLElement | null} */
  #before = null;
  /** The colours that this reader has; undefined: those of the system. @type {string | undefined} */
  #theme;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;
  #moved = () => this.#stir();
  #layer = new Layer(() => this.#end());
  /** @type {Promise<import('../panels/transcript.js').Transcript> | undefined} */
  #panel;
  /** Of which the transcript tells. @type {import('../run/world.js').World | undefined} */
  world;

  connectedCallback() {
    if (this.childElementCount) return;
    setAttr(this.#said, 'aria-label', t('transcript.title'));
    setAttr(this.#said, 'title', t('hint', { word: t('transcript.title'), key: t('key.transcript') }));
    setAttr(this.#blank, 'aria-label', t('blank.end'));
    for (const [button, word] of /** @type {const} */ ([[this.#full, 'full'], [this.#leave, 'full.leave']])) {
      setAttr(button, 'aria-label', t(word));
      setAttr(button, 'title', t('hint', { word: t(word), key: t('key.full') }));
    }
    // The browser leaves the whole screen by itself at Escape.
    document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) this.#end(); });
    // Whatever key ends a blank screen does nothing else.
    addEventListener('keydown', (event) => {
      if (this.#blank.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#lift();
    }, true);
    this.append(languages(), this.#said, this.#full);
    document.body.append(this.#leave, this.#blank);
  }

  /** What a key means here; false: nothing. @param {string} key */
  key(key) {
    const presents = this.#presents;
    // Where there is something to scroll, these keys scroll.
    const turns = presents || this.#root.scrollHeight <= innerHeight + 1;
    switch (key) {
      case 'f': void this.#toggle(); return true;
      case 't': void this.#transcript(); return true;
      case 'b': this.#cover(); return true;
      case '.': if (presents) this.#cover(); return presents; // what the black-screen button of a remote sends
      case 'PageDown': if (turns) this.#order('step'); return turns;
      case 'PageUp': if (turns) this.#order('back'); return turns;
    }
    return false;
  }

  /** @param {string} time */
  #order(time) {
    this.dispatchEvent(new CustomEvent('order', { bubbles: true, detail: { time } }));
  }

  get #presents() { return 'presents' in this.#root.dataset; }

  /** Presents, or ends that. Where there is no whole screen to be had, the window is filled. */
  async #toggle() {
    if (this.#presents) {
      this.#end();
      return;
    }
    const { dataset } = this.#root;
    this.#theme = dataset.theme;
    dataset.presents = '';
    dataset.theme = 'projector';
    this.#leave.hidden = false;
    this.#layer.rise();
    addEventListener('pointermove', this.#moved);
    this.#stir();
    this.#changed();
    if (!document.fullscreenEnabled) return;
    try {
      await this.#root.requestFullscreen();
    } catch {
      // The browser wants it otherwise.
    }
  }

  /** Back to the page as it was. */
  #end() {
    if (!this.#presents) return;
    const { dataset } = this.#root;
    delete dataset.presents;
    delete dataset.idle;
    if (this.#theme) dataset.theme = this.#theme;
    else delete dataset.theme;
    this.#leave.hidden = true;
    this.#layer.gone();
    removeEventListener('pointermove', this.#moved);
    clearTimeout(this.#idle);
    this.#changed();
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {}); // it is left already
  }

  /** The pointer moves: what may be pressed is to be seen, for a while. */
  #stir() {
    delete this.#root.dataset.idle;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => { this.#root.dataset.idle = ''; }, IDLE);
  }

  /** Other colours, and another room for the stage. */
  #changed() {
    this.dispatchEvent(new CustomEvent('colours', { bubbles: true }));
    this.dispatchEvent(new CustomEvent('room', { bubbles: true }));
  }

  /** Nothing is on the screen, and nothing goes on behind it. */
  #cover() {
    this.#goOn = this.#root.dataset.playing === 'true';
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
