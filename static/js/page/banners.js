// What the page has to say about itself, above the stage: how the connection is,
// what was refused, that a link is of another version, how long something takes.

import { h, setAttr, setText } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { addressOf } from '../address/address.js';
import { t } from '../words/text.js';

export class Banners {
  #condition = h('p', { class: 'banner', role: 'status', hidden: true });
  #problemText = h('span');
  #problem = h('p', { class: 'banner problem', role: 'alert', hidden: true }, this.#problemText);
  #old = h('p', { class: 'banner', role: 'status', 'data-old': true, hidden: true });
  #progress = h('progress', { max: 1, hidden: true });
  element = h('div', { class: 'banners' }, this.#condition, this.#problem, this.#old, this.#progress);

  constructor() {
    this.#problem.append(close(this.#problem));
  }

  /** How the connection is. @param {import('../wire/connection.js').Condition} condition */
  connection(condition) {
    const well = condition === 'open' || condition === 'connecting';
    this.#condition.hidden = well;
    if (well) return;
    setText(this.#condition, t(`connection.${condition}`));
    if (condition === 'refused') this.#condition.append(' ', h('a', { href: addressOf('', location.search) }, t('connection.refused.link')));
  }

  /** Something went wrong. @param {string} code @param {string} text */
  complain(code, text) {
    setText(this.#problemText, text);
    setAttr(this.#problem, 'data-code', code);
    this.#problem.hidden = false;
  }

  /** What went wrong is over. */
  calm() { this.#problem.hidden = true; }

  /** The link was made with another version of the simulator. @param {string | undefined} made undefined: it was not @param {string} now */
  version(made, now) {
    this.#old.hidden = !made;
    if (made) this.#old.replaceChildren(t('old', { made, now }), close(this.#old));
  }

  /** How much of something is done. @param {number | undefined} done 0 to 1; undefined: nothing is on its way */
  progress(done) {
    this.#progress.hidden = done === undefined || done >= 1;
    this.#progress.value = done ?? 0;
  }
}

/** A button that puts a banner away. @param {HTMLElement} banner */
const close = (banner) => h('button', { type: 'button', class: 'tool', 'aria-label': t('close'), click: () => { banner.hidden = true; } }, icon('close'));
